import {
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemLink,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from "@fluentui/react-components";
import { QuestionCircleRegular, SignOutRegular } from "@fluentui/react-icons";
import { useHref, useLinkClickHandler } from "react-router";
import type { Me } from "../api/types";
import { texts } from "../texts";
import { AccountButton } from "./AccountButton";
import { signOut } from "./session";
import { useTheme, type ThemeChoice } from "./theme";

const HELP = "/help";
const CHOICES: ThemeChoice[] = ["system", "light", "dark"];

/** The account's menu, which opens as it appears. */
export default function AccountMenu({ me }: { me: Me }) {
  const { choice, choose } = useTheme();
  const helpAddress = useHref(HELP);
  const openHelp = useLinkClickHandler<HTMLAnchorElement>(HELP);
  return (
    <Menu
      defaultOpen
      checkedValues={{ theme: [choice] }}
      onCheckedValueChange={(_, data) => choose(data.checkedItems[0] as ThemeChoice)}
    >
      <MenuTrigger disableButtonEnhancement>
        <AccountButton me={me} />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader>{texts.header.theme}</MenuGroupHeader>
            {CHOICES.map((one) => (
              <MenuItemRadio key={one} name="theme" value={one}>
                {texts.header.themes[one]}
              </MenuItemRadio>
            ))}
          </MenuGroup>
          <MenuDivider />
          <MenuItemLink icon={<QuestionCircleRegular />} href={helpAddress} onClick={openHelp}>
            {texts.help.title}
          </MenuItemLink>
          <MenuItem icon={<SignOutRegular />} onClick={() => void signOut()}>
            {texts.header.signOut}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
