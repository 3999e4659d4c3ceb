import { Button, Text, Tooltip, makeStyles, tokens } from "@fluentui/react-components";
import { ChevronLeftRegular, ChevronRightRegular } from "@fluentui/react-icons";
import type { Project } from "../api/types";
import { texts } from "../texts";
import { hintOf } from "../parts/actions";
import { Choice } from "../parts/Choice";
import { BOARD, type Stepped } from "./actions";
import type { ViewState } from "./useView";

const useStyles = makeStyles({
  whole: { display: "flex", flexWrap: "wrap", alignItems: "end", gap: tokens.spacingHorizontalL },
  step: { flex: "1 1 240px", minWidth: 0, display: "flex", alignItems: "end", gap: tokens.spacingHorizontalXS },
  words: { flex: "1 1 280px", color: tokens.colorNeutralForeground2 },
});


const STEPPERS = {
  label: { [-1]: BOARD.previousLabel, 1: BOARD.nextLabel },
  labeler: { [-1]: BOARD.previousLabeler, 1: BOARD.nextLabeler },
};

interface SideBySideProps {
  project: Project;
  state: ViewState;
  onStep: (part: Stepped, step: 1 | -1) => void;
}

/** Whose images of which label are looked at, close together; and the way to the next. */
export function SideBySide({ project, state, onStep }: SideBySideProps) {
  const styles = useStyles();
  const { view, asked, set } = state;
  const button = (part: Stepped, by: 1 | -1) => (
    <Tooltip content={hintOf(STEPPERS[part][by])} relationship="label">
      <Button icon={by === 1 ? <ChevronRightRegular /> : <ChevronLeftRegular />} onClick={() => onStep(part, by)} />
    </Tooltip>
  );
  const stepper = (part: Stepped, value: string, choices: { value: string; text: string }[]) => (
    <div className={styles.step}>
      <Choice
        label={texts.data[part]}
        value={value}
        choices={choices}
        onChoose={(chosen) => set({ [part]: chosen })}
      />
      {button(part, -1)}
      {button(part, 1)}
    </div>
  );
  return (
    <div className={styles.whole} role="search" aria-label={texts.data.sideBySide}>
      {stepper(
        "labeler",
        view.filter.labeler ?? "",
        state.labelers.map((one) => ({ value: one.userId, text: one.name })),
      )}
      {stepper(
        "label",
        view.filter.labels?.labels[0]?.name ?? asked("label"),
        project.labels.map((one) => ({ value: one.name, text: one.name })),
      )}
      <Text className={styles.words}>{texts.data.sideBySideHint}</Text>
    </div>
  );
}
