"""Who is right, asked of a project: its sums as weighing.py takes them. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from functions.agreement.alpha import Said, overall
from functions.agreement.weighing import Crowd, Voice, certainty, model_right, probabilities, sureness
from functions.labeling.counts import Counts, Work
from functions.labeling.suggestions import AnySuggestion
from functions.projects.model import Project
from functions.tasks.annotation import Annotation

# What people say of an image, by their user ids; None: they skip it.
Heard = Iterable[tuple[str, Annotation | None]]


@dataclass(frozen=True)
class Adviser:
    """What is known of a project at some moment, for any of its images. To make one reads all its patterns of opinions
    (`Agreement`), which may be thousands; to ask it costs nothing. So one may well be kept for some seconds: sums that
    many images made do not change much meanwhile. Suggestions are those that the page would show (`shown`).
    """

    project: Project
    work: Mapping[str, Work]
    crowd: Crowd

    @classmethod
    def of(cls, project: Project, counts: Counts, held_out: float | None) -> "Adviser":
        """counts: of the whole project. held_out: the share of held-out images of which the training by which labels
        are suggested said what people say; None where nothing is learned.
        """
        work, aliases = counts.work.values(), project.aliases
        agreement = overall(Said.of(counts.agreement, aliases), one_label=project.task.one_label)
        labels: Counter[int] = Counter()
        for label, count in counts.labels.items():
            labels[aliases.get(label, label)] += count
        crowd = Crowd(
            len(project.labels),
            one_label=project.task.one_label,
            decided=sum(one.decided for one in work),
            agreed=sum(one.agreed for one in work),
            images=agreement.images,
            alike=agreement.agreement or 0.0,
            model_right=model_right(sum(one.blind for one in work), sum(one.blind_right for one in work), held_out),
            commonest=max(labels.values(), default=0) / max(labels.total(), 1),
        )
        return cls(project, counts.work, crowd)

    def probabilities(self, heard: Heard, suggested: AnySuggestion | None) -> dict[int, float]:
        """How likely each label is that somebody gives or that is suggested, by its id."""
        return probabilities(self._voices(heard), _confidences(suggested), self.crowd)

    def sureness(self, heard: Heard, suggested: AnySuggestion | None) -> float:
        """How likely that is right which these people decide together; 0 where they decide nothing."""
        voices = self._voices(heard)
        decision = self.project.task.decide([voice.said for voice in voices]) if voices else None
        if decision is None:
            return 0.0
        return sureness(voices, _confidences(suggested), self.crowd, decision=decision.said)

    def certainty(self, heard: Heard, suggested: AnySuggestion | None) -> float:
        """How likely that is right which is likeliest of an image, whatever these people decide together."""
        return certainty(self._voices(heard), _confidences(suggested), self.crowd)

    def _voices(self, heard: Heard) -> list[Voice]:
        aliases = self.project.aliases
        voices = []
        for user_id, said in heard:
            work = self.work.get(user_id, Work())
            voices.append(Voice(said and said.counted(aliases), work.decided, work.agreed))
        return voices


def _confidences(suggested: AnySuggestion | None) -> dict[int, float] | None:
    return None if suggested is None else {one.label: one.confidence for one in suggested.listed}
