"""Who is right when people disagree: how likely each label is, by what several people and the model say of an image.
Advice for reviewers, for the order of disputes, and for asking somebody more; it labels nothing.

After CROWDLAB (Goh, Tkachenko, Mueller: "Supervised learning to infer consensus labels and quality scores for data with
multiple annotators", arXiv 2210.06812) with the classifier as one more voice. As there:

- a labeler errs by giving each of the other labels with the same chance; who was never compared counts as the average;
- the model weighs what it is better than always saying the most frequent label: 1 - (1 - right) / (1 - most frequent),
  where right is the share in which it says what people say, less what these err.

Other than there, since only sums are at hand, and a probability is wanted that can pass a bound such as 0.95:

- Voices are multiplied, as in Dawid and Skene ("Maximum likelihood estimation of observer error-rates using the EM
  algorithm", 1979). The paper averages them, and an average is never surer than its surest voice, however many agree:
  it puts images into a good order, but says 0.7 of those that are right in 0.95. The model's weight is its exponent.
- How often the average labeler errs follows from how often pairs of opinions are alike: two people are both right, or
  both give the same wrong label. That needs no decision, in which an opinion has its own say: of two opinions that
  agree, all say what was decided, whatever they are worth.
- How much more or less one labeler errs than the average follows from how often they say what was not decided, beside
  how often that is to be expected: with the mean of a gamma distribution around 1, so that few images say little.
- An error falls on one of MOST_WRONG labels, however many a project has: people take each other's wrong turns, and
  of 500 labels two equal ones would otherwise be taken for proof.
- The square root of the number of opinions, by which the paper raises the model's weight, is left out: multiplied, the
  voices of many outweigh the model by themselves.

Of a project whose images may have any number of labels each label is weighed by itself: everybody says that it is there
or that it is not. The error of a whole annotation is spread over the labels that are at stake on the image: those that
somebody gives, and those that the model thinks possible. That labels of one group may rule each other out is not looked
at.

Pure, and as cheap as it looks: some logarithms for each opinion and candidate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, log, prod, sqrt
from typing import NamedTuple

from functions.tasks.annotation import Annotation

# What is taken for true before anybody was compared: as though so many images with two opinions had said that labelers
# err as often as that. It is much, so that who wants more people only where one is not sure enough has some compared.
FIRST_ERROR, FIRST_IMAGES = 0.3, 20
# How alike labelers are: as though each had so many errors where so many were to be expected.
LIKENESS = 4.0
# Nobody is better than that, and nobody's label speaks against itself: this much of guessing is the worst.
LEAST_ERROR, WORST = 0.01, 0.95
MOST_WRONG = 3
# What the model was on held-out images counts as so many hidden ones.
HELD_OUT_IMAGES = 20
# No label is less likely to the model; where any number of labels may be given, one that it does not name.
LEAST_CHANCE, UNNAMED = 0.005, 0.2


class Voice(NamedTuple):
    """What one person says of an image; None: they skip it, which is no voice. decided, agreed: of their opinions
    beside others', how many are on decided images, and how many of these say what was decided.
    """

    said: Annotation | None
    decided: int = 0
    agreed: int = 0


@dataclass(frozen=True)
class Crowd:
    """What is known of a project's labelers together, and of its model.

    labels: how many the project has. one_label: an image has exactly one of them. decided, agreed: the sums of all
    labelers' (`Voice`). images: with two or more opinions; alike: the share of pairs of opinions on one image that are
    the same, where each image counts with its number of opinions, as in Krippendorff's alpha: so it stays true where
    more people are asked because the first disagree. model_right: the share of images, hidden or held out, of which the
    model said what people say; None where nobody knows. commonest: the share of labeled images that have the most
    frequent label, as far as known.
    """

    labels: int
    one_label: bool = True
    decided: int = 0
    agreed: int = 0
    images: int = 0
    alike: float = 0.0
    model_right: float | None = None
    commonest: float = 0.0

    @property
    def wrong(self) -> int:
        """On how many labels an error may fall."""
        return min(max(self.labels - 1, 1), MOST_WRONG) if self.one_label else MOST_WRONG

    @cached_property
    def error(self) -> float:
        """How often an average labeler's annotation is wrong: `alike` is (1 - error)^2 + error^2 / wrong."""
        first = (1 - FIRST_ERROR) ** 2 + FIRST_ERROR**2 / self.wrong
        alike = (self.images * self.alike + FIRST_IMAGES * first) / (self.images + FIRST_IMAGES)
        by = 1 + 1 / self.wrong
        return (1 - sqrt(max(1 - by * (1 - alike), 0.0))) / by

    def error_of(self, voice: Voice) -> float:
        """How often this labeler's annotations are wrong."""
        expected = voice.decided * (self.decided - self.agreed) / self.decided if self.decided else 0.0
        times = (voice.decided - voice.agreed + LIKENESS) / (expected + LIKENESS)
        return min(max(self.error * times, LEAST_ERROR), WORST * self.wrong / (self.wrong + 1))

    @cached_property
    def right(self) -> float | None:
        """How often what the model says is right. That people err is none of its faults: what they say agrees with it
        where both are right, or both give the same wrong label.
        """
        if self.model_right is None:
            return None
        by_chance = self.error / self.wrong
        both = max(1 - self.error - by_chance, by_chance)
        return min(max((self.model_right - by_chance) / both, 0.0), 1.0)

    @cached_property
    def trust(self) -> float:
        """What the model's voice weighs, 0 to 1: of one label an image, how much of the way from always saying the most
        frequent label to always being right it goes.
        """
        guessed = max(self.commonest, 1 / max(self.labels, 2))
        if self.right is None or guessed >= 1:
            return 0.0
        return max(1 - (1 - self.right) / (1 - guessed), 0.0)

    def trust_of_each(self, labels: int) -> float:
        """The same for each of so many labels of an image, of which all must be right together."""
        return max(2 * self.right ** (1 / labels) - 1, 0.0) if self.right else 0.0


