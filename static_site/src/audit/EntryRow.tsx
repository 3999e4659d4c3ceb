import { Badge, TableCell, TableRow, Text, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { AuditEntry } from "../api/types";
import { formatDateTime } from "../parts/format";
import { PersonName } from "../parts/PersonName";
import { auditTexts } from "../texts/audit";

const useStyles = makeStyles({
  cell: { paddingBlock: tokens.spacingVerticalS },
  stack: {
    display: "flex",
    flexDirection: "column",
    alignItems: "flex-start",
    gap: tokens.spacingVerticalXXS,
  },
  words: { minWidth: "120px", overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export function EntryRow({ entry }: { entry: AuditEntry }) {
  const styles = useStyles();
  const { outcome, projectName, projectId, target } = entry;
  const lines = Object.entries(entry.details).map(([name, value]) =>
    auditTexts.detail(name, Array.isArray(value) ? value.join(", ") : String(value)),
  );
  const columns = [
    [formatDateTime(entry.at)],
    [entry.name && <PersonName name={entry.name} />, entry.token && auditTexts.byToken(entry.token)],
    [auditTexts.actions[entry.action] ?? entry.action],
    [projectName ?? projectId, target],
    lines,
  ];
  return (
    <TableRow>
      {columns.map((parts, column) => (
        <TableCell key={column} className={styles.cell}>
          <div className={mergeClasses(styles.stack, column > 0 && styles.words)}>
            {parts.filter(Boolean).map((part, index) => (
              <Text key={index} size={index > 0 ? 200 : 300} className={index > 0 ? styles.quiet : undefined}>
                {part}
              </Text>
            ))}
            {column === 2 && outcome !== "done" && (
              <Badge appearance="tint" color={outcome === "refused" ? "warning" : "danger"}>
                {auditTexts.outcomes[outcome]}
              </Badge>
            )}
          </div>
        </TableCell>
      ))}
    </TableRow>
  );
}
