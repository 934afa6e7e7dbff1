"""Grades random and hostile answers with keys of every kind, and watches what that does.

`python -m tests.helpers.answer_fuzz` grades 100,000 of them and prints a table; the tests grade
fewer.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import msgspec
from tests.helpers.hostile_texts import HOSTILE_TEXTS
from tests.helpers.keys import KEY_OF_EACH_TYPE

from large_enough.domain.clock import SystemClock
from large_enough.domain.grade import Grade, GradeStatus, Reply, ReplyEnd
from large_enough.domain.pack import (
    AnswerType,
    ChoiceKey,
    ContainsKey,
    DateKey,
    FreeKey,
    JsonKey,
    Key,
    LabelKey,
    ListKey,
    MultiChoiceKey,
    NumberKey,
    RegexKey,
    TextKey,
    UnanswerableKey,
)
from large_enough.domain.quantity import Unavailable
from large_enough.scoring.grading import grade
from large_enough.scoring.ideal import ideal_text
from large_enough.scoring.near_misses import near_misses
from large_enough.scoring.steps import StepKind
from large_enough.wording.grade_words import status_word, step_sentences

CAMPAIGN_ANSWERS = 100_000
SEED = 20_261_128
SLOWEST_S = 5.0
"""For one answer on a busy machine; most take less than a millisecond."""
LONG_CHARACTERS = 100_000
LONG_PATIENCE_S = 5.0
"""Of processor time, for one answer of that length; half of all take a fiftieth of that or less."""
REPEATED = (
    *(
        "a",
        "A ",
        "B) ",
        "1",
        "1,",
        "1.",
        "1 ",
        "1'000",
        "3/",
        "-",
        "- ",
        "* ",
        "\n",
        " \n",
        " ",
        "(",
    ),
    *(
        "((",
        "{",
        '{"a":',
        '{"a":1},',
        "[",
        "$",
        "**",
        "\\boxed{",
        "ANSWER:",
        "ANSWER: B\n",
        "Answer",
    ),
    *(
        "the answer is ",
        "the ",
        "<think>",
        "</think>",
        "1. 1 2026 ",
        "march ",
        "1 de ",
        "not ",
        "no ",
    ),
    *("27.50 ", "Basel, ", "and ", "Paris ", "i cannot help ", "```\n", "\u00a0", "\u0301", "EUR "),
    *("AB-1", "1e", "1 000 ", "answer \t", "> > ", "1/1/", "_", "\\frac{1}", ". ", ": "),
)
"""Pieces that make graders slow which try again from each place."""
_LANGUAGES = ("en", "de", "es", "en-GB", "pt", "")
_STEPS = frozenset(StepKind)
_PIECES = (
    *("ANSWER: ", "Answer:", "Antwort: ", "Respuesta:", "**", "$", "\\boxed{", "}", "<think>"),
    *("</think>", "The answer is ", "A", "B) ", "C.", ", ", " and ", " or ", "Paris", "Rome"),
    *("1,234.50", "1.234,5", "€", "EUR", " USD", "-", "\u2212", "%", " million", "k", "3/4", "½"),
    *(
        "1e3",
        "\u00d710^",
        "\\frac{1}{2}",
        "999999999999999999999999",
        "0",
        "1/0",
        "e999",
        "10**999",
    ),
    *("2026-03-01", "31 February 2026", "March 1, 2026", "0000-00-00", "99/99/9999", "9999-12-31"),
    *("{", "}", '{"id": ', "[", "]", '"', "'", "null", "NaN", "Infinity", "true", "```json\n"),
    *("\n", "\n\n", "- ", "1. ", "* ", "\t", "\r\n", "\x00", "\u202e", "\ud800", "\u0301" * 9),
    *("not stated", "I don't know", "I cannot help", "unknown", "none", "nothing", "but", "5"),
    *("AB-1234", "27.50", "Friday", "no", "Basel", "Zürich", "ﬁ", "İ", "ß", "٣", "²", "一"),
)
_LONG_PIECES = ("a", "A ", "1", "1,", " ", "\n", "ANSWER:", "{", '{"a":', "(", "*", "1 ", "-", "…")


@dataclass(kw_only=True)
class Findings:
    """What grading many answers came to."""

    answer_count: int = 0
    statuses: Counter[GradeStatus] = field(default_factory=Counter)
    slowest_s: float = 0.0
    slowest_name: str = ""
    faults: list[str] = field(default_factory=list)
    """What must not happen: an exception, a grade that contradicts itself, a long wait."""


def random_key(generator: random.Random) -> Key:
    """Return a key of any kind: a usual one, or one made of hostile parts."""
    answer_type = generator.choice(list(AnswerType))
    if generator.random() < 0.5:
        return KEY_OF_EACH_TYPE[answer_type]
    return _MAKERS[answer_type](generator)


def _text(generator: random.Random) -> str:
    return "".join(generator.choice(_PIECES) for _ in range(generator.randint(1, 3)))


def _texts(generator: random.Random, most: int = 5) -> tuple[str, ...]:
    return tuple(_text(generator) for _ in range(generator.randint(0, most)))


def _float(generator: random.Random) -> float:
    numbers = (0.0, -0.0, 1.0, 0.1, 1e15, -1e-9, 1e300, float("inf"), float("nan"))
    return generator.choice((*numbers, generator.uniform(-1e4, 1e4)))


def _choice(generator: random.Random) -> Key:
    choices = _texts(generator) or ("x",)
    return ChoiceKey(choices=choices, answer=generator.choice((*choices, "elsewhere")))


def _multi_choice(generator: random.Random) -> Key:
    choices = _texts(generator, 30)
    return MultiChoiceKey(choices=choices, answers=choices[: generator.randint(0, 3)])


def _number(generator: random.Random) -> Key:
    return NumberKey(
        answer=_float(generator),
        unit=generator.choice(("", "EUR", "%", "m", "working days", "\x00", "*")),
        is_unit_required=generator.random() < 0.5,
        unit_factors={_text(generator): _float(generator)},
        tolerance_abs=_float(generator),
        tolerance_rel=_float(generator),
        rounding=generator.choice((None, 0, 2, -3, 12, 1_000_000, -1_000_000)),
        may_be_share=generator.random() < 0.5,
    )


def _regex(generator: random.Random) -> Key:
    patterns = (".*", "", "(", r"\d+", "(?i)paris", "[", "a{3}", r"(?P<n>x)|y", "\\", "^$", "(?R)?")
    return RegexKey(pattern=generator.choice(patterns), is_whole=generator.random() < 0.5)


def _date(generator: random.Random) -> Key:
    days = ("2026-03-01", "0001-01-01", "9999-12-31", "yesterday", "")
    return DateKey(answer=generator.choice(days), is_day_first=generator.random() < 0.5)


def _json(generator: random.Random) -> Key:
    schemas: Sequence[dict[str, object]] = (
        {},
        {"type": "object", "required": ["id"]},
        {"$ref": "#"},
        {"$ref": "https://example.org/schema"},
        {"$defs": {"a": {"allOf": [{"$ref": "#/$defs/a"}] * 2}}, "$ref": "#/$defs/a"},
        {"properties": {"id": {"pattern": "(a|aa)+$"}}},
        {"type": 7},
        {"patternProperties": {"(": {}}},
        {"properties": {"id": {"$schema": "http://json-schema.org/draft-07/schema#"}}},
        {"multipleOf": 0.1, "uniqueItems": True, "additionalProperties": {"type": "string"}},
    )
    answer: dict[str, object] = {
        _text(generator): generator.choice((1, None, [1, {}], {"a": []}, "x", True))
    }
    return JsonKey(answer=answer, json_schema=generator.choice(schemas), tolerance_abs=0.5)


_MAKERS: dict[AnswerType, Callable[[random.Random], Key]] = {
    AnswerType.CHOICE: _choice,
    AnswerType.MULTI_CHOICE: _multi_choice,
    AnswerType.LABEL: lambda generator: LabelKey(labels=_texts(generator), answer="Paris"),
    AnswerType.NUMBER: _number,
    AnswerType.TEXT: lambda generator: TextKey(
        answers=_texts(generator), keeps_punctuation=generator.random() < 0.5
    ),
    AnswerType.CONTAINS: lambda generator: ContainsKey(
        all_of=_texts(generator), any_of=_texts(generator), none_of=_texts(generator)
    ),
    AnswerType.REGEX: _regex,
    AnswerType.LIST: lambda generator: ListKey(
        entries=(_texts(generator), _texts(generator)), is_ordered=generator.random() < 0.5
    ),
    AnswerType.DATE: _date,
    AnswerType.JSON: _json,
    AnswerType.UNANSWERABLE: lambda generator: UnanswerableKey(phrases=_texts(generator)),
    AnswerType.FREE: lambda generator: FreeKey(reference=_text(generator)),
}


def random_answer(key: Key, generator: random.Random) -> str:
    """Return a text that looks a little like an answer, or is meant to do harm."""
    kind = generator.randrange(8)
    if kind == 0:
        return generator.choice(HOSTILE_TEXTS)
    if kind == 1:
        return generator.choice(_LONG_PIECES) * generator.choice((10, 300, 2_000))
    if kind == 2:
        return _changed(ideal_text(key), generator)
    if kind == 3:
        return _changed(generator.choice(near_misses(key) or ("",)), generator)
    if kind == 4:
        codes = (generator.randrange(0x110000) for _ in range(generator.randint(0, 40)))
        return "".join(map(chr, codes))
    return "".join(generator.choice(_PIECES) for _ in range(generator.randint(0, 40)))


def _changed(text: str, generator: random.Random) -> str:
    place = generator.randint(0, len(text))
    return text[:place] + generator.choice(_PIECES) + text[place + generator.randint(0, 2) :]


def fuzz(answer_count: int, seed: int = SEED) -> Findings:
    """Grade so many answers.

    Args:
        answer_count: How many.
        seed: Of the keys and the answers.
    """
    generator = random.Random(seed)
    findings = Findings(answer_count=answer_count)
    for number in range(answer_count):
        name = f"answer {number} of seed {seed}"
        try:
            key = random_key(generator)
            reply = Reply(
                text=random_answer(key, generator),
                end=generator.choice((*[ReplyEnd.FINISHED] * 12, *ReplyEnd)),
                shown_choices=generator.choice(((), (), _texts(generator))),
                language=generator.choice(_LANGUAGES),
            )
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            findings.faults.append(f"{name}, ideal or near: {error!r}")
            continue
        extract = generator.choice((*[""] * 16, r"is (.*)", "(", "(a|aa)+$", "x()"))
        examine(name, key, reply, findings, extract)
    return findings


def examine(
    name: str,
    key: Key,
    reply: Reply,
    findings: Findings,
    extract: str = "",
    judge: Callable[..., Grade] = grade,
) -> None:
    """Grade one answer and note everything about it.

    Args:
        name: Of the answer, for messages.
        key: Of its question.
        reply: The answer.
        findings: What is noted.
        extract: A pattern that finds the answer.
        judge: Grades; as the program does by default.
    """
    clock = SystemClock()
    began_s = clock.monotonic_s()
    try:
        outcome = judge(key, reply, extract=extract)
        again = judge(key, reply, extract=extract)
        sentences = (*step_sentences(outcome), status_word(outcome.status))
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        findings.faults.append(f"{name}: {error!r}, {key!r}, {reply!r}")
        return
    taken_s = (clock.monotonic_s() - began_s) / 2
    if taken_s > findings.slowest_s:
        findings.slowest_s, findings.slowest_name = taken_s, f"{name}, {outcome.grader}"
    findings.statuses[outcome.status] += 1
    problem = _problem(outcome)
    if outcome != again and GradeStatus.ERROR not in (outcome.status, again.status):
        problem = problem or "two grades of the same answer differ"
    if not all(sentences):
        problem = problem or "a step without words"
    if taken_s > SLOWEST_S:
        problem = problem or f"took {taken_s:.1f} s"
    if problem:
        findings.faults.append(f"{name}: {problem}, {outcome!r}")


def _problem(outcome: Grade) -> str:
    """Return what a grade contradicts itself in."""
    if isinstance(outcome.score, Unavailable):
        return "" if outcome.status is GradeStatus.NEEDS_HUMAN else "no score"
    expected = {
        GradeStatus.CORRECT: outcome.score == 1,
        GradeStatus.PARTIAL: 0 < outcome.score < 1,
        GradeStatus.NEEDS_HUMAN: False,
    }.get(outcome.status, outcome.score == 0)
    if not expected:
        return f"a score of {outcome.score} with the status {outcome.status}"
    if any(each.kind not in _STEPS for each in outcome.steps):
        return "an unknown step"
    decoded = msgspec.json.decode(msgspec.json.encode(_encodable(outcome)), type=Grade)
    return "" if decoded == _encodable(outcome) else "it cannot be recorded"


def _encodable(outcome: Grade) -> Grade:
    """Return a grade without lone surrogates, which no worker can send."""
    plain = outcome.taken.encode("utf-8", "replace").decode()
    return msgspec.structs.replace(outcome, taken=plain, steps=())


def slow_long_answers(key: Key, pieces: Sequence[str]) -> list[str]:
    """Return which answers of 100,000 characters took too long to grade.

    Args:
        key: Of the question.
        pieces: Each is repeated to make a text, alone and behind "ANSWER:".
    """
    slow = []
    for piece in pieces:
        text = (piece * (LONG_CHARACTERS // len(piece) + 1))[:LONG_CHARACTERS]
        for whole in (text, f"{text}\nANSWER: {text}"):
            began_s = time.thread_time()
            grade(key, Reply(text=whole))
            taken_s = time.thread_time() - began_s
            if taken_s > LONG_PATIENCE_S:
                slow.append(f"{piece!r} repeated took {taken_s:.2f} s, {type(key).__name__}")
    return slow


def main() -> int:
    """Grade all answers of the campaign and print what came of it."""
    findings = fuzz(CAMPAIGN_ANSWERS)
    print(f"{findings.answer_count:,} random and hostile answers, seed {SEED}")
    for status, count in findings.statuses.most_common():
        print(f"  {count:6,}  {status_word(status)}")
    print(f"  slowest: {findings.slowest_s * 1e3:.1f} ms ({findings.slowest_name})")
    slow = [line for key in KEY_OF_EACH_TYPE.values() for line in slow_long_answers(key, REPEATED)]
    text_count = 2 * len(REPEATED) * len(KEY_OF_EACH_TYPE)
    print(f"  {text_count:,} answers of {LONG_CHARACTERS:,} characters and more: {len(slow)} slow")
    findings.faults.extend(slow)
    for fault in findings.faults[:20]:
        print(f"  FAULT {fault}")
    return 1 if findings.faults else 0


if __name__ == "__main__":
    sys.exit(main())
