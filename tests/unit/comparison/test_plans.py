"""Plans of rounds."""

import msgspec
import pytest
from tests.helpers.records import (
    make_answer,
    make_cancelled,
    make_done,
    make_failed,
    make_plan,
    make_record,
)

from large_enough.comparison.plans import (
    can_follow_up,
    conversation_of,
    follow_up_round,
    new_round,
)
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.generation import LoadSettings, Message, PromptStyle, Role
from large_enough.domain.model_card import ModelCard
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import AnswerResult, AnswerSettings, Mode

NONE = Unavailable(reason="test")


def card(name: str) -> ModelCard:
    return ModelCard(
        path=f"/models/{name}.gguf",
        name=name,
        size_bytes=1,
        architecture="llama",
        parameter_count=1,
        quantisation="F16",
        context_length_tokens=1,
        has_chat_template=True,
        tokenizer="gpt2",
        licence=NONE,
    )


def test_contenders_get_letters_in_order() -> None:
    plan = new_round([card("x"), card("y"), card("z")], "Why?")
    assert [(one.letter, one.card.name) for one in plan.contenders] == [
        ("A", "x"),
        ("B", "y"),
        ("C", "z"),
    ]


def test_rounds_differ_and_sessions_can_be_shared() -> None:
    first = new_round([card("x")], "Why?")
    second = new_round([card("x")], "Why?", session_id=first.session_id)
    assert first.round_id != second.round_id
    assert first.session_id == second.session_id


@pytest.mark.parametrize(
    ("count", "prompt", "kind"),
    [
        (0, "Why?", FailureKind.NO_MODELS),
        (5, "Why?", FailureKind.BAD_SETTING),
        (2, "  \n", FailureKind.BAD_SETTING),
    ],
)
def test_senseless_plans_are_refused(count: int, prompt: str, kind: FailureKind) -> None:
    with pytest.raises(RequestError) as caught:
        new_round([card(str(number)) for number in range(count)], prompt)
    assert caught.value.info.kind is kind


# --- further questions in a conversation


def turns(*texts: str) -> tuple[Message, ...]:
    roles = (Role.USER, Role.ASSISTANT)
    return tuple(Message(role=roles[number % 2], content=text) for number, text in enumerate(texts))


def test_everybody_goes_on_from_its_own_answer() -> None:
    thoughtful = msgspec.structs.replace(make_answer(text="2 EUR"), thoughts="Let me see.")
    plan = msgspec.structs.replace(make_plan(mode=Mode.TOGETHER), system="Be brief.")
    record = make_record([make_done("A"), make_done("B", thoughtful)], plan)
    further, left_out = follow_up_round(record, "Why?")
    assert left_out == ()
    assert (further.prompt, further.system, further.mode) == ("Why?", "Be brief.", Mode.TOGETHER)
    assert further.session_id == plan.session_id
    assert further.round_id != plan.round_id
    assert further.contenders == plan.contenders
    assert further.history == {
        "A": turns("What is the fee?", "The fee is 1.00 EUR."),
        "B": turns("What is the fee?", "2 EUR"),
    }


def test_a_conversation_grows() -> None:
    first = follow_up_round(make_record([make_done("A"), make_done("B")]), "Why?").plan
    answers = [make_done(letter, make_answer(text="So.")) for letter in "AB"]
    second = follow_up_round(make_record(answers, first), "Really?").plan
    assert second.session_id == first.session_id
    assert second.history["B"] == turns("What is the fee?", "The fee is 1.00 EUR.", "Why?", "So.")


@pytest.mark.parametrize("result", [make_failed("B"), make_cancelled("B")])
def test_who_never_answered_is_left_out(result: AnswerResult) -> None:
    further, left_out = follow_up_round(make_record([make_done("A"), result]), "Why?")
    assert left_out == ("B",)
    assert [contender.letter for contender in further.contenders] == ["A"]
    assert set(further.history) == {"A"}


@pytest.mark.parametrize("result", [make_failed("B"), make_cancelled("B")])
def test_who_did_not_answer_last_keeps_what_was_before(result: AnswerResult) -> None:
    first = follow_up_round(make_record([make_done("A"), make_done("B")]), "Why?").plan
    second, left_out = follow_up_round(make_record([make_done("A"), result], first), "Really?")
    assert left_out == ()
    assert second.history["B"] == first.history["B"]
    assert len(second.history["A"]) == 4


def test_what_was_said_before_a_stop_counts() -> None:
    record = make_record([make_cancelled("A", make_answer(text="The fee"))], make_plan(card("x")))
    assert conversation_of(record, "A") == turns("What is the fee?", "The fee")


def test_thoughts_alone_are_no_answer() -> None:
    answer = msgspec.structs.replace(make_answer(text="  "), thoughts="Hm.")
    record = make_record([make_done("A", answer)], make_plan(card("x")))
    assert conversation_of(record, "A") == ()
    assert not can_follow_up(record)


def test_continued_text_has_no_further_question() -> None:
    settings = AnswerSettings(style=PromptStyle.COMPLETION)
    plan = msgspec.structs.replace(make_plan(), settings=settings)
    assert not can_follow_up(make_record([make_done("A"), make_done("B")], plan))
    assert can_follow_up(make_record([make_done("A"), make_failed("B")]))


def test_a_further_question_can_have_settings_of_its_own() -> None:
    settings, load = AnswerSettings(max_tokens=9), LoadSettings(context_tokens=1024)
    record = make_record([make_done("A"), make_done("B")])
    plan = follow_up_round(record, "Why?", mode=Mode.TOGETHER, settings=settings, load=load).plan
    assert (plan.mode, plan.settings) == (Mode.TOGETHER, settings)
    assert {contender.load for contender in plan.contenders} == {load}


@pytest.mark.parametrize("prompt", [" ", "Why?"])
def test_senseless_further_questions_are_refused(prompt: str) -> None:
    results = [make_done("A")] if not prompt.strip() else [make_failed("A"), make_failed("B")]
    with pytest.raises(RequestError) as caught:
        follow_up_round(make_record(results), prompt)
    assert caught.value.info.kind is FailureKind.BAD_SETTING
