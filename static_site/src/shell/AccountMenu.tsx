import {
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from "@fluentui/react-components";
import { SignOutRegular } from "@fluentui/react-icons";
import type { Me } from "../api/types";
import { texts } from "../texts";
import { AccountButton } from "./AccountButton";
import { signOut } from "./session";
import { useTheme, type ThemeChoice } from "./theme";

const CHOICES: ThemeChoice[] = ["system", "light", "dark"];

/** The account's menu, which opens as it appears. */
export default function AccountMenu({ me }: { me: Me }) {
  const { choice, choose } = useTheme();
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
          <MenuItem icon={<SignOutRegular />} onClick={() => void signOut()}>
            {texts.header.signOut}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
