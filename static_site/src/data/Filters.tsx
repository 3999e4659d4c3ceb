import { Field, Select, Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Project } from "../api/types";
import { taskOf } from "../tasks";
import { texts } from "../texts";
import { disputeTexts } from "../texts/opinions";
import { Choice } from "../parts/Choice";
import { SearchField } from "../parts/SearchField";
import { LabelFilter } from "./LabelFilter";
import type { ViewState } from "./useView";
import { ALL_STATES, askedOnly, only, ONLY, STATES } from "./view";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS },
  fields: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(120px, 1fr))",
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    alignItems: "end",
  },
  field: { minWidth: 0 },
  select: { width: "100%", minWidth: 0 },
  words: { color: tokens.colorNeutralForeground2 },
});

export function Filters({ project, state }: { project: Project; state: ViewState }) {
  const styles = useStyles();
  const { view, asked, set } = state;
  const isUnknown = (part: string) => view.unknown.some((one) => one.part === part);
  const shownState = view.filter.state ?? ALL_STATES;
  return (
    <div className={styles.whole} role="search" aria-label={texts.data.filters}>
      <div className={styles.fields}>
        <Field className={styles.field} label={texts.data.state}>
          <Select
            select={{ className: styles.select }}
            disabled={view.filter.doubted ?? view.filter.rejected ?? false}
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
        <LabelFilter project={project} state={state} />
        <Choice
          label={texts.data.labeler}
          value={view.filter.labeler ?? ""}
          choices={state.labelers.map((labeler) => ({ value: labeler.userId, text: labeler.name }))}
          onChoose={(labeler) => set({ labeler })}
        />
        <SearchField label={texts.data.name} value={asked("name")} onChange={(name) => set({ name })} />
        <Choice
          label={texts.data.review}
          value={askedOnly(view.filter)}
          choices={ONLY.filter((one) => one !== "doubted" || project.mlAssist || view.filter.doubted).map((one) => ({
            value: one,
            text: texts.data.only[one],
          }))}
          onChoose={(one) => set(only(one))}
        />
        {view.filter.doubted && (
          <Choice
            label={texts.data.suggested}
            value={view.filter.suggested ?? asked("suggested")}
            choices={project.labels.map((label) => ({ value: label.name, text: label.name }))}
            onChoose={(suggested) => set({ suggested })}
          />
        )}
      </div>
      {view.filter.doubted && <Text className={styles.words}>{texts.data.doubtedHint}</Text>}
      {view.filter.state === "disputed" && (
        <Text className={styles.words}>
          {taskOf(project).isOneLabel ? disputeTexts.words : disputeTexts.wordsOfSeveral}
        </Text>
      )}
    </div>
  );
}
