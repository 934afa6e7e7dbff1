"""Items as they are put to models: fair, in the pack's language, and not giving themselves away."""

from collections import Counter

import pytest
from tests.helpers.packs import make_item, make_pack

from large_enough.domain.pack import AnswerType
from large_enough.domain.pack_run import Variant
from large_enough.packs.asking import asked
from large_enough.packs.asking_words import ASKING_WORDS

CHOICES = ["red", "green", "blue", "grey"]
SILENT = "Only if the document says nothing about it, the last line is: ANSWER: not stated"
REASONS = "Reason briefly, in at most 50 words. Then end with one line of this form"


def choice(name: str, answer: str = "red", **fields: object) -> dict[str, object]:
    return make_item("choice", id=name, choices=CHOICES, answer=answer, **fields)


def test_document_question_options_and_instruction_in_this_order() -> None:
    pack = make_pack(choice("a", context="The sky is red.", shuffle=False))
    prompt = asked(pack, pack.items[0], seed=1).prompt
    assert prompt == (
        "Document:\nThe sky is red.\n\nQuestion: What is the choice?\n\n"
        "A) red\nB) green\nC) blue\nD) grey\n\n"
        "End with one line of this form, with the letter of the right option: ANSWER: <letter>"
    )


@pytest.mark.parametrize("language", ["en", "de", "es", "de-AT", "ES", "fr"])
def test_the_answers_line_stands_at_the_end_in_every_language(language: str) -> None:
    pack = make_pack(make_item("number"), make_item("date"), make_item("text"), language=language)
    for item in pack.items:
        assert "ANSWER: <" in asked(pack, item, seed=1).prompt.splitlines()[-1]


def test_languages_have_words_for_every_type() -> None:
    for words in ASKING_WORDS.values():
        assert set(words.instructions) == set(AnswerType)
        for answer_type, text in words.instructions.items():
            if answer_type not in {AnswerType.FREE, AnswerType.JSON}:
                assert "ANSWER: <" in text.format(end="")
                assert "{end}" in text
        assert words.silent.endswith("ANSWER: {answer}")


def test_options_are_in_the_same_order_for_every_model_and_in_another_for_another_seed() -> None:
    pack = make_pack(*[choice(f"item{number}") for number in range(12)])
    shown = [asked(pack, item, seed=1).shown_choices for item in pack.items]
    assert shown == [asked(pack, item, seed=1).shown_choices for item in pack.items]
    assert shown != [asked(pack, item, seed=2).shown_choices for item in pack.items]
    assert all(sorted(each) == sorted(CHOICES) for each in shown)
    assert len(set(shown)) > 4


@pytest.mark.parametrize("seed", range(5))
def test_each_letter_is_right_equally_often(seed: int) -> None:
    pack = make_pack(*[choice(f"item{number}", CHOICES[number % 4]) for number in range(40)])
    places = Counter(
        asked(pack, item, seed=seed).shown_choices.index(item.key.answer) for item in pack.items
    )
    assert places == dict.fromkeys(range(4), 10)


def test_letters_do_not_follow_from_the_items_place() -> None:
    pack = make_pack(*[choice(f"item{number}") for number in range(40)])
    places = [asked(pack, item, seed=1).shown_choices.index("red") for item in pack.items]
    assert places != [number % 4 for number in range(40)]


def test_options_that_must_keep_their_order_do() -> None:
    pack = make_pack(choice("a", shuffle=False), choice("b"))
    assert asked(pack, pack.items[0], seed=3).shown_choices == tuple(CHOICES)


def test_without_its_document() -> None:
    pack = make_pack(
        make_item("number", context="The fee is 27.50."),
        make_item("unanswerable", context="Nothing."),
    )
    one = asked(pack, pack.items[0], seed=1, variant=Variant.NO_CONTEXT)
    assert "27.50" not in one.prompt
    assert "ocument" not in one.prompt


