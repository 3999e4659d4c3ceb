import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkRegular } from "@fluentui/react-icons";
import { texts } from "../../texts";
import { STEPS } from "./draft";

const NARROW = "@media (max-width: 760px)";

const useStyles = makeStyles({
  list: {
    [NARROW]: { flexDirection: "row", flexWrap: "wrap" },
    margin: 0,
    padding: 0,
    listStyleType: "none",
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXS,
  },
  step: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    width: "100%",
    minHeight: "40px",
    padding: `0 ${tokens.spacingHorizontalS}`,
    font: "inherit",
    fontSize: tokens.fontSizeBase300,
    textAlign: "left",
    color: tokens.colorNeutralForeground2,
    backgroundColor: "transparent",
    border: "none",
    borderRadius: tokens.borderRadiusMedium,
    cursor: "pointer",
    ":hover": { backgroundColor: tokens.colorSubtleBackgroundHover },
    ":disabled": { cursor: "default", backgroundColor: "transparent", color: tokens.colorNeutralForeground3 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  // Where there is little room, only the current step is named in sight.
  other: {
    [NARROW]: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
  },
  current: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
  mark: {
    flexShrink: 0,
    display: "grid",
    placeItems: "center",
    width: "26px",
    height: "26px",
    boxSizing: "border-box",
    borderRadius: tokens.borderRadiusCircular,
    fontSize: tokens.fontSizeBase200,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  reached: {
    color: tokens.colorNeutralForegroundOnBrand,
    backgroundColor: tokens.colorBrandBackground,
    border: "none",
  },
});

interface StepListProps {
  at: number;
  /** The furthest step so far: all up to it can be gone to. */
  reached: number;
  disabled: boolean;
  onGo: (at: number) => void;
}

/** Where one is in the wizard. */
export function StepList({ at, reached, disabled, onGo }: StepListProps) {
  const styles = useStyles();
  return (
    <ol className={styles.list} aria-label={texts.wizard.stepsLabel}>
      {STEPS.map((step, index) => (
        <li key={step}>
          <button
            type="button"
            className={mergeClasses(styles.step, index === at && styles.current)}
            aria-current={index === at ? "step" : undefined}
            disabled={disabled || index > reached}
            onClick={() => onGo(index)}
          >
            <span aria-hidden className={mergeClasses(styles.mark, index <= reached && styles.reached)}>
              {index < reached && index !== at ? <CheckmarkRegular fontSize={16} /> : index + 1}
            </span>
            <span className={mergeClasses(index !== at && styles.other)}>{texts.wizard.steps[step]}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
