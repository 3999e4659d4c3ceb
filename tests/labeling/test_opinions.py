"""What becomes of opinions where labels are merged and files change; the rules at large are in the stateful test."""

from functions.labeling import blobs, opinions
from functions.labeling.head import DISPUTED, LABELED, Head, Opinion, Slot
from functions.labeling.opinions import Asking
from functions.projects.labels import merge
from functions.projects.model import Label, Opinions, Project
from functions.tasks.annotation import Annotation, of_labels
from tests.labeling.heads import CAT, DOG

KITTEN, BIRD, OWL = 3, 4, 5
NAMES = ("ann", "bob", "cleo", "dan")


def asking(task: str, people: int) -> Asking:
    labels = tuple(Label(id=label, name=str(label)) for label in (CAT, DOG, KITTEN, BIRD, OWL))
    wants = Opinions(least=people, most=people, share=1)
    project = Project.model_construct(task_type=task, labels=labels, merged=(), retired=(), opinions=wants)
    return Asking(0, project, labelers=NAMES)


def said(by: Asking, *annotations: Annotation) -> Head:
    """An image on which these were said, one after the other."""
    slot = Slot(state="w")
    for who, one in enumerate(annotations):
        slot = by.given(0, slot, Opinion(who, 10 + who, one))
    return Head((slot,), labelers=NAMES, rejected=(0,) * len(NAMES))


def merging(by: Asking, label: int, into: int) -> Asking:
    return Asking(0, merge(by.project, label, into))


def test_of_sets_of_labels_none_need_be_alike_for_a_merging_to_decide() -> None:
    by = asking("multiLabel", 4)
    head = said(by, of_labels([CAT]), of_labels([CAT, DOG]), of_labels([KITTEN, BIRD]), of_labels([KITTEN, OWL]))
    assert head.slots[0].state == DISPUTED
    after, slots = opinions.merge(head, now=99, asking=merging(by, KITTEN, CAT))
    assert (slots, after.slots[0].state, after.slots[0].labels) == ([0], LABELED, (CAT,))
    assert [one.said for one in after.slots[0].opinions][2:] == [of_labels([CAT, BIRD]), of_labels([CAT, OWL])]
    assert opinions.merge(after, now=100, asking=merging(by, KITTEN, CAT)) == (after, [])


def test_a_merging_of_labels_that_nobody_said_beside_each_other_changes_nothing() -> None:
    by = asking("multiClass", 2)
    head = said(by, of_labels([KITTEN]), of_labels([DOG]))
    assert opinions.merge(head, now=99, asking=merging(by, KITTEN, CAT)) == (head, [])


def test_an_opinion_on_another_picture_is_not_amended() -> None:
    by = asking("multiClass", 2)
    head = said(by, of_labels([CAT]), of_labels([CAT]))
    one = {"slot": 0, "labeler": "ann", "said": of_labels([DOG]), "seen_at": None, "now": 99, "asking": by}
    assert not opinions.amend(head, **one).stale  # type: ignore[arg-type]
    changed = blobs.prepare(blobs.refresh(head, changed=[0]), readable={0: True})
    assert opinions.amend(changed, **one) == opinions.Amended(changed, stale=True)  # type: ignore[arg-type]
