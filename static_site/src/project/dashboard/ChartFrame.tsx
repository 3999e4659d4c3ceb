import { ToggleButton, makeStyles, tokens } from "@fluentui/react-components";
import { TableRegular } from "@fluentui/react-icons";
import { Suspense, useState, type ReactNode } from "react";
import { Section } from "../../parts/Section";
import * as dashboardTexts from "../../texts/dashboard";

/** In pixels: kept while a chart is loaded, so that nothing moves. */
export const CHART_HEIGHT = 260;

const useStyles = makeStyles({
  buttons: { display: "flex", flexWrap: "wrap", justifyContent: "flex-end", gap: tokens.spacingHorizontalS },
  table: { overflow: "auto" },
});

interface ChartFrameProps {
  title: string;
  action?: ReactNode;
  chart: ReactNode;
  table: ReactNode;
}

/** A chart, and the table behind it. */
export function ChartFrame({ title, action, chart, table }: ChartFrameProps) {
  const styles = useStyles();
  const [asTable, setAsTable] = useState(false);
  return (
    <Section
      title={title}
      action={
        <div className={styles.buttons}>
          {action}
          <ToggleButton
            size="small"
            icon={<TableRegular />}
            checked={asTable}
            aria-label={dashboardTexts.dashboard.asTableOf(title)}
            onClick={() => setAsTable(!asTable)}
          >
            {dashboardTexts.dashboard.asTable}
          </ToggleButton>
        </div>
      }
    >
      {asTable ? (
        <div className={styles.table} style={{ height: CHART_HEIGHT }} tabIndex={0} role="group" aria-label={title}>
          {table}
        </div>
      ) : (
        <div style={{ minHeight: CHART_HEIGHT }} role="group" aria-label={title}>
          <Suspense>{chart}</Suspense>
        </div>
      )}
    </Section>
  );
}
