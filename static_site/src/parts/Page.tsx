import { Title2, Text, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  page: {
    boxSizing: "border-box",
    maxWidth: "1440px",
    marginInline: "auto",
    padding: `${tokens.spacingVerticalXXL} ${tokens.spacingHorizontalXXXL}`,
    "@media (max-width: 700px)": { padding: tokens.spacingHorizontalL },
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXL,
  },
  head: { display: "flex", alignItems: "flex-start", gap: tokens.spacingHorizontalL, flexWrap: "wrap" },
  words: { flex: "1 1 320px", minWidth: 0, display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS },
  title: { overflowWrap: "anywhere", margin: 0 },
  intro: { color: tokens.colorNeutralForeground2 },
  actions: { display: "flex", gap: tokens.spacingHorizontalS, flexWrap: "wrap" },
});

interface PageProps {
  title: ReactNode;
  intro?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function Page({ title, intro, actions, children }: PageProps) {
  const styles = useStyles();
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <div className={styles.words}>
          <Title2 as="h1" className={styles.title}>
            {title}
          </Title2>
          {intro && <Text className={styles.intro}>{intro}</Text>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}
