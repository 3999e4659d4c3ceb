import {
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { useMemo } from "react";
import type { Project, Training } from "../../../api/types";
import { formatNumber, formatShare } from "../../../parts/format";
import { LabelSwatch } from "../../../parts/LabelSwatch";
import { Section } from "../../../parts/Section";
import { Shortened } from "../../../parts/Shortened";
import { taskOf } from "../../../tasks";
import { texts } from "../../../texts";
import { worstFirst } from "./learned";

const FIRST = 8;

const useStyles = makeStyles({
  label: { maxWidth: "1px", width: "60%", overflow: "hidden", textOverflow: "ellipsis" },
  quiet: { color: tokens.colorNeutralForeground2 },
  swatch: { display: "grid", justifyItems: "start" },
});

interface RightByLabelProps {
  project: Project;
  learned: Training;
}

/** How right each label is told, the worst first. */
export function RightByLabel({ project, learned }: RightByLabelProps) {
  const styles = useStyles();
  const { isOneLabel } = taskOf(project);
  const rows = useMemo(() => worstFirst(learned.byLabel, isOneLabel), [learned.byLabel, isOneLabel]);
  const labels = useMemo(() => new Map(project.labels.map((label) => [label.name, label])), [project.labels]);
  return (
    <Section title={texts.rightByLabel.title}>
      {!isOneLabel && <Text className={styles.quiet}>{texts.rightByLabel.words}</Text>}
      <Shortened title={texts.rightByLabel.title} rows={rows} first={FIRST}>
        {(shown) => (
          <Table size="small" aria-label={texts.rightByLabel.title}>
            <TableHeader>
              <TableRow>
                <TableHeaderCell className={styles.label}>{texts.data.label}</TableHeaderCell>
                <TableHeaderCell>{texts.rightByLabel.learnedFrom}</TableHeaderCell>
                <TableHeaderCell>{isOneLabel ? texts.rightByLabel.right : texts.rightByLabel.found}</TableHeaderCell>
                {!isOneLabel && <TableHeaderCell>{texts.rightByLabel.correct}</TableHeaderCell>}
              </TableRow>
            </TableHeader>
            <TableBody>
              {shown.map(({ label: name, count, right, precision }) => {
                const label = labels.get(name);
                return (
                  <TableRow key={name}>
                    <TableCell className={styles.label}>
                      <div className={styles.swatch}>{label ? <LabelSwatch label={label} /> : name}</div>
                    </TableCell>
                    <TableCell>{formatNumber(count)}</TableCell>
                    <TableCell>{right === null ? texts.rightByLabel.unknown : formatShare(right, 1)}</TableCell>
                    {!isOneLabel && (
                      <TableCell>
                        {right !== null && (precision === null ? texts.rightByLabel.never : formatShare(precision, 1))}
                      </TableCell>
                    )}
                  </TableRow>
                );
              })}
            </TableBody>
          </Table>
        )}
      </Shortened>
    </Section>
  );
}
