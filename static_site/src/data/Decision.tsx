import { Button, Text, ToggleButton, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkFilled, SquareRegular } from "@fluentui/react-icons";
import type { MouseEvent } from "react";
import type { Label } from "../api/types";
import { LabelKey } from "../parts/LabelKey";
import { LabelSwatch } from "../parts/LabelSwatch";
import { texts } from "../texts";
import { disputeTexts } from "../texts/opinions";
import { countOf, type Reasoned } from "./opinions";
import type { Dispute } from "./useDispute";

const useStyles = makeStyles({
  whole: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS, minWidth: 0 },
  count: { whiteSpace: "nowrap" },
  unseen: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
  beside: { justifyContent: "center" },
  label: { gap: tokens.spacingHorizontalXS, maxWidth: "100%", fontWeight: tokens.fontWeightRegular },
});

/** A click leaves the focus with the images, so that the keys go on working there. */
export const keepFocus = (event: MouseEvent): void => event.preventDefault();

interface DecisionProps {
  labels: readonly Label[];
  opinions: readonly Reasoned[];
  dispute: Dispute;
  /** Below an image that fills the window. */
  isBeside: boolean;
}

/** The labels that a disputed image is about to get, those first that most people give it: to be turned on and off. */
export function Decision({ labels, opinions, dispute, isBeside }: DecisionProps) {
  const styles = useStyles();
  const marked = dispute.marked(opinions);
  const people = opinions.filter(({ skipped }) => !skipped).length;
  const shown = labels.filter(({ name }) => marked.includes(name) || countOf(name, opinions) > 0);
  const said = labels.flatMap(({ name }) => (marked.includes(name) ? name : [])).join(", ");
  return (
    <div className={mergeClasses(styles.whole, isBeside && styles.beside)} role="group" aria-label={disputeTexts.decision} onMouseDown={keepFocus}>
      {shown.map((label) => (
        <ToggleButton
          key={label.id}
          size="small"
          className={styles.label}
          checked={marked.includes(label.name)}
          icon={marked.includes(label.name) ? <CheckmarkFilled /> : <SquareRegular />}
          onClick={() => dispute.turn(label)}
        >
          {label.key && <LabelKey name={label.key} aria-hidden />}
          <LabelSwatch label={label} />
          <span className={styles.count}>{disputeTexts.countOf(countOf(label.name, opinions), people)}</span>
        </ToggleButton>
      ))}
      <Button size="small" appearance="primary" title={texts.common.withKey(disputeTexts.decide, texts.keys.names.Enter ?? "Enter")} onClick={dispute.decide}>
        {disputeTexts.decide}
      </Button>
      <Text className={styles.unseen} role="status">
        {disputeTexts.marked(said || texts.tasks.none)}
      </Text>
    </div>
  );
}
