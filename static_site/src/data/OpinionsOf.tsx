import { Button, Text, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkRegular } from "@fluentui/react-icons";
import { useEffect } from "react";
import { historyQuery } from "../api/queries/images";
import { queryClient } from "../api/queryClient";
import type { Label, Opinion } from "../api/types";
import { LabelSwatch } from "../parts/LabelSwatch";
import { texts } from "../texts";
import { disputeTexts } from "../texts/opinions";
import { areNamesHidden, choosable, voicesOf, type Voice } from "./opinions";

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
  opinions: readonly Opinion[];
  labels: readonly Label[];
  /** Below an image that fills the window they stand beside each other. */
  isBeside?: boolean;
  /** Chooses what is said, by its place; absent where there is nothing to decide. */
  onChoose?: ((place: number) => void) | undefined;
}

/** What several people say of an image: what they agree on stands once. Who they are is told once it is decided. */
export function OpinionsOf({ opinions, labels, isBeside = false, onChoose }: OpinionsOfProps) {
  const styles = useStyles();
  const voices = voicesOf(opinions);
  const areHidden = areNamesHidden(opinions);
  return (
    <ul className={mergeClasses(styles.voices, isBeside && styles.beside)} aria-label={disputeTexts.title}>
      {voices.map((voice) => (
        <li key={JSON.stringify([voice.skipped, voice.labels])} className={mergeClasses(styles.voice, voice.decided === true && styles.decided)}>
          <Said voice={voice} labels={labels} />
          <Text size={200} className={styles.who}>
            {areHidden
              ? disputeTexts.people(voice.opinions.length)
              : voice.opinions.map(({ name }) => name).join(", ")}
          </Text>
          {voice.decided && <CheckmarkRegular aria-label={disputeTexts.decided} />}
          {onChoose && !voice.skipped && <Choose voices={voices} voice={voice} onChoose={onChoose} />}
        </li>
      ))}
    </ul>
  );
}

function Said({ voice, labels }: { voice: Voice; labels: readonly Label[] }) {
  const styles = useStyles();
  const known = labels.filter(({ name }) => voice.labels.includes(name));
  return (
    <span className={styles.said}>
      {voice.skipped ? (
        <Text weight="semibold">{texts.states.skipped}</Text>
      ) : known.length === 0 ? (
        <Text weight="semibold">{voice.labels.join(", ") || texts.tasks.none}</Text>
      ) : (
        known.map((label) => <LabelSwatch key={label.id} label={label} />)
      )}
    </span>
  );
}

function Choose({ voices, voice, onChoose }: { voices: readonly Voice[]; voice: Voice; onChoose: (place: number) => void }) {
  const styles = useStyles();
  const place = voices.filter(({ skipped }) => !skipped).indexOf(voice);
  const key = disputeTexts.key(place + 1);
  return (
    <>
      <Button
        size="small"
        aria-label={disputeTexts.chooseOf(voice.labels.join(", ") || texts.tasks.none)}
        title={texts.common.withKey(disputeTexts.choose, key)}
        // A click leaves the focus with the images, so that the keys go on working there.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => choosable(voices, place) && onChoose(place)}
      >
        {disputeTexts.choose}
      </Button>
      <Text size={200} className={styles.who} aria-hidden>
        {key}
      </Text>
    </>
  );
}

/** Asks for the opinions on an image ahead of time, so that they are there with it. */
export function useOpinionsAhead(projectId: string, imageId: string | undefined): void {
  useEffect(() => {
    if (imageId !== undefined) void queryClient.prefetchInfiniteQuery(historyQuery(projectId, imageId));
  }, [projectId, imageId]);
}