class TestReasons:
    """Packs that want a few words before the answer."""

    PACK = make_pack(
        make_item("number", context="27.50"),
        make_item("json"),
        make_item("free"),
        make_item("text", id="own"),
        reasons_first=True,
        instructions={"text": "One word."},
    )

    def test_come_before_the_line_with_the_answer(self) -> None:
        assert REASONS in asked(self.PACK, self.PACK.items[0], seed=1).prompt

    def test_are_not_asked_for_where_they_have_no_place(self) -> None:
        for item in self.PACK.items[1:]:
            assert "eason" not in asked(self.PACK, item, seed=1).prompt
        number = self.PACK.items[0]
        assert "eason" not in asked(self.PACK, number, seed=1, may_reason=False).prompt


class TestSilence:
    """Items that their document does not answer."""

    def test_every_item_with_a_document_has_the_same_sentence(self) -> None:
        pack = make_pack(
            make_item("number", context="27.50"),
            make_item("choice", context="Fraud"),
            make_item("unanswerable", context="Nothing."),
            make_item("text"),
        )
        prompts = [asked(pack, item, seed=1).prompt for item in pack.items]
        assert [SILENT in prompt for prompt in prompts] == [True, True, True, False]

    def test_no_sentence_without_such_items(self) -> None:
        pack = make_pack(make_item("number", context="27.50"))
        assert SILENT not in asked(pack, pack.items[0], seed=1).prompt

    def test_they_are_asked_like_their_neighbours(self) -> None:
        question = "What is the fee?"
        pack = make_pack(
            make_item("text", id="t1"),
            make_item("text", id="t2"),
            make_item("number", id="n", group="fees", context="Table", question=question),
            make_item("unanswerable", id="u", group="fees", context="Table", question=question),
        )
        number, silent = pack.items[2:]
        assert asked(pack, number, seed=1).prompt == asked(pack, silent, seed=1).prompt

    @pytest.mark.parametrize("kind", ["number", "text", "date", "list"])
    def test_they_can_say_what_they_are_asked_as(self, kind: str) -> None:
        question = {"question": "What is it?", "context": "Table"}
        unit = {"unit": "EUR"} if kind == "number" else {}
        pack = make_pack(
            make_item(kind, **question),
            make_item("contains", id="c", **question),
            make_item("unanswerable", asked_as=kind, **unit, **question),
        )
        alike, _other, silent = (asked(pack, item, seed=1).prompt for item in pack.items)
        assert silent == alike

    def test_an_object_and_nothing_else_leaves_no_room_for_the_sentence(self) -> None:
        pack = make_pack(
            make_item("json", context="12 EUR"), make_item("unanswerable", context="Nothing.")
        )
        assert SILENT not in asked(pack, pack.items[0], seed=1).prompt

    @pytest.mark.parametrize(
        ("language", "words"),
        [("de", "ANSWER: nicht angegeben"), ("es", "ANSWER: no se indica")],
    )
    def test_in_the_packs_language(self, language: str, words: str) -> None:
        pack = make_pack(make_item("unanswerable", context="Nothing."), language=language)
        assert words in asked(pack, pack.items[0], seed=1).prompt


def test_a_packs_own_instructions() -> None:
    pack = make_pack(
        make_item("number"), make_item("text"), instructions={"number": "Only digits.", "text": ""}
    )
    prompts = [asked(pack, item, seed=1).prompt for item in pack.items]
    assert prompts == ["What is the number?\n\nOnly digits.", "What is the text?"]


def test_units_labels_and_fields_are_named_but_no_keys() -> None:
    pack = make_pack(
        make_item("number"), make_item("label"), make_item("json", answer={"amount": 12})
    )
    number, label, fields = (asked(pack, item, seed=1).prompt for item in pack.items)
    assert "Give the number in EUR." in number
    assert "27.5" not in number
    assert "Labels: fee, card" in label
    assert '"amount"' in fields
    assert "12" not in fields


def test_the_system_prompt_goes_along() -> None:
    pack = make_pack(make_item("free"), system_prompt="Be kind.")
    one = asked(pack, pack.items[0], seed=1)
    assert (one.system, one.prompt) == ("Be kind.", "What is the free?")
