import { Button, ProgressBar, Text, Tooltip, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { MouseEvent } from "react";
import { texts } from "../texts";
import type { ReviewActions } from "./actions";
import type { Reviewing } from "./review";

type Name = keyof ReviewActions;

/** What keeps its words where there is little room. */
const MAIN: readonly Name[] = ["search", "take", "confirm", "reject"];
/** What is seldom needed has no words at all. */
const isRare = (name: Name): boolean => name === "ask" || name === "askAll";
const isLesser = (name: Name): boolean => !MAIN.includes(name);

/** Among possible mistakes there are two quick answers, and the label is seldom searched for. */
const isCrowdedOut = (name: Name): boolean => isLesser(name) || name === "search";

/** Where the bar would need a second line: first the lesser buttons are icons alone, then most of them. */
const NARROW = "@media (max-width: 1100px)";
const TIGHT = "@media (max-width: 1320px)";
const CROWDED = "@media (max-width: 1440px)";

const useStyles = makeStyles({
  bar: {
    position: "sticky",
    bottom: 0,
    zIndex: 4,
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    flexWrap: "wrap",
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    marginTop: "auto",
    marginBottom: `calc(-1 * ${tokens.spacingVerticalXXL})`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    boxShadow: tokens.shadow8,
    [NARROW]: { columnGap: tokens.spacingHorizontalXS },
    "@media (max-width: 700px)": { paddingBlock: tokens.spacingVerticalXS },
  },
  words: { flex: "1 1 0", minWidth: 0, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  progress: { flex: "1 1 200px", display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXXS },
  button: { [TIGHT]: { minWidth: "32px", paddingInline: tokens.spacingHorizontalS } },
  rare: { minWidth: "32px", paddingInline: tokens.spacingHorizontalS },
  text: { "@media (max-width: 700px)": { display: "none" } },
  lesser: { [TIGHT]: { display: "none" } },
  narrow: { [NARROW]: { display: "none" } },
  // One button more is as much as a line has room for.
  crowded: { [CROWDED]: { display: "none" } },
  small: { [CROWDED]: { minWidth: "32px", paddingInline: tokens.spacingHorizontalS } },
});

interface ReviewBarProps {
  selected: number;
  /** The focused image's name, where nothing is selected. */
  focused: string;
  /** These are images whose labels the model doubts. */
  isDoubted: boolean;
  underway: Reviewing["underway"];
  isPanelOpen: boolean;
  act: ReviewActions;
}

/** A click in the bar leaves the focus with the images, so that the keys go on working there. */
const keepFocus = (event: MouseEvent): void => event.preventDefault();

export function ReviewBar({ selected, focused, isDoubted, underway, isPanelOpen, act }: ReviewBarProps) {
  const styles = useStyles();
  const button = (name: Name, more: { appearance?: "primary" | "subtle"; "aria-pressed"?: boolean } = {}) => {
    const { text, key, icon, isOff, run } = act[name];
    const isCrowded = isDoubted && isCrowdedOut(name);
    const isNarrow = name === "search" || (isDoubted && name === "reject");
    return (
      <Tooltip content={texts.common.withKey(text, key)} relationship="label">
        <Button
          className={mergeClasses(styles.button, isRare(name) && styles.rare, isCrowded && styles.small)}
          icon={icon}
          disabled={isOff}
          onClick={run}
          {...more}
        >
          {!isRare(name) && (
            <span
              className={mergeClasses(
                styles.text,
                isLesser(name) && styles.lesser,
                isNarrow && styles.narrow,
                isCrowded && styles.crowded,
              )}
            >
              {text}
            </span>
          )}
        </Button>
      </Tooltip>
    );
  };
  return (
    <div className={styles.bar} role="toolbar" aria-label={texts.data.review} onMouseDown={keepFocus}>
      {underway ? (
        <div className={styles.progress} role="status">
          <Text size={200}>{texts.data.changing(underway.done, underway.all)}</Text>
          <ProgressBar value={underway.done / underway.all} aria-label={texts.data.review} />
        </div>
      ) : (
        <Text className={styles.words} aria-live={selected > 0 ? "polite" : "off"} title={focused}>
          {selected > 0 ? texts.data.selected(selected) : focused}
        </Text>
      )}
      {button("undo")}
      {button("enlarge")}
      {button("details", { "aria-pressed": isPanelOpen })}
      {button(selected === 0 && !act.askAll.isOff ? "askAll" : "ask")}
      {button("search")}
      {isDoubted && button("take")}
      {button("confirm")}
      {button("reject", { appearance: "primary" })}
      {button("keys", { appearance: "subtle" })}
    </div>
  );
}
