import { Button, Text, Tooltip, makeStyles, tokens } from "@fluentui/react-components";
import { ChevronLeftRegular, ChevronRightRegular } from "@fluentui/react-icons";
import type { Project } from "../api/types";
import { texts } from "../texts";
import { Choice } from "../parts/Choice";
import type { ViewState } from "./useView";

const useStyles = makeStyles({
  whole: { display: "flex", flexWrap: "wrap", alignItems: "end", gap: tokens.spacingHorizontalL },
  step: { flex: "1 1 240px", minWidth: 0, display: "flex", alignItems: "end", gap: tokens.spacingHorizontalXS },
  words: { flex: "1 1 280px", color: tokens.colorNeutralForeground2 },
});

export type Stepped = "label" | "labeler";

interface SideBySideProps {
  project: Project;
  state: ViewState;
  onStep: (part: Stepped, step: 1 | -1) => void;
}

/** Whose images of which label are looked at, close together; and the way to the next. */
export function SideBySide({ project, state, onStep }: SideBySideProps) {
  const styles = useStyles();
  const { view, asked, set } = state;
  const stepper = (part: Stepped, key: string, value: string, choices: { value: string; text: string }[]) => (
    <div className={styles.step}>
      <Choice
        label={texts.data[part]}
        value={value}
        choices={choices}
        onChoose={(chosen) => set({ [part]: chosen })}
      />
      <Tooltip content={texts.common.withKey(texts.data.previous(texts.data.steps[part]), `${key}P`)} relationship="label">
        <Button icon={<ChevronLeftRegular />} onClick={() => onStep(part, -1)} />
      </Tooltip>
      <Tooltip content={texts.common.withKey(texts.data.next(texts.data.steps[part]), `${key}N`)} relationship="label">
        <Button icon={<ChevronRightRegular />} onClick={() => onStep(part, 1)} />
      </Tooltip>
    </div>
  );
  return (
    <div className={styles.whole} role="search" aria-label={texts.data.sideBySide}>
      {stepper(
        "labeler",
        "Shift+",
        view.filter.labeler ?? "",
        state.labelers.map((one) => ({ value: one.userId, text: one.name })),
      )}
      {stepper(
        "label",
        "",
        view.filter.label ?? asked("label"),
        project.labels.map((one) => ({ value: one.name, text: one.name })),
      )}
      <Text className={styles.words}>{texts.data.sideBySideHint}</Text>
    </div>
  );
}
