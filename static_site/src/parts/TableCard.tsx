import { Card, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  card: { padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`, overflowX: "auto" },
});

/** The frame around a table. */
export function TableCard({ children }: { children: ReactNode }) {
  return <Card className={useStyles().card}>{children}</Card>;
}
