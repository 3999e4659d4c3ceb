import { Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { useProjects } from "../api/queries/projects";
import { Choice } from "../parts/Choice";
import { SearchField } from "../parts/SearchField";
import { texts } from "../texts";
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

const ACTIONS = Object.entries(texts.audit.actions).map(([value, text]) => ({ value, text }));

export function Filters({ state: { asked, set } }: { state: FilterState }) {
  const styles = useStyles();
  const projects = useProjects().data ?? [];
  return (
    <div className={styles.whole} role="search" aria-label={texts.audit.filters}>
      <Choice
        label={texts.audit.project}
        value={asked("project")}
        choices={projects.map((project) => ({ value: project.id, text: project.name }))}
        onChoose={(project) => set({ project })}
      />
      <SearchField label={texts.audit.person} value={asked("person")} onChange={(person) => set({ person })} />
      <Choice
        label={texts.audit.action}
        value={asked("action")}
        choices={ACTIONS}
        onChoose={(action) => set({ action })}
      />
      {(["since", "until"] as const).map((part) => (
        <Field key={part} className={styles.field} label={texts.audit[part]}>
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
