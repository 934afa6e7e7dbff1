"""What is said where limits or formats spoilt answers."""

import pytest

from large_enough.domain.limit_trouble import LimitProposal, LimitTrouble
from large_enough.domain.pack_run import CellKey, LimitRise
from large_enough.wording.limit_words import proposal_text, rise_text, troubles_text


def test_who_and_how_many_is_said() -> None:
    troubles = [
        LimitTrouble(letter="B", trouble_count=1200, answer_count=4000),
        LimitTrouble(letter="C", trouble_count=3, answer_count=40),
    ]
    assert "B 1,200 of 4,000, C 3 of 40. " in troubles_text(troubles)


@pytest.mark.parametrize(
    ("max_tokens", "longest_s", "limits"),
    [
        (1024, None, "at most 1,024 tokens, the same"),
        (None, 600.0, "at most 10 min 0 s, the same"),
        (1024, 600.0, "at most 1,024 tokens and 10 min 0 s, the same"),
    ],
)
def test_the_limits_are_named(max_tokens: int | None, longest_s: float | None, limits: str) -> None:
    proposal = LimitProposal(max_tokens=max_tokens, longest_s=longest_s, answer_count=3)
    assert limits in proposal_text(proposal)
    assert "3 answers" in proposal_text(proposal)


def test_that_higher_limits_would_not_help_is_said() -> None:
    assert "would not help" in proposal_text(None)
    assert "Once the run is complete" in proposal_text(None, is_complete=False)


def test_what_was_asked_again_is_said() -> None:
    key = CellKey(letter="A", item_id="x")
    rise = LimitRise(utc="2026-03-01T12:00:00Z", max_tokens=1, keys=(key,))
    assert rise_text(rise).startswith("1 answer was cut and asked again with at most 1 token;")
