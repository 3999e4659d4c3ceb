"""How many keys and clicks a page takes (bench/assist)."""

from bench.assist.counting import Seen, tag

CAT, DOG = Seen("Cat"), Seen("Dog")
SURE, UNSURE = Seen("Cat", "Cat", sure=True), Seen("Cat", "Cat")
WRONG, SURELY_WRONG = Seen("Dog", "Cat"), Seen("Dog", "Cat", sure=True)


def test_without_suggestions_each_image_takes_a_key_or_the_fewer_are_selected() -> None:
    done = tag([CAT] * 30 + [DOG] * 6)
    assert done.labels == ["Cat"] * 30 + ["Dog"] * 6
    assert done.one_by_one == 36 + 1
    assert done.by_selection == 6 + 1 + 1 + 1


def test_sure_suggestions_take_nothing_and_a_wrong_one_a_click_and_a_key() -> None:
    assert tag([SURE] * 36).one_by_one == 1
    done = tag([SURE] * 33 + [SURELY_WRONG] * 3)
    assert done.labels == ["Cat"] * 33 + ["Dog"] * 3
    assert (done.one_by_one, done.by_selection) == (3 * 2 + 1, 3 + 1 + 1)


def test_a_wrong_one_takes_a_click_alone_where_the_next_likely_label_is_right() -> None:
    turned, not_turned = (Seen("Dog", "Cat", second, sure=True) for second in ("Dog", "Bird"))
    assert tag([SURE] * 33 + [turned, turned, not_turned]).one_by_one == 2 + 2 + 1


def test_what_is_unsure_is_accepted_as_a_whole_or_tagged_one_by_one_whichever_is_quicker() -> None:
    assert tag([SURE] * 20 + [UNSURE] * 14 + [WRONG] * 2).one_by_one == 1 + 2 * 2 + 1
    assert tag([SURE] * 30 + [UNSURE] * 2 + [WRONG] * 4).one_by_one == 6 + 1
    assert tag([SURE] * 35 + [UNSURE]).one_by_one == 1 + 1


def test_a_wrong_suggestion_that_is_overlooked_becomes_the_label_where_it_is_accepted() -> None:
    overlooked = Seen("Dog", "Cat", overlooked=True)
    assert tag([SURE] * 20 + [UNSURE] * 15 + [overlooked]).labels[-1] == "Cat"
    assert tag([SURE] * 35 + [overlooked]).labels[-1] == "Dog"
    assert tag([Seen("Dog", "Cat", sure=True, overlooked=True)]).labels == ["Cat"]
    assert tag([Seen("Cat", "Cat", sure=True, overlooked=True)]).labels == ["Cat"]
