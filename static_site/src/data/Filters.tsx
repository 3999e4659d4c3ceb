import { Button, Checkbox, Field, Select, Text, makeStyles, tokens } from "@fluentui/react-components";
import { FilterDismissRegular } from "@fluentui/react-icons";
import type { Project } from "../api/types";
import { texts } from "../texts";
import { Choice } from "../parts/Choice";
import { SearchField } from "../parts/SearchField";
import type { ViewState } from "./useView";
import { ALL_STATES, countFilters, STATES } from "./view";

const useStyles = makeStyles({
  whole: {
    display: "grid",
    gridTemplateColumns: "repeat(4, minmax(0, 1fr))",
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    alignItems: "end",
    "@media (max-width: 700px)": { gridTemplateColumns: "repeat(2, minmax(0, 1fr))" },
  },
  field: { minWidth: 0 },
  select: { width: "100%", minWidth: 0 },
  words: { gridColumn: "1 / -1", color: tokens.colorNeutralForeground2 },
  below: { gridColumn: "1 / -1", display: "flex", flexWrap: "wrap", alignItems: "center", minHeight: "32px" },
});

export function Filters({ project, state }: { project: Project; state: ViewState }) {
  const styles = useStyles();
  const { view, asked, set } = state;
  const isUnknown = (part: string) => view.unknown.some((one) => one.part === part);
  const count = countFilters(view) + view.unknown.length;
  const shownState = view.filter.state ?? ALL_STATES;
  return (
    <div className={styles.whole} role="search" aria-label={texts.data.filters}>
      <Field className={styles.field} label={texts.data.state}>
        <Select
          select={{ className: styles.select }}
          disabled={view.filter.doubted ?? false}
          value={isUnknown("state") ? asked("state") : shownState}
          onChange={(_, data) => set({ state: data.value })}
        >
          {isUnknown("state") && <option value={asked("state")}>{texts.data.isUnknown(asked("state"))}</option>}
          {STATES.map((one) => (
            <option key={one} value={one}>
              {texts.data.states[one]}
            </option>
          ))}
          <option value={ALL_STATES}>{texts.data.allStates}</option>
        </Select>
      </Field>
      <Choice
        label={texts.data.label}
        value={view.filter.label ?? asked("label")}
        choices={project.labels.map((label) => ({ value: label.name, text: label.name }))}
        onChoose={(label) => set({ label })}
      />
      <Choice
        label={texts.data.labeler}
        value={view.filter.labeler ?? ""}
        choices={state.labelers.map((labeler) => ({ value: labeler.userId, text: labeler.name }))}
        onChoose={(labeler) => set({ labeler })}
      />
      <SearchField label={texts.data.name} value={asked("name")} onChange={(name) => set({ name })} />
      {view.filter.doubted && (
        <Choice
          label={texts.data.suggested}
          value={view.filter.suggested ?? asked("suggested")}
          choices={project.labels.map((label) => ({ value: label.name, text: label.name }))}
          onChoose={(suggested) => set({ suggested })}
        />
      )}
      {view.filter.doubted && <Text className={styles.words}>{texts.data.doubtedHint}</Text>}
      <div className={styles.below}>
        <Checkbox
          label={texts.data.onlyChanged}
          checked={view.filter.changedSinceLabeled ?? false}
          onChange={(_, data) => set({ changedSinceLabeled: data.checked === true ? "true" : null })}
        />
        {(project.mlAssist || view.filter.doubted) && (
          <Checkbox
            label={texts.data.onlyDoubted}
            checked={view.filter.doubted ?? false}
            onChange={(_, data) => set({ doubted: data.checked === true ? "true" : null, suggested: null, state: null })}
          />
        )}
        {count > 0 && (
          <Button appearance="subtle" icon={<FilterDismissRegular />} onClick={state.clear}>
            {texts.data.clear(count)}
          </Button>
        )}
      </div>
    </div>
  );
}
