"""Labels that count as others, against a model that only remembers who was merged into whom."""

from collections import Counter

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from functions.labeling import blobs, relabeling
from functions.labeling.counts import Counts
from functions.labeling.head import LABELED, Head, Slot, new_head
from functions.labeling.progress import Progress
from functions.labeling.suggestions import Suggestion, suggest
from functions.problems import Conflict, Invalid, NotFound
from functions.projects.labels import MOST_LABELS, Wanted, merge, relabel, unmerge
from functions.projects.model import Label, Project
from tests.labeling.heads import only

CAT, KITTEN, DOG, PUPPY = 1, 2, 3, 4
NAMES = {CAT: "Cat", KITTEN: "Kitten", DOG: "Dog", PUPPY: "Puppy"}


def project_of(names: dict[int, str] | None = None) -> Project:
    names = NAMES if names is None else names
    labels = tuple(Label(id=label, name=name) for label, name in names.items())
    return Project.model_construct(
        task_type="multiClass", labels=labels, merged=(), retired=(), next_label=len(names) + 1
    )


def ids(project: Project) -> list[int]:
    return [label.id for label in project.labels]


def kept(*labels: int) -> list[Wanted]:
    return [Wanted(label, NAMES[label]) for label in labels]


class Merging(RuleBasedStateMachine):
    """Any merging, undoing and changing of labels, those that are refused too."""

    def __init__(self) -> None:
        super().__init__()
        self.project = project_of()
        self.listed = [CAT, KITTEN, DOG, PUPPY]
        self.into: dict[int, int] = {}
        self.gone: set[int] = set()

    def follow(self, label: int) -> int:
        while label in self.into:
            label = self.into[label]
        return label

    @rule(label=st.integers(0, 8), into=st.integers(0, 8))
    def merge(self, label: int, into: int) -> None:
        if label in self.listed and into in self.listed and label != into and len(self.listed) > 2:
            self.project = merge(self.project, label, into)
            self.listed.remove(label)
            self.into[label] = into
        else:
            refusal = NotFound if label not in self.listed else (Invalid, Conflict)
            with pytest.raises(refusal):
                merge(self.project, label, into)

    @rule(label=st.integers(0, 8))
    def unmerge(self, label: int) -> None:
        if label in self.into:
            self.project = unmerge(self.project, label)
            del self.into[label]
            self.listed.append(label)
        else:
            with pytest.raises(NotFound):
                unmerge(self.project, label)

    @rule(data=st.data(), used=st.sets(st.integers(1, 8)))
    def change_the_list(self, data: st.DataObject, used: set[int]) -> None:
        keep = data.draw(st.lists(st.sampled_from(self.listed), unique=True, min_size=2))
        wanted = [Wanted(label, f"label {label}") for label in keep]
        wanted += [Wanted(None, f"label {self.project.next_label}")] * data.draw(st.booleans())
        removed = set(self.listed) - set(keep)
        if removed & {self.follow(label) for label in used}:
            with pytest.raises(Conflict):
                relabel(self.project, wanted, used)
            return
        new = [self.project.next_label] * (len(wanted) - len(keep))
        self.project = relabel(self.project, wanted, used)
        self.listed = keep + new
        lost = removed | {label for label in self.into if self.follow(label) in removed}
        self.gone |= lost
        self.into = {label: into for label, into in self.into.items() if label not in lost}

    @invariant()
    def the_labels_are_listed_in_order(self) -> None:
        assert ids(self.project) == self.listed
        assert {label.id for label in self.project.merged} == set(self.into)
        assert {label.id for label in self.project.retired} == self.gone

    @invariant()
    def every_label_counts_as_the_one_at_the_end_of_its_chain(self) -> None:
        for label in range(self.project.next_label):
            assert self.project.resolve(label) == self.follow(label)
            assert self.project.counting_as(label) >= {label}
        for label in self.listed:
            assert self.project.counting_as(label) == {
                one for one in range(self.project.next_label) if self.follow(one) == label
            }
            assert self.project.image_labels([*sorted(self.project.counting_as(label))]) == [
                self.project.label_name(label)
            ]

    @invariant()
    def whoever_names_a_merged_label_means_the_one_that_it_counts_as(self) -> None:
        for label in (*self.listed, *self.into):
            found = self.project.find_label(label)
            assert found
            assert found.id == self.follow(label)


Merging.TestCase.settings = settings(max_examples=200, stateful_step_count=20)
TestMerging = Merging.TestCase


def test_undoing_the_last_of_a_chain_leaves_the_first_with_the_label_it_was_merged_into() -> None:
    chained = merge(merge(project_of(), PUPPY, KITTEN), KITTEN, CAT)
    assert chained.aliases == {PUPPY: CAT, KITTEN: CAT}
    undone = unmerge(chained, KITTEN)
    assert (ids(undone), undone.aliases) == ([CAT, DOG, KITTEN], {PUPPY: KITTEN})


