import {
  Button,
  Menu,
  MenuItemLink,
  MenuList,
  MenuPopover,
  MenuTrigger,
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
import { useNavigate } from "react-router";
import type { LabelerFigures, Project } from "../../api/types";
import { formatNumber, formatShare } from "../../parts/format";
import { TextLink } from "../../parts/LinkButton";
import { Section } from "../../parts/Section";
import { useNow } from "../../parts/useNow";
import { texts } from "../../texts";
import { dataAddress } from "./dataAddress";
import { labeledToday } from "./pace";

const STEP_MS = 60_000;

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  scroll: { overflowX: "auto" },
  table: { minWidth: "640px", tableLayout: "auto" },
  name: { maxWidth: "240px", overflowWrap: "anywhere" },
  number: { fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" },
  labels: { maxHeight: "320px" },
});

/** Opens all images that this person gave one label. */
function SideBySide({ project, labeler }: { project: Project; labeler: LabelerFigures }) {
  const styles = useStyles();
  const navigate = useNavigate();
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button size="small" aria-label={texts.dashboard.sideBySideOf(labeler.name)}>
          {texts.dashboard.sideBySide}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList className={styles.labels}>
          {project.labels.map((label) => {
            const asked = { view: "side-by-side", labeler: labeler.userId, label: label.name };
            const to = dataAddress(project.id, asked);
            return (
              <MenuItemLink
                key={label.id}
                href={to}
                onClick={(event) => {
                  event.preventDefault();
                  void navigate(to);
                }}
              >
                {label.name}
              </MenuItemLink>
            );
          })}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

interface LabelersProps {
  project: Project;
  labelers: readonly LabelerFigures[];
}

export function Labelers({ project, labelers }: LabelersProps) {
  const styles = useStyles();
  const now = useNow(STEP_MS);
  return (
    <Section title={texts.dashboard.byLabeler}>
      {labelers.length === 0 ? (
        <Text className={styles.quiet}>{texts.dashboard.noLabelers}</Text>
      ) : (
        <div className={styles.scroll} tabIndex={0} role="group" aria-label={texts.dashboard.byLabeler}>
          <Table size="small" className={styles.table} aria-label={texts.dashboard.byLabeler}>
            <TableHeader>
              <TableRow>
                {texts.dashboard.labelerColumns.map((column) => (
                  <TableHeaderCell key={column}>{column}</TableHeaderCell>
                ))}
              </TableRow>
            </TableHeader>
            <TableBody>
              {labelers.map((labeler) => (
                <TableRow key={labeler.userId}>
                  <TableCell className={styles.name}>
                    <TextLink to={dataAddress(project.id, { labeler: labeler.userId })}>
                      {labeler.name}
                    </TextLink>
                  </TableCell>
                  <TableCell className={styles.number}>{formatNumber(labeler.labeled)}</TableCell>
                  <TableCell className={styles.number}>
                    {texts.dashboard.countAndShare(
                      formatNumber(labeler.reviewed),
                      formatShare(labeler.reviewed, labeler.labeled),
                    )}
                  </TableCell>
                  <TableCell className={styles.number}>{formatNumber(labeler.skipped)}</TableCell>
                  <TableCell className={styles.number}>
                    {texts.dashboard.countAndShare(
                      formatNumber(labeler.rejected),
                      formatShare(labeler.rejected, labeler.labeled + labeler.rejected),
                    )}
                  </TableCell>
                  <TableCell className={styles.number}>
                    {formatNumber(labeledToday(labeler.lastHours, now))}
                  </TableCell>
                  <TableCell className={styles.number}>
                    {texts.dashboard.pace(formatNumber(Math.round(labeler.labeledPerHour)))}
                  </TableCell>
                  <TableCell>
                    <SideBySide project={project} labeler={labeler} />
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </div>
      )}
    </Section>
  );
}
