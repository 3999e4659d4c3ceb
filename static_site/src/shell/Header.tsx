import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { Suspense, useState, type ReactNode } from "react";
import { Link } from "react-router";
import type { Me } from "../api/types";
import { SendingLine } from "../outbox/SendingLine";
import { lazily } from "../parts/lazily";
import { texts } from "../texts";
import { AccountButton } from "./AccountButton";
import { Logo } from "./Logo";

const loadMenu = () => import("./AccountMenu");
const AccountMenu = lazily(loadMenu);

const useStyles = makeStyles({
  header: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    height: "48px",
    flexShrink: 0,
    paddingInline: tokens.spacingHorizontalL,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  home: {
    marginRight: "auto",
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    flexShrink: 0,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: "none",
  },
});

/** The menu is loaded when somebody comes near its button, and is there from its first opening on. */
function Account({ me }: { me: Me }) {
  const [opened, setOpened] = useState(false);
  const button = (
    <AccountButton
      me={me}
      aria-haspopup="menu"
      aria-expanded={opened}
      onPointerEnter={() => void loadMenu()}
      onFocus={() => void loadMenu()}
      onClick={() => setOpened(true)}
      onKeyDown={(event) => {
        if (event.key === "ArrowDown") setOpened(true);
      }}
    />
  );
  if (!opened) return button;
  return (
    <Suspense fallback={button}>
      <AccountMenu me={me} />
    </Suspense>
  );
}

interface HeaderProps {
  me: Me;
  /** The button that opens the navigation where it is a menu. */
  menu: ReactNode;
}

export function Header({ me, menu }: HeaderProps) {
  const styles = useStyles();
  return (
    <header className={styles.header}>
      {menu}
      <Link to="/" className={styles.home}>
        <Logo />
        <Text weight="semibold" size={400}>
          {texts.app.name}
        </Text>
      </Link>
      <SendingLine user={me.userId} />
      <Account me={me} />
    </header>
  );
}
