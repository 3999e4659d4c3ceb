import { useState } from "react";
import type { ImageRow, Label, Me, Project } from "../api/types";
import { notify } from "../parts/notices";
import { taskOf } from "../tasks";
import { disputeTexts } from "../texts/opinions";
import { markedOf, turnedIn, voicesOf, type Draft, type Reasoned } from "./opinions";
import type { Reviews } from "./review";
import { knownOpinions } from "./useOpinions";

interface Around {
  project: Project;
  me: Me | null | undefined;
  reviews: Reviews;
  /** The one image that what is pressed is meant for; undefined = there are several, or none. */
  row: ImageRow | undefined;
  /** Whether its opinions are in sight. */
  isSeen: boolean;
  onSee: () => void;
  onDecided: () => void;
}

/** The decision on one disputed image. What is pressed counts only where one sees the opinions; else it shows them. */
export function useDispute({ project, me, reviews, row, isSeen, onSee, onDecided }: Around) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const disputed = row?.state === "disputed" ? row : undefined;
  const isMarked = !taskOf(project).isOneLabel;

  const withOpinions = (act: (opinions: readonly Reasoned[], on: ImageRow, by: Me) => void) => {
    if (!disputed || !me) return;
    if (!isSeen) return onSee();
    const opinions = knownOpinions(project.id, disputed.id);
    if (!opinions) return notify(disputeTexts.notLoaded, "info");
    act(opinions, disputed, me);
  };
  const set = (labels: readonly string[], on: ImageRow, by: Me) => {
    const known = project.labels.filter(({ name }) => labels.includes(name));
    void reviews.relabel([on], { change: "set", labels: known }, project, by);
    onDecided();
  };
  const mark = (change: (marked: readonly string[]) => readonly string[]) =>
    withOpinions((opinions, { id }) => setDraft({ imageId: id, labels: change(markedOf(draft, id, opinions, project)) }));
  return {
    /** Whether labels are marked first, and decided by a key of its own: where images may have several. */
    isMarking: disputed !== undefined && isMarked,
    marked: (opinions: readonly Reasoned[]) => (row ? markedOf(draft, row.id, opinions, project) : []),
    turn: (label: Label) => mark((marked) => turnedIn(marked, label, project)),
    clear: () => mark(() => []),
    decide: () => withOpinions((opinions, on, by) => set(markedOf(draft, on.id, opinions, project), on, by)),
    /** Takes what is said, by its place among what is said, as the decision. */
    choose: (place: number) =>
      withOpinions((opinions, on, by) => {
        const voice = voicesOf(opinions)[place];
        if (!voice) return;
        if (!voice.skipped) return set(voice.labels, on, by);
        void reviews.skip([on], voice.reasons[0], by);
        onDecided();
      }),
  };
}

export type Dispute = ReturnType<typeof useDispute>;
