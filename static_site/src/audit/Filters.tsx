import { Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { useProjects } from "../api/queries/projects";
import { Choice } from "../parts/Choice";
import { SearchField } from "../parts/SearchField";
import { auditTexts } from "../texts/audit";
import type { FilterState } from "./useFilter";

const useStyles = makeStyles({
  whole: {
    display: "grid",
    gridTemplateColumns: "repeat(5, minmax(0, 1fr))",
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    alignItems: "end",
    "@media (max-width: 900px)": { gridTemplateColumns: "repeat(2, minmax(0, 1fr))" },
  },
  field: { minWidth: 0 },
  input: { width: "100%", minWidth: 0 },
});

const ACTIONS = Object.entries(auditTexts.actions).map(([value, text]) => ({ value, text }));

export function Filters({ state: { asked, set } }: { state: FilterState }) {
  const styles = useStyles();
  const projects = useProjects().data ?? [];
  return (
    <div className={styles.whole} role="search" aria-label={auditTexts.filters}>
      <Choice
        label={auditTexts.project}
        value={asked("project")}
        choices={projects.map((project) => ({ value: project.id, text: project.name }))}
        onChoose={(project) => set({ project })}
      />
      <SearchField label={auditTexts.person} value={asked("person")} onChange={(person) => set({ person })} />
      <Choice
        label={auditTexts.action}
        value={asked("action")}
        choices={ACTIONS}
        onChoose={(action) => set({ action })}
      />
      {(["since", "until"] as const).map((part) => (
        <Field key={part} className={styles.field} label={auditTexts[part]}>
          <Input
            className={styles.input}
            input={{ className: styles.input }}
            type="date"
            value={asked(part)}
            onChange={(_, data) => set({ [part]: data.value })}
          />
        </Field>
      ))}
    </div>
  );
}
