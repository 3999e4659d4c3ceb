import { Button, Text, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkRegular } from "@fluentui/react-icons";
import type { Label } from "../api/types";
import { LabelSwatch } from "../parts/LabelSwatch";
import { texts } from "../texts";
import { disputeTexts } from "../texts/opinions";
import { Decision, keepFocus } from "./Decision";
import { areNamesHidden, voicesOf, type Reasoned, type Voice } from "./opinions";
import type { Dispute } from "./useDispute";

const useStyles = makeStyles({
  voices: {
    margin: 0,
    padding: 0,
    listStyleType: "none",
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
  },
  beside: { flexDirection: "row", flexWrap: "wrap", justifyContent: "center" },
  voice: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    minWidth: 0,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  decided: { border: `1px solid ${tokens.colorBrandStroke1}` },
  said: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalXS, minWidth: 0 },
  who: { color: tokens.colorNeutralForeground2, overflowWrap: "anywhere", minWidth: 0 },
});

interface OpinionsOfProps {
  opinions: readonly Reasoned[];
  labels: readonly Label[];
  /** Below an image that fills the window they stand beside each other. */
  isBeside?: boolean;
  /** Absent where there is nothing to decide. */
  dispute?: Dispute | undefined;
}

/** What several people say of an image: what they agree on stands once. Who they are is told once it is decided. */
export function OpinionsOf({ opinions, labels, isBeside = false, dispute }: OpinionsOfProps) {
  const styles = useStyles();
  const areHidden = areNamesHidden(opinions);
  return (
    <>
      {dispute?.isMarking && opinions.length > 0 && (
        <Decision labels={labels} opinions={opinions} dispute={dispute} isBeside={isBeside} />
      )}
      <ul className={mergeClasses(styles.voices, isBeside && styles.beside)} aria-label={disputeTexts.title}>
        {voicesOf(opinions).map((voice, place) => (
          <li key={JSON.stringify([voice.skipped, voice.labels])} className={mergeClasses(styles.voice, voice.decided === true && styles.decided)}>
            <Said voice={voice} labels={labels} />
            <Text size={200} className={styles.who}>
              {areHidden
                ? disputeTexts.people(voice.opinions.length)
                : voice.opinions.map(({ name }) => name).join(", ")}
            </Text>
            {voice.decided && <CheckmarkRegular aria-label={disputeTexts.decided} />}
            {dispute && <Choose voice={voice} place={place} onChoose={dispute.choose} />}
          </li>
        ))}
      </ul>
    </>
  );
}

function Said({ voice, labels }: { voice: Voice; labels: readonly Label[] }) {
  const styles = useStyles();
  const known = labels.filter(({ name }) => voice.labels.includes(name));
  return (
    <span className={styles.said}>
      {voice.skipped ? (
        <>
          <Text weight="semibold">{texts.states.skipped}</Text>
          {voice.reasons.map((reason) => (
            <Text key={reason} className={styles.who}>
              {texts.data.because(reason)}
            </Text>
          ))}
        </>
      ) : known.length === 0 ? (
        <Text weight="semibold">{voice.labels.join(", ") || texts.tasks.none}</Text>
      ) : (
        known.map((label) => <LabelSwatch key={label.id} label={label} />)
      )}
    </span>
  );
}

function Choose({ voice, place, onChoose }: { voice: Voice; place: number; onChoose: (place: number) => void }) {
  const styles = useStyles();
  const key = disputeTexts.key(place + 1);
  const said = voice.skipped ? texts.states.skipped : voice.labels.join(", ") || texts.tasks.none;
  return (
    <>
      <Button
        size="small"
        aria-label={disputeTexts.chooseOf(said)}
        title={texts.common.withKey(disputeTexts.choose, key)}
        onMouseDown={keepFocus}
        onClick={() => onChoose(place)}
      >
        {disputeTexts.choose}
      </Button>
      <Text size={200} className={styles.who} aria-hidden>
        {key}
      </Text>
    </>
  );
}
