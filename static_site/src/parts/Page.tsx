import { Text, Title2, Title3, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
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
  // Of a page with tabs: what is looked at gets the room.
  dense: { paddingTop: tokens.spacingVerticalM, gap: tokens.spacingVerticalM },
  head: { display: "flex", alignItems: "flex-start", gap: tokens.spacingHorizontalL, flexWrap: "wrap" },
  denseHead: {
    alignItems: "center",
    rowGap: 0,
    "@media (max-width: 700px)": { rowGap: tokens.spacingVerticalS },
  },
  words: { flex: "1 1 320px", minWidth: 0, display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS },
  // As wide as the title, up to all of the line.
  denseWords: { flex: "0 1 auto" },
  tabs: { flex: "1 1 auto" },
  title: { overflowWrap: "anywhere", margin: 0 },
  intro: { color: tokens.colorNeutralForeground2 },
  actions: { display: "flex", gap: tokens.spacingHorizontalS, flexWrap: "wrap" },
});

interface PageProps {
  title: ReactNode;
  intro?: ReactNode;
  actions?: ReactNode;
  /** Beside the title, which is smaller then. */
  tabs?: ReactNode;
  children: ReactNode;
}

export function Page({ title, intro, actions, tabs, children }: PageProps) {
  const styles = useStyles();
  const isDense = tabs !== undefined;
  const Title = isDense ? Title3 : Title2;
  return (
    <div className={mergeClasses(styles.page, isDense && styles.dense)}>
      <div className={mergeClasses(styles.head, isDense && styles.denseHead)}>
        <div className={mergeClasses(styles.words, isDense && styles.denseWords)}>
          <Title as="h1" className={styles.title}>
            {title}
          </Title>
          {intro && <Text className={styles.intro}>{intro}</Text>}
        </div>
        {isDense && <div className={styles.tabs}>{tabs}</div>}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}
