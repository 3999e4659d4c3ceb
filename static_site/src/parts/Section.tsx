import { Card, Text, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  card: { padding: tokens.spacingVerticalXL, gap: tokens.spacingVerticalL, minWidth: 0 },
  head: { display: "flex", alignItems: "center", justifyContent: "space-between", gap: tokens.spacingHorizontalM },
  title: { margin: 0 },
});

interface SectionProps {
  /** By which a link leads here. */
  id?: string;
  title: string;
  action?: ReactNode;
  children: ReactNode;
}

/** A titled part of a page. */
export function Section({ id, title, action, children }: SectionProps) {
  const styles = useStyles();
  return (
    <Card className={styles.card} id={id} role="region" aria-label={title}>
      <div className={styles.head}>
        <Text as="h2" size={400} weight="semibold" className={styles.title}>
          {title}
        </Text>
        {action}
      </div>
      {children}
    </Card>
  );
}
