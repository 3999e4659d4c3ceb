import { Checkbox, Field, Input, Select, makeStyles, tokens } from "@fluentui/react-components";
import { SearchRegular } from "@fluentui/react-icons";
import { useProgress } from "../api/queries";
import type { Project } from "../api/types";
import { texts } from "../texts";
import { ALL_STATES, STATES, type useFilters } from "./filters";

const useStyles = makeStyles({
  line: {
    display: "grid",
    gridTemplateColumns: "repeat(4, minmax(0, 1fr))",
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
  },
  whole: { gridColumn: "1 / -1", justifySelf: "start" },
  field: { minWidth: 0 },
  choice: { width: "100%", minWidth: 0 },
});

interface FiltersProps {
  project: Project;
  filters: ReturnType<typeof useFilters>;
}

export function Filters({ project, filters }: FiltersProps) {
  const styles = useStyles();
  const { state, filter, set } = filters;
  const labelers = useProgress(project.id).data?.byLabeler ?? [];
  return (
    <div className={styles.line} role="search" aria-label={texts.data.filters}>
      <Field className={styles.field} label={texts.data.state}>
        <Select select={{ className: styles.choice }} value={state} onChange={(_, data) => set("state", data.value)}>
          {STATES.map((one) => (
            <option key={one} value={one}>
              {texts.data.states[one]}
            </option>
          ))}
          <option value={ALL_STATES}>{texts.data.allStates}</option>
        </Select>
      </Field>
      <Field className={styles.field} label={texts.data.label}>
        <Select
          select={{ className: styles.choice }}
          value={filter.label ?? ""}
          onChange={(_, data) => set("label", data.value)}
        >
          <option value="">{texts.data.any}</option>
          {project.labels.map((label) => (
            <option key={label.id} value={label.name}>
              {label.name}
            </option>
          ))}
        </Select>
      </Field>
      <Field className={styles.field} label={texts.data.labeler}>
        <Select
          select={{ className: styles.choice }}
          value={filter.labeler ?? ""}
          onChange={(_, data) => set("labeler", data.value)}
        >
          <option value="">{texts.data.any}</option>
          {labelers.map((labeler) => (
            <option key={labeler.userId} value={labeler.userId}>
              {labeler.name}
            </option>
          ))}
        </Select>
      </Field>
      <Field className={styles.field} label={texts.data.name}>
        <Input
          className={styles.choice}
          input={{ className: styles.choice }}
          type="search"
          contentBefore={<SearchRegular />}
          defaultValue={filter.name ?? ""}
          onChange={(_, data) => set("name", data.value)}
        />
      </Field>
      <Checkbox
        className={styles.whole}
        label={texts.data.onlyChanged}
        checked={filter.changedSinceLabeled ?? false}
        onChange={(_, data) => set("changedSinceLabeled", data.checked === true ? "true" : "")}
      />
    </div>
  );
}
