"""What a run comes to, in sentences."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.hostile_texts import HOSTILE_TEXTS, has_dangerous_characters
from tests.helpers.verdict_parts import (
    make_decision,
    make_pair,
    make_standing,
    make_verdict,
)

from large_enough.domain.quantity import Count, Unavailable
from large_enough.domain.verdict import Decision, Method, Outcome, PairVerdict
from large_enough.wording.verdict_names import MOST_NAME_CHARACTERS
from large_enough.wording.verdict_words import (
    contender_names,
    difference_sentence,
    mcnemar_text,
    method_text,
    outcome_word,
    pair_sentence,
    verdict_sentence,
)

WHY = Unavailable(reason="nobody answered the same question")


def said(pair: PairVerdict | Unavailable, margin: float = 0.10) -> str:
    return verdict_sentence(make_verdict(headline=pair, margin=margin)).headline


def decided(decision: Decision) -> str:
    return said(make_pair(decision=decision))


def test_the_card_of_the_design() -> None:
    verdict = make_verdict()
    assert isinstance(verdict.headline, PairVerdict)
    assert pair_sentence(verdict, verdict.headline) == (
        "On 100 questions Ant 0.5B was right on 81, Dinosaur 1.5B on 84. They disagreed on 19. "
        "The small one may be up to 10.5 points worse. With your margin of 10 points: not settled "
        "yet; about 140 more questions would probably settle it."
    )
    assert verdict_sentence(verdict) == (
        (
            "Not settled yet. Ant 0.5B may be up to 10.5 points worse than Dinosaur 1.5B; your "
            "margin is 10."
        ),
        (
            "On 100 questions the small one was right on 81, the large one on 84. They disagreed "
            "on 19. About 140 more questions would probably settle it."
        ),
    )


@pytest.mark.parametrize(
    ("low", "high", "headline"),
    [
        (
            -0.04,
            0.02,
            (
                "Large enough: Ant 0.5B is at most 4 points worse than Dinosaur 1.5B; your margin "
                "is 10."
            ),
        ),
        (
            -0.04,
            -0.01,
            (
                "Large enough: Ant 0.5B is worse than Dinosaur 1.5B, but by 4 points at most; "
                "your margin is 10."
            ),
        ),
        (0.0, 0.05, "Large enough: Ant 0.5B is not worse than Dinosaur 1.5B."),
        (0.02, 0.05, "Large enough: Ant 0.5B is even better than Dinosaur 1.5B."),
        (
            -0.30,
            -0.12,
            (
                "The large one is worth it: Dinosaur 1.5B is at least 12 points better than Ant "
                "0.5B; your margin is 10."
            ),
        ),
        (
            -0.15,
            -0.02,
            (
                "Measurably worse, perhaps within your margin: Ant 0.5B is 2 to 15 points worse "
                "than Dinosaur 1.5B; your margin is 10."
            ),
        ),
        (
            -0.0996,
            0.02,
            (
                "Large enough: Ant 0.5B is at most 9.96 points worse than Dinosaur 1.5B; your "
                "margin is 10."
            ),
        ),
        (
            -0.1004,
            0.02,
            (
                "Not settled yet. Ant 0.5B may be up to 10.04 points worse than Dinosaur 1.5B; "
                "your margin is 10."
            ),
        ),
        (
            -0.15,
            -0.00001,
            (
                "Measurably worse, perhaps within your margin: Ant 0.5B is 0.001 to 15 points "
                "worse than Dinosaur 1.5B; your margin is 10."
            ),
        ),
    ],
)
def test_headlines(low: float, high: float, headline: str) -> None:
    assert decided(make_decision(low, high)) == headline


@given(st.floats(-1, 1), st.floats(-1, 1), st.sampled_from([0.05, 0.1, 0.15, 0.075]))
def test_no_headline_contradicts_its_own_margin(one: float, other: float, margin: float) -> None:
    decision = make_decision(min(one, other), max(one, other), margin=margin)
    numbers = [
        float(text) for text in re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.]*B)", decided(decision))
    ]
    if decision.outcome is Outcome.LARGE_ENOUGH:
        assert numbers == [] or numbers[0] < numbers[1] == margin * 100
    elif decision.outcome is Outcome.LARGE_IS_BETTER:
        assert numbers[0] > numbers[1]
    elif decision.outcome is Outcome.MEASURABLY_WORSE:
        assert 0 < numbers[0] <= numbers[1] >= numbers[2]
    else:
        assert numbers[0] >= numbers[1]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (139, "About 140 more questions would probably settle it."),
        (1, "About 1 more question would probably settle it."),
        (17, "About 17 more questions would probably settle it."),
        (1234, "About 1,300 more questions would probably settle it."),
        (10**9, "It would take more than 10,000 further questions to settle it."),
        (
            Unavailable(reason="more questions are unlikely to change this"),
            "More questions are unlikely to change this.",
        ),
    ],
)
def test_what_would_settle_it(more: Count, words: str) -> None:
    pair = make_pair(decision=make_decision(-0.2, 0.1, more=more))
    verdict = make_verdict(headline=pair)
    assert verdict_sentence(verdict).detail.endswith(words)
    assert words.removeprefix("About ") in pair_sentence(verdict, pair)


def test_what_more_questions_will_not_show() -> None:
    why = Unavailable(reason="more questions are unlikely to change this")
    pair = make_pair(decision=make_decision(-0.7, 0.1, more=why))
    assert verdict_sentence(make_verdict(headline=pair)).detail.endswith(
        "If the difference stays like this, more questions will not show that the small one is "
        "large enough."
    )


def test_no_question_in_common_leaves_only_the_reason() -> None:
    pair = make_pair(only_small=0, only_large=0, both=0, neither=0, decision=WHY, groups=1)
    assert pair_sentence(make_verdict(headline=pair), pair) == (
        "No verdict: nobody answered the same question."
    )


def test_a_settled_matter_needs_no_more_questions() -> None:
    verdict = make_verdict(headline=make_pair(decision=make_decision(-0.04, 0.02)))
    assert verdict_sentence(verdict).detail.endswith("They disagreed on 19.")


def test_groups_are_counted_and_their_worth_is_said() -> None:
    pair = make_pair(groups=20, effective=43.9, method=Method.GROUPED)
    words = pair_sentence(make_verdict(headline=pair), pair)
    assert words.startswith("On 100 questions of 20 kinds Ant 0.5B was right on 81")
    assert "these say as much as 43 unrelated questions." in words
    assert "100 questions of 20 kinds count as 43 unrelated ones." in method_text(pair)
    assert "as if it stood alone" in mcnemar_text(pair)


def test_groups_that_say_as_much_as_single_questions_need_no_remark() -> None:
    pair = make_pair(groups=20, effective=99, method=Method.GROUPED)
    assert "unrelated" not in pair_sentence(make_verdict(headline=pair), pair)


def test_parts_of_points_are_not_called_right() -> None:
    pair = make_pair(method=Method.PARTIAL)
    standings = {"A": make_standing("A", 81.25), "B": make_standing("B", 84)}
    words = pair_sentence(make_verdict(headline=pair, standings=standings), pair)
    assert words.startswith(
        "On 100 questions Ant 0.5B got 81.2 % of the points, Dinosaur 1.5B 84.0 %. The small one"
    )
    assert "disagreed" not in words


def test_points_of_other_questions_are_not_quoted() -> None:
    pair = make_pair(method=Method.BETTING)
    standings = {"A": make_standing("A", 50, count=60), "B": make_standing("B", 84)}
    words = pair_sentence(make_verdict(headline=pair, standings=standings), pair)
    assert words.startswith("Compared on 100 questions: Ant 0.5B and Dinosaur 1.5B.")


def test_one_question_and_no_disagreement() -> None:
    pair = make_pair(only_small=0, only_large=0, both=1, neither=0)
    words = pair_sentence(make_verdict(headline=pair), pair)
    assert words.startswith("On 1 question Ant 0.5B was right on 1, Dinosaur 1.5B on 1.")
    assert "They were right on the same questions." in words


def test_no_verdict_says_why() -> None:
    assert said(WHY) == "No verdict: nobody answered the same question."
    pair = make_pair(decision=WHY)
    assert pair_sentence(make_verdict(headline=pair), pair).endswith(
        "No verdict: nobody answered the same question."
    )
    assert difference_sentence(pair) == "No verdict: nobody answered the same question."


def test_the_difference_with_both_limits() -> None:
    assert difference_sentence(make_pair()) == (
        "Found: 3 points worse. The true difference probably lies between 10.5 points worse and "
        "4.4 points better: each limit holds with a confidence of 95 %, both together with 90 %."
    )


def test_the_methods_are_told() -> None:
    texts = {
        method_text(make_pair(method=method, groups=20 if method is Method.GROUPED else None))
        for method in Method
    }
    assert len(texts) == len(Method)
    assert "only the large one on 11; McNemar's exact test: p = 0.65" in mcnemar_text(make_pair())


def test_every_outcome_has_a_word() -> None:
    assert len({outcome_word(outcome) for outcome in Outcome}) == len(Outcome)


@pytest.mark.parametrize("name", [*HOSTILE_TEXTS, "long " * 300])
def test_names_are_harmless_short_and_told_apart(name: str) -> None:
    names = contender_names(make_verdict(names=(name, name)))
    assert len(set(names.values())) == 2
    for shown in names.values():
        assert shown.strip()
        assert not has_dangerous_characters(shown)
        assert len(shown) <= MOST_NAME_CHARACTERS + 4
