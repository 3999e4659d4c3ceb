"""What is suggested for images that may have any number of labels: what of it is shown, in which order such images are
handed out, and what it contradicts.
"""

from functions.labeling.suggestion_rows import Suggestions
from functions.labeling.suggestions import AnySuggestion, PackSuggestions, Several, Suggestion, arranged
from functions.projects.labels import merge
from functions.projects.model import Label, Project
from functions.tasks.annotation import Annotation, of_labels
from functions.tasks.base import Choice
from tests.labeling.heads import CAT, DOG
from tests.labeling.project import Project as Images

BIRD, OWL = 3, 4


def sure(label: int, confidence: float = 0.99) -> Suggestion:
    return Suggestion(label, confidence, sure=True, likely=True)


def unsure(label: int, confidence: float) -> Suggestion:
    return Suggestion(label, confidence, likely=confidence >= 0.5)


def several(*listed: Suggestion) -> Several:
    return Several(listed)


def project_with(*labels: int) -> Project:
    named = tuple(Label(id=label, name=str(label)) for label in labels)
    return Project.model_construct(task_type="multiLabel", labels=named, merged=(), retired=(), ml_assist=True)


def test_all_that_is_likely_is_said_and_the_whole_is_as_sure_as_all_of_it_together() -> None:
    one = several(sure(DOG, 0.9), unsure(CAT, 0.6), unsure(BIRD, 0.2))
    assert one.said == of_labels([CAT, DOG])
    assert not one.sure
    assert round(one.confidence, 4) == round(0.9 * 0.6 * 0.8, 4)
    assert several(sure(CAT), sure(DOG)).sure
    assert (several().said, several().sure, several().confidence) == (Annotation(), True, 1)


def test_it_contradicts_by_what_is_surely_there_and_by_what_is_surely_not() -> None:
    one = several(sure(DOG), unsure(CAT, 0.6))
    assert one.against(of_labels([DOG])) == one.against(of_labels([CAT, DOG])) == set()
    assert one.against(of_labels([CAT, BIRD])) == {DOG, BIRD}
    assert several().against(Annotation()) == set()
    assert Suggestion(CAT, 0.6).against(Annotation((DOG,))) == {CAT}


def test_of_merged_labels_one_is_enough_and_removed_ones_are_left_out() -> None:
    learned = {
        0: several(sure(CAT), sure(DOG, 0.9)),
        1: several(unsure(CAT, 0.6), sure(DOG, 0.55), unsure(BIRD, 0.1)),
        2: several(unsure(OWL, 0.7)),
        3: several(),
    }
    shown = PackSuggestions({}, learned, "t1").shown(merge(project_with(CAT, DOG, BIRD), CAT, DOG))
    assert shown == {
        0: several(sure(DOG)),
        1: several(sure(DOG, 0.6), unsure(BIRD, 0.1)),
        2: several(),
        3: several(),
    }


def test_of_an_exclusive_group_the_likeliest_alone_is_said() -> None:
    choices = {label: Choice(label, str(label), ("Animal",)) for label in (CAT, DOG, BIRD)}
    assert several(sure(CAT), sure(OWL, 0.9), unsure(DOG, 0.7), unsure(BIRD, 0.1)).among(choices) == several(
        sure(CAT), sure(OWL, 0.9)
    )
    assert several(unsure(CAT, 0.8), sure(DOG, 0.7), unsure(BIRD, 0.1)).among(choices) == several(
        unsure(CAT, 0.8), Suggestion(DOG, 0.7, likely=False), unsure(BIRD, 0.1)
    )
    assert several(unsure(CAT, 0.4), unsure(DOG, 0.3)).among(choices) == several(unsure(CAT, 0.4), unsure(DOG, 0.3))


def test_an_imported_label_stands_until_all_that_was_learned_is_sure() -> None:
    imported = {0: Suggestion(CAT, 0.6), 1: Suggestion(CAT, 0.6)}
    learned = {0: several(sure(DOG), unsure(CAT, 0.4)), 1: several()}
    shown = PackSuggestions(imported, learned, "t1").shown(project_with(CAT, DOG))
    assert shown == {0: imported[0], 1: several()}


def test_a_page_is_mostly_of_images_of_which_the_same_is_said() -> None:
    suggestions = {
        0: several(sure(CAT), unsure(DOG, 0.2)),
        1: several(sure(CAT), sure(DOG, 0.9)),
        2: several(sure(CAT, 0.95)),
        3: several(sure(CAT), sure(DOG, 0.95)),
        4: several(),
    }
    assert arranged(range(6), suggestions, "surest") == [3, 1, 2, 0, 4, 5]
    assert arranged(range(6), suggestions, "leastSure") == [0, 1, 3, 2, 4, 5]


async def test_they_are_kept_beside_those_of_one_label_which_stay_as_they_are(project: Images) -> None:
    table = (await project.instance()).board.table
    many = several(*(unsure(10 + label, 0.1 * label) for label in range(9, -1, -1)))
    one = Suggestion(CAT, 0.5, likely=True)
    learned: dict[int, AnySuggestion] = {0: several(sure(DOG), unsure(CAT, 0.4)), 1: several(), 2: one, 98: many}
    await Suggestions(table).put_learned(0, range(99), learned, "t1")
    assert (await Suggestions(table).of_pack(0)).learned == learned