def test_undoing_the_first_of_a_chain_leaves_the_rest() -> None:
    chained = merge(merge(project_of(), PUPPY, KITTEN), KITTEN, CAT)
    undone = unmerge(chained, PUPPY)
    assert (ids(undone), undone.aliases) == ([CAT, DOG, PUPPY], {KITTEN: CAT})


def test_a_label_can_be_merged_into_one_that_was_merged_into_it_before_and_came_back() -> None:
    back = unmerge(merge(project_of(), KITTEN, CAT), KITTEN)
    assert merge(back, CAT, KITTEN).aliases == {CAT: KITTEN}


def test_a_label_into_which_another_was_merged_is_in_use_by_the_images_of_that_one() -> None:
    merged = merge(project_of(), KITTEN, CAT)
    with pytest.raises(Conflict, match="'Cat'"):
        relabel(merged, kept(DOG, PUPPY), {KITTEN})


def test_a_merged_label_goes_with_the_unused_one_that_it_was_merged_into() -> None:
    removed = relabel(merge(project_of(), KITTEN, CAT), kept(DOG, PUPPY), {DOG})
    assert (removed.merged, removed.label_name(KITTEN)) == ((), "Kitten")
    with pytest.raises(NotFound):
        unmerge(removed, KITTEN)


def test_a_list_that_names_a_label_which_was_merged_meanwhile_is_told_so() -> None:
    with pytest.raises(Invalid, match="'Kitten' was merged into 'Cat'"):
        relabel(merge(project_of(), KITTEN, CAT), kept(CAT, KITTEN, DOG, PUPPY), set())


def test_the_name_of_a_merged_label_is_free_and_then_means_the_new_one() -> None:
    renamed = relabel(merge(project_of(), KITTEN, CAT), [*kept(CAT, DOG), Wanted(PUPPY, "Kitten")], set())
    found = renamed.find_label("Kitten")
    assert found
    assert found.id == PUPPY
    with pytest.raises(Conflict, match="'Kitten'"):
        unmerge(renamed, KITTEN)


def test_two_labels_are_left_at_least() -> None:
    with pytest.raises(Conflict, match="at least 2 labels"):
        merge(project_of({CAT: "Cat", DOG: "Dog"}), DOG, CAT)


def test_a_merging_is_not_undone_where_there_would_be_too_many_labels() -> None:
    many = project_of({label: f"label {label}" for label in range(1, MOST_LABELS + 1)})
    full = merge(many, 1, 2).model_copy(update={"labels": (*many.labels[1:], Label(id=501, name="more"))})
    with pytest.raises(Conflict, match="500 labels at most"):
        unmerge(full, 1)


def labeled(label: int) -> Head:
    return Head(slots=(Slot(state=LABELED, labels=(label,), labeler=0, at=1),), labelers=("ann",), rejected=(0,))


def test_an_import_leaves_an_image_alone_that_has_the_label_by_a_merging() -> None:
    project = merge(project_of(), KITTEN, CAT)
    head = labeled(KITTEN)
    done = relabeling.take_over(
        head, said={0: only(CAT)}, labeler="ivan", now=2, replace_others=True, is_same=project.is_same
    )
    assert (done.head, done.unchanged) == (head, (0,))
    done = relabeling.take_over(
        head, said={0: only(DOG)}, labeler="ivan", now=2, replace_others=True, is_same=project.is_same
    )
    assert done.labeled == (0,)


def test_a_suggestion_is_not_made_again_that_is_there_by_a_merging() -> None:
    project = merge(project_of(), KITTEN, CAT)
    waiting = blobs.prepare(new_head(1), readable={0: True})
    wanted = {0: Suggestion(CAT, 0.5)}
    known = {0: Suggestion(KITTEN, 0.5)}
    assert suggest(waiting, known, wanted, project=project).slots == wanted
    assert suggest(labeled(KITTEN), {}, wanted, project=project).unchanged == (0,)
    assert suggest(waiting, {0: Suggestion(DOG, 0.5)}, wanted, project=project).slots == wanted


def test_labeled_images_add_up_by_label_also_where_some_have_a_removed_one() -> None:
    project = relabel(merge(project_of(), KITTEN, CAT), kept(CAT, PUPPY), set())
    counts = Counts(states=Counter(labeled=7), labels=Counter({CAT: 1, KITTEN: 2, DOG: 4}))
    assert Progress(counts, 0).by_label_name(project) == {"Cat": 3, "Puppy": 0, "Dog": 4}


def test_a_project_knows_labels_that_are_merged_or_removed_and_none_that_are_yet_to_be_added() -> None:
    project = relabel(merge(project_of(), KITTEN, CAT), kept(CAT, PUPPY), set())
    assert project.knows([CAT, KITTEN, DOG])
    assert not project.knows([CAT, 5])
