import {
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { PersonCircleRegular, SignOutRegular } from "@fluentui/react-icons";
import { Link } from "react-router";
import type { Me } from "../api/types";
import { texts } from "../texts";
import { Logo } from "./Logo";
import { signOut } from "./session";
import { useTheme, type ThemeChoice } from "./theme";

const useStyles = makeStyles({
  header: {
    display: "flex",
    alignItems: "center",
    justifyContent: "space-between",
    height: "48px",
    flexShrink: 0,
    paddingInline: tokens.spacingHorizontalL,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  home: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: "none",
  },
  name: { maxWidth: "40ch", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
});

const CHOICES: ThemeChoice[] = ["system", "light", "dark"];

export function Header({ me }: { me: Me }) {
  const styles = useStyles();
  const { choice, choose } = useTheme();
  return (
    <header className={styles.header}>
      <Link to="/" className={styles.home}>
        <Logo />
        <Text weight="semibold" size={400}>
          {texts.app.name}
        </Text>
      </Link>
      <Menu
        checkedValues={{ theme: [choice] }}
        onCheckedValueChange={(_, data) => choose(data.checkedItems[0] as ThemeChoice)}
      >
        <MenuTrigger disableButtonEnhancement>
          <Button appearance="subtle" icon={<PersonCircleRegular />} aria-label={texts.header.account(me.name)}>
            <span className={styles.name}>{me.name}</span>
          </Button>
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
    </header>
  );
}