def model_right(hidden: int, hidden_right: int, held_out: float | None) -> float | None:
    """How often the model says what people say, for `Crowd`: of images whose suggestion was hidden from people, beside
    the share of held-out images of which it did when it was trained. None where neither is known.
    """
    if held_out is None:
        return hidden_right / hidden if hidden else None
    return (hidden_right + HELD_OUT_IMAGES * held_out) / (hidden + HELD_OUT_IMAGES)


def probabilities(voices: Sequence[Voice], model: Mapping[int, float] | None, crowd: Crowd) -> dict[int, float]:
    """How likely each label is, by its id, of those that somebody gives or the model names.

    voices: of one image, merged labels as those as which they count. model: the confidence of each label that it names;
    None where it says nothing of the image. Of one label an image these are shares of 1, of which what is left belongs
    to labels that nobody names; else each is by itself.
    """
    said = [(voice.said, crowd.error_of(voice)) for voice in voices if voice.said is not None]
    named = dict(model or {})
    candidates = sorted({label for one, _ in said for label in one.labels} | named.keys())
    if not candidates:
        return {}
    if crowd.one_label:
        return _of_one(candidates, [(one.labels[0], error) for one, error in said], named, crowd)
    each = 1 / len(candidates)
    errors = [(one.labels, min(1 - (1 - error) ** each, WORST / 2)) for one, error in said]
    trust = crowd.trust_of_each(len(candidates)) if model is not None else 0.0
    return {label: _of_each(label, errors, trust, named.get(label, UNNAMED)) for label in candidates}


def sureness(
    voices: Sequence[Voice], model: Mapping[int, float] | None, crowd: Crowd, *, decision: Annotation | None
) -> float:
    """How likely what was decided is right, 0 to 1; voices, model and crowd as for `probabilities`. An image that is to
    be skipped (None) has no label that could be wrong: 1.
    """
    if decision is None:
        return 1.0
    likely = probabilities(voices, model, crowd)
    if crowd.one_label:
        return likely.get(decision.labels[0], 0.0)
    return prod(chance if label in decision.labels else 1 - chance for label, chance in likely.items())


def certainty(voices: Sequence[Voice], model: Mapping[int, float] | None, crowd: Crowd) -> float:
    """How likely what is likeliest is right, 0 to 1, whatever was decided; voices, model and crowd as for
    `probabilities`. Where nobody gives a label and the model says nothing, 0.
    """
    likely = probabilities(voices, model, crowd).values()
    if crowd.one_label or not likely:
        return max(likely, default=0.0)
    return prod(max(chance, 1 - chance) for chance in likely)


def _of_one(
    candidates: Sequence[int], said: Sequence[tuple[int, float]], named: Mapping[int, float], crowd: Crowd
) -> dict[int, float]:
    # Beside the candidates, labels to which an error may have led.
    others = max(min(crowd.labels, MOST_WRONG + 1) - len(candidates), 0)
    unnamed = max(1 - sum(named.values()), 0.0) / max(len(candidates) + others - len(named), 1)
    trust = crowd.trust if named else 0.0
    # Of a label that nobody gives.
    silent = sum(log(error / crowd.wrong) for _, error in said)
    scores = {
        label: silent
        + trust * log(max(named.get(label, unnamed), LEAST_CHANCE))
        + sum(log((1 - error) * crowd.wrong / error) for one, error in said if one == label)
        for label in candidates
    }
    top = max(scores.values())
    powers = {label: exp(score - top) for label, score in scores.items()}
    rest = others * exp(silent + trust * log(max(unnamed, LEAST_CHANCE)) - top)
    total = sum(powers.values()) + rest
    return {label: power / total for label, power in powers.items()}


def _of_each(label: int, said: Sequence[tuple[Sequence[int], float]], trust: float, chance: float) -> float:
    """Of a label against its absence."""
    chance = min(max(chance, LEAST_CHANCE), 1 - LEAST_CHANCE)
    score = trust * log(chance / (1 - chance))
    score += sum(log((1 - error) / error) * (1 if label in labels else -1) for labels, error in said)
    return 1 / (1 + exp(-score))
