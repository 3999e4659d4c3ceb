import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { useLabelers } from "../../api/queries/projects";
import type { Labeler, Project } from "../../api/types";
import { FEW } from "../../parts/few";
import { FiguresTable, type FiguresRow } from "../../parts/FiguresTable";
import { formatNumber, formatShare } from "../../parts/format";
import { TextLink } from "../../parts/LinkButton";
import { PersonName } from "../../parts/PersonName";
import { Section } from "../../parts/Section";
import { Loaded } from "../../parts/States";
import { useNow } from "../../parts/useNow";
import { labelers as said } from "../../texts/labelers";
import { dataAddress } from "./dataAddress";
import { areFew, columnsOf, figureOf } from "./labelerFigures";
import { labeledToday } from "./pace";
import { SideBySideMenu } from "./SideBySideMenu";

const STEP_MS = 60_000;
const FIRST = 20;

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What each labeler does, and how right it is; in gray what rests on too little. */
export function Labelers({ project }: { project: Project }) {
  const styles = useStyles();
  const now = useNow(STEP_MS);
  const query = useLabelers(project.id);
  return (
    <Section title={said.title}>
      <Loaded query={query}>
        {({ items }) => {
          if (items.length === 0) return <Text className={styles.quiet}>{said.none}</Text>;
          const columns = columnsOf(items);
          const figures = {
            labeled: (one: Labeler) => ({
              value: formatNumber(one.labeled),
              ...(one.skipped > 0 && { note: said.skipped(one.skipped) }),
            }),
            reviewed: (one: Labeler) => ({
              value: formatNumber(one.reviewed),
              ...(one.labeled > 0 && { note: formatShare(one.reviewed, one.labeled) }),
            }),
            pace: (one: Labeler) => ({
              value: said.pace(Math.round(one.labeledPerHour)),
              note: said.today(labeledToday(one.lastHours, now)),
            }),
            rejected: (one: Labeler) => figureOf(one.rejected),
            agreement: (one: Labeler) => figureOf(one.agreement),
            checked: (one: Labeler) => figureOf(one.checked),
            look: (one: Labeler) => ({ value: <SideBySideMenu project={project} labeler={one} /> }),
          };
          const rows: FiguresRow[] = items.map((one) => ({
            key: one.userId,
            name: (
              <TextLink to={dataAddress(project.id, { labeler: one.userId })}>
                <PersonName name={one.name} />
              </TextLink>
            ),
            figures: columns.map((column) => figures[column](one)),
          }));
          return (
            <>
              <FiguresTable
                title={said.title}
                columns={[said.columns.name, ...columns.map((column) => said.columns[column])]}
                rows={rows}
                first={FIRST}
                minWidth="860px"
              />
              {items.some(areFew) && (
                <Text size={200} className={styles.quiet}>
                  {said.few(FEW)}
                </Text>
              )}
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}
