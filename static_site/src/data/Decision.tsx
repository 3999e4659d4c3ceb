import { Button, Text, ToggleButton, makeStyles, tokens } from "@fluentui/react-components";
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
  words: { flexBasis: "100%", color: tokens.colorNeutralForeground2 },
  label: { gap: tokens.spacingHorizontalXS, maxWidth: "100%", fontWeight: tokens.fontWeightRegular },
});

/** A click leaves the focus with the images, so that the keys go on working there. */
export const keepFocus = (event: MouseEvent): void => event.preventDefault();

interface DecisionProps {
  labels: readonly Label[];
  opinions: readonly Reasoned[];
  dispute: Dispute;
}

/** The labels that a disputed image is about to get, those first that most people give it: to be turned on and off. */
export function Decision({ labels, opinions, dispute }: DecisionProps) {
  const styles = useStyles();
  const marked = dispute.marked(opinions);
  const people = opinions.filter(({ skipped }) => !skipped).length;
  const shown = labels.filter(({ name }) => marked.includes(name) || countOf(name, opinions) > 0);
  const said = labels.flatMap(({ name }) => (marked.includes(name) ? name : [])).join(", ");
  return (
    <div className={styles.whole} role="group" aria-label={disputeTexts.decision} onMouseDown={keepFocus}>
      {shown.map((label) => (
        <ToggleButton
          key={label.id}
          size="small"
          className={styles.label}
          checked={marked.includes(label.name)}
          onClick={() => dispute.turn(label)}
        >
          {label.key && <LabelKey name={label.key} aria-hidden />}
          <LabelSwatch label={label} />
          {disputeTexts.countOf(countOf(label.name, opinions), people)}
        </ToggleButton>
      ))}
      <Button size="small" appearance="primary" title={texts.common.withKey(disputeTexts.decide, texts.keys.names.Enter ?? "Enter")} onClick={dispute.decide}>
        {disputeTexts.decide}
      </Button>
      <Text size={200} className={styles.words} role="status">
        {disputeTexts.marked(said || texts.tasks.none)}
      </Text>
    </div>
  );
}
