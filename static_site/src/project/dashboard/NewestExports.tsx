import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { seldom } from "../../api/queries/often";
import { useExports } from "../../api/queries/runs";
import type { Project } from "../../api/types";
import { formatDateTime, formatNumber } from "../../parts/format";
import { LinkButton } from "../../parts/LinkButton";
import { RunBadge } from "../../parts/RunBadge";
import { PLAIN_LIST } from "../plainList";
import { Section } from "../../parts/Section";
import { Loaded } from "../../parts/States";
import * as dashboardTexts from "../../texts/dashboard";
import { exports, formats } from "../../texts/exports";

const SHOWN = 3;

const useStyles = makeStyles({
  list: { ...PLAIN_LIST, gap: tokens.spacingVerticalS },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
  name: { minWidth: "160px" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The newest exports in short. */
export function NewestExports({ project }: { project: Project }) {
  const styles = useStyles();
  const query = useExports(project.id, seldom);
  return (
    <Section
      title={exports.history}
      action={<LinkButton to={`/projects/${project.id}/export`}>{dashboardTexts.dashboard.allExports}</LinkButton>}
    >
      <Loaded query={query}>
        {(all) =>
          all.length === 0 ? (
            <Text className={styles.quiet}>{exports.none}</Text>
          ) : (
            <ul className={styles.list} aria-label={exports.history}>
              {all.slice(0, SHOWN).map((one) => (
                <li key={one.id} className={styles.row}>
                  <Text className={styles.name}>{formats[one.format].name}</Text>
                  <RunBadge status={one.status} />
                  <Text size={200} className={styles.quiet}>
                    {one.startedAt && formatDateTime(one.startedAt)}
                  </Text>
                  {one.status === "completed" && (
                    <Text size={200} className={styles.quiet}>
                      {exports.images(formatNumber(one.images))}
                    </Text>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}
