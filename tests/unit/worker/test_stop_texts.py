"""Ending an answer at a stop text."""

from hypothesis import given
from hypothesis import strategies as st

from large_enough.worker.stop_texts import StopTexts


def test_without_texts_there_is_nothing_to_stop_at() -> None:
    assert not StopTexts(())
    assert not StopTexts(("",))
    assert StopTexts(("\n",))


def test_text_before_the_stop_is_let_through() -> None:
    assert StopTexts(("\n\n",)).push("one\n\ntwo") == ("one", True)


def test_the_first_of_several_stops_counts() -> None:
    assert StopTexts(("three", "two")).push("one two three") == ("one ", True)


def test_a_stop_may_come_in_pieces() -> None:
    stop = StopTexts(("User:",))
    assert stop.push("Yes. Us") == ("Yes. ", False)
    assert stop.push("er") == ("", False)
    assert stop.push(": and") == ("", True)


def test_only_a_possible_beginning_is_held_back() -> None:
    stop = StopTexts(("a very long stop text",))
    assert stop.push("This is a") == ("This is ", False)
    assert stop.push("n answer") == ("an answer", False)
    assert stop.push(" a") == (" ", False)
    assert stop.finish() == "a"
    assert stop.finish() == ""


@given(st.text("ab", max_size=40), st.lists(st.text("ab", min_size=1, max_size=4), max_size=3))
def test_one_character_at_a_time_gives_the_same_as_all_at_once(text: str, stops: list[str]) -> None:
    stop = StopTexts(stops)
    shown = ""
    for character in text:
        more, has_stopped = stop.push(character)
        shown += more
        if has_stopped:
            break
    else:
        shown += stop.finish()
    # A stop that ends first is met first, so the shortest prefix holding any stop decides.
    expected = text
    for end in range(len(text) + 1):
        starts = [text[:end].find(word) for word in stops if word in text[:end]]
        if starts:
            expected = text[: min(starts)]
            break
    assert shown == expected
