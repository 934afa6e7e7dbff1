import string
from collections.abc import Iterator

import pytest
from tests.helpers.keys import BRANCHES, CITY, EUROS

from large_enough.domain.grade import Grade, GradeStatus, GradeStep, Reply
from large_enough.scoring.grading import grade
from large_enough.scoring.steps import StepKind
from large_enough.wording.grade_step_words import STEP_WORDS
from large_enough.wording.grade_words import exact_text, status_word, step_sentence, step_sentences
from large_enough.wording.translate import use_language


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    use_language(["en"])


def test_every_status_has_its_own_word() -> None:
    assert len({status_word(status) for status in GradeStatus}) == len(GradeStatus)


def test_every_step_has_a_sentence_of_its_own_and_no_other_has() -> None:
    assert set(STEP_WORDS) == {kind.value for kind in StepKind}
    assert len(set(STEP_WORDS.values())) == len(StepKind)
    assert all(words.endswith((".", "”.")) for words in STEP_WORDS.values())


@pytest.mark.parametrize("language", ["en", "de", "es"])
@pytest.mark.parametrize("kind", StepKind)
def test_every_sentence_is_whole_even_if_a_record_lacks_facts(
    kind: StepKind, language: str
) -> None:
    use_language([language])
    names = [name for _text, name, _spec, _conversion in string.Formatter().parse(STEP_WORDS[kind])]
    facts = {name: 1.5 for name in names if name}
    full = step_sentence(GradeStep(kind=kind, facts=facts))
    assert "{" not in full
    assert step_sentence(GradeStep(kind=kind)).count("—") >= len(facts)
    assert (full == STEP_WORDS[kind]) is (language == "en" and not facts)


def test_a_step_of_a_newer_version_is_told_of() -> None:
    assert "“telepathy”" in step_sentence(GradeStep(kind="telepathy"))


def test_sentences_say_what_was_found_and_compared() -> None:
    assert step_sentences(grade(CITY, Reply(text="ANSWER: A"))) == (
        "The answer stands behind “ANSWER:”: “A”.",
        "A stands for “Rome”.",
        "“Rome” is not “Paris”.",
    )
    assert step_sentences(grade(EUROS, Reply(text="ANSWER: 1,234.5 EUR")))[-1] == (
        "1234.5 is near enough to 1234.5."
    )
    assert "Entries found: 1 of 3; invented: 1." in step_sentences(
        grade(BRANCHES, Reply(text="ANSWER: Basel, Rome"))
    )


def test_numbers_are_written_as_the_language_does_and_texts_are_harmless() -> None:
    use_language(["de"])
    assert exact_text(1234.5) == "1234,5"
    shown = step_sentences(
        Grade(
            status=GradeStatus.WRONG,
            score=0.0,
            steps=(GradeStep(kind=StepKind.NUMBER_FAR, facts={"given": 1.5, "wanted": 2}),),
            grader="number/1",
        )
    )
    assert "1,5" in shown[0]
    use_language(["en"])
    hostile = GradeStep(kind=StepKind.ABSTAINED, facts={"phrase": "a\u202eb\x1b[31m\n{x}"})
    assert step_sentence(hostile) == "It says that it cannot be known: “ab[31m {x}”."
