"""More people are asked only as long as it is not sure enough that what they say is right."""

from tests.api.builders import Folder, People, Project, good, new_project, pictures


def asking(people: People, until: float, most: int = 3) -> Project:
    """Four images, at each of which one person looks, and more while it is not that sure."""
    opinions = {"least": 1, "most": most, "share": 0, "until": until}
    return new_project(people, Folder(people, pictures(4)), opinions=opinions)


def say(project: Project, *labels: str) -> list[str]:
    """Somebody new labels what is handed to them, in the order of the ids; gives the ids."""
    who = project.invite("labeler")
    lease = project.lease(who, 9)
    ids = sorted(image["id"] for image in lease["images"])
    good(project.submit(who, lease, {image: [label] for image, label in zip(ids, labels, strict=True)}))
    return ids


def states(project: Project) -> tuple[int, int, int]:
    """Labeled, waiting for more opinions, disputed."""
    figures = project.progress()
    return figures["labeled"], figures["awaitingOpinions"], figures["disputed"]


def test_a_second_one_is_asked_where_one_is_not_sure_enough_and_a_third_where_two_disagree(people: People) -> None:
    project = asking(people, 0.8)
    ids = say(project, "Cat", "Cat", "Cat", "Cat")
    # Nobody knows yet how good anybody is.
    assert states(project) == (0, 4, 0)
    assert say(project, "Cat", "Cat", "Cat", "Dog") == ids
    assert states(project) == (3, 1, 0)
    assert say(project, "Dog") == ids[3:]
    assert states(project) == (4, 0, 0)


def test_one_is_enough_where_nobody_is_to_be_surer(people: People) -> None:
    project = asking(people, 0.6)
    say(project, "Cat", "Cat", "Dog", "Dog")
    assert states(project) == (4, 0, 0)


def test_no_more_than_the_most_are_asked_however_unsure_it_is(people: People) -> None:
    project = asking(people, 0.999, most=2)
    say(project, "Cat", "Cat", "Cat", "Cat")
    say(project, "Cat", "Cat", "Cat", "Dog")
    assert states(project) == (3, 0, 1)
