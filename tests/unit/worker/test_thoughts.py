"""Telling thoughts from the answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from large_enough.worker.thoughts import (
    FAMILIES,
    THINK,
    Part,
    TagFamily,
    ThoughtSplitter,
    family_of,
    held_back_length,
    opened_by_prompt,
)

HARMONY = family_of("... <|channel|>analysis<|message|> ...")


def split(
    pieces: list[str], family: TagFamily = THINK, *, starts_in_thought: bool = False
) -> tuple[str, str]:
    """Return thoughts and answer."""
    parts: dict[bool, str] = {True: "", False: ""}

    def give(text: str, is_thought: bool) -> None:
        assert text
        parts[is_thought] += text

    splitter = ThoughtSplitter(family, give, starts_in_thought=starts_in_thought)
    for piece in pieces:
        splitter.push(piece)
    splitter.finish()
    return parts[True], parts[False]


def test_text_without_tags_is_the_answer() -> None:
    assert split(["Paris", " is", " it.\n"]) == ("", "Paris is it.\n")


def test_space_before_the_answer_is_dropped() -> None:
    assert split([" ", "\n", " Paris", "."]) == ("", "Paris.")
    assert split([" ", "\n"]) == ("", "")


def test_thoughts_and_answer_are_parted_and_trimmed_at_the_tags() -> None:
    text = "<think>\nFrance, hm.\n\nParis.\n</think>\n\nIt is Paris.\n"
    assert split([text]) == ("France, hm.\n\nParis.", "It is Paris.\n")


@given(st.lists(st.integers(min_value=1, max_value=9), min_size=1, max_size=60))
def test_tags_may_be_cut_anywhere(lengths: list[int]) -> None:
    text = "\n<think> one < two </thin </think >\n\n</think>\n\n answer <think> quoted </think>"
    pieces, at = [], 0
    for length in lengths:
        pieces.append(text[at : at + length])
        at += length
    pieces.append(text[at:])
    assert split(pieces) == (
        "one < two </thin </think >",
        "answer <think> quoted </think>",
    )


def test_a_tag_in_the_middle_of_an_answer_is_part_of_it() -> None:
    assert split(["Use the <think> tag", " and </think>."]) == (
        "",
        "Use the <think> tag and </think>.",
    )


def test_what_only_looks_like_a_tag_is_shown() -> None:
    assert split([" <", "thin", "g>"]) == ("", "<thing>")
    assert split([" <thin"]) == ("", "<thin")


def test_a_template_may_have_opened_the_thought() -> None:
    assert split(["Hm.\n</think>", "\n\nYes."], starts_in_thought=True) == ("Hm.", "Yes.")
    assert opened_by_prompt(THINK, "<|im_start|>assistant\n<think>\n")
    assert not opened_by_prompt(THINK, "<|im_start|>assistant\n<think>\n\n</think>\n\n")
    assert not opened_by_prompt(THINK, "<|im_start|>assistant\n")


def test_a_model_may_stop_within_its_thoughts() -> None:
    assert split(["<think>I wonder </thi"]) == ("I wonder </thi", "")


def test_empty_thoughts() -> None:
    assert split(["<think>\n\n</think>\n\nYes."]) == ("", "Yes.")


def test_text_flows_while_no_tag_can_come_of_it() -> None:
    given: list[tuple[str, bool]] = []
    splitter = ThoughtSplitter(THINK, lambda text, thought: given.append((text, thought)))
    splitter.push("<think>Hm")
    assert given == [("Hm", True)]
    splitter.push(", <")
    assert given[1:] == [(",", True)]
    splitter.push("3")
    assert given[2:] == [(" <3", True)]
    assert splitter.part is Part.THOUGHT
    assert splitter.has_thoughts


def test_channels_of_gpt_oss() -> None:
    text = (
        "<|channel|>analysis<|message|>France.<|end|>"
        "<|start|>assistant<|channel|>commentary<|message|>Capital.<|end|>"
        "<|start|>assistant<|channel|>final<|message|>Paris."
    )
    assert split(list(text), HARMONY) == ("France.Capital.", "Paris.")
    assert split(["<|channel|>final<|message|>Paris."], HARMONY) == ("", "Paris.")


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.signature)
def test_every_family_is_recognised_by_its_template_and_split(family: TagFamily) -> None:
    opening = family.openings[0][0]
    assert family_of(f"{{{{ '{opening}' }}}}") is family
    reopening = family.reopenings[-1][0] if family.reopenings else "\n"
    text = f"{opening}one{family.closings[0]}{reopening}two"
    assert split(list(text), family) == ("one", "two")


def test_a_template_without_tags_means_the_common_ones() -> None:
    assert family_of("{{ messages }}") is THINK


@pytest.mark.parametrize(
    ("text", "length"),
    [("", 0), ("abc", 0), ("ab<", 1), ("ab</think", 7), ("</think>", 0), ("<<", 1)],
)
def test_held_back_length(text: str, length: int) -> None:
    assert held_back_length(text, ("</think>",)) == length
