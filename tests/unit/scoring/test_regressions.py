"""One table of answers as models write them, with what becomes of each.

The first block is from public reports of graders that took answers for what they are not.
"""

import pytest
from tests.helpers.keys import (
    BRANCHES,
    CITY,
    CODE,
    COLOURS,
    DAY,
    EUROS,
    ORDER,
    PLACE,
    QUEUE,
    RECEIPT,
    SILENT,
    STEPS,
)

from large_enough.domain.answer_words import ABSTAINING
from large_enough.domain.grade import GradeStatus, Reply, ReplyEnd
from large_enough.domain.pack import (
    ChoiceKey,
    ContainsKey,
    DateKey,
    JsonKey,
    Key,
    ListKey,
    NumberKey,
    RegexKey,
    TextKey,
    UnanswerableKey,
)
from large_enough.packs.importing import read_questions
from large_enough.scoring.grading import grade

RIGHT, WRONG, PARTIAL = GradeStatus.CORRECT, GradeStatus.WRONG, GradeStatus.PARTIAL
NONE, CUT, REFUSED = GradeStatus.NO_ANSWER, GradeStatus.TRUNCATED, GradeStatus.REFUSED

LETTERS = ChoiceKey(choices=("Ink", "Jam", "Kite", "Dew", "Elm"), answer="Dew")
TOWNS = ChoiceKey(choices=("Paris", "Paris, Texas", "Lyon"), answer="Paris, Texas")
MINUS = NumberKey(answer=-5)
SHARE = NumberKey(answer=0.27, may_be_share=True)
PER_CENT = NumberKey(answer=27, unit="%", may_be_share=True)
STRICT_PER_CENT = NumberKey(answer=27, unit="%")
PLAIN_SHARE = NumberKey(answer=0.27)
TWELVE = NumberKey(answer=12)
MILLIONS = NumberKey(answer=1.5e6)
HOURS = NumberKey(answer=2, unit="h", unit_factors={"min": 1 / 60})
ROUNDED = NumberKey(answer=27.456, rounding=2)
NEAR = NumberKey(answer=100, tolerance_abs=0.5)
NEAR_SHARE = NumberKey(answer=200, tolerance_rel=0.01)
METRES = NumberKey(answer=5, unit="m", is_unit_required=True)
HALF = NumberKey(answer=0.75)
DAYS = NumberKey(answer=5, unit="working days")
AMERICAN = DateKey(answer="2026-03-01", is_day_first=False)
PICKY = TextKey(answers=("the U.S.",), keeps_case=True, keeps_punctuation=True, keeps_articles=True)
NAMES = ListKey(entries=(("Terms and Conditions",), ("Smith, John",), ("Fees",)))
EMPTY_LIST = ListKey(entries=())
NO_ONE = ContainsKey(all_of=("yes",), none_of=("refund",))
WHOLE = RegexKey(pattern=r"\d{4}", is_whole=True)
SLOW = RegexKey(pattern=r"(a|aa)+$")
EXACT = JsonKey(answer={"a": 1, "b": "x"}, is_exact=True)
ONLY_SCHEMA = JsonKey(answer={}, json_schema={"type": "object", "required": ["a"]})
CLOSED = JsonKey(
    answer={"a": 1},
    json_schema={"properties": {"a": {"type": "integer"}}, "additionalProperties": False},
)
OWN_PHRASE = UnanswerableKey(phrases=("ask the desk",))

FROM_REPORTS: list[tuple[Key, str, GradeStatus]] = [
    (CITY, "ANSWER: B", RIGHT),
    (CITY, "answer: b", RIGHT),
    (CITY, "**ANSWER: B**", RIGHT),
    (CITY, "ANSWER: **B**", RIGHT),
    (CITY, "ANSWER: (B)", RIGHT),
    (CITY, "ANSWER: $B$", RIGHT),
    (CITY, "ANSWER: $B", RIGHT),
    (CITY, "ANSWER: B.", RIGHT),
    (CITY, "B) Paris", RIGHT),
    (CITY, "ANSWER: B,", RIGHT),
    (CITY, "Answer: this asks for a city.\nIt is in France.\nANSWER: B", RIGHT),
    (CITY, "ANSWER: A\nNo, I was wrong about that.\nANSWER: B", RIGHT),
    (CITY, "ANSWER: B\nThat is no guess.\nANSWER: A", WRONG),
    (CITY, "ANSWER: None of the above", NONE),
    (COLOURS, "ANSWER: None of the above", NONE),
    (LETTERS, "I don't know", WRONG),
    (LETTERS, "I do not think so.", NONE),
    (COLOURS, "ANSWER: A, B, and C", WRONG),
    (COLOURS, "ANSWER: A, and C", RIGHT),
    (CITY, "ANSWER: A\nANSWER: B", NONE),
    (CITY, "ANSWER: A or B", NONE),
    (CITY, "ANSWER: A, B", NONE),
    (CITY, "ANSWER: B\nANSWER: B", RIGHT),
]
CHOICES: list[tuple[Key, str, GradeStatus]] = [
    (CITY, "Antwort: B", RIGHT),
    (CITY, "Respuesta: B", RIGHT),
    (CITY, "The final answer: B", RIGHT),
    (CITY, "ANSWER: <B>", RIGHT),
    (CITY, "ANSWER: [B]", RIGHT),
    (CITY, "ANSWER: `B`", RIGHT),
    (CITY, "ANSWER : B", RIGHT),
    (CITY, "### ANSWER: B", RIGHT),
    (CITY, "> **Answer:** B", RIGHT),
    (CITY, "ANSWER:\n\nB", RIGHT),
    (CITY, "ANSWER: Option B", RIGHT),
    (CITY, "ANSWER: \\boxed{B}", RIGHT),
    (CITY, "So it is \\boxed{\\text{B}}.", RIGHT),
    (CITY, "ANSWER: B) Paris", RIGHT),
    (CITY, "ANSWER: B) Rome", NONE),
    (CITY, "ANSWER: Paris", RIGHT),
    (CITY, "ANSWER: paris.", RIGHT),
    (CITY, "ANSWER: Rome", WRONG),
    (CITY, "ANSWER: B because it is in France", RIGHT),
    (CITY, "ANSWER: A city in France", NONE),
    (CITY, "ANSWER: e.g. something else", NONE),
    (CITY, "ANSWER: E", NONE),
    (CITY, "ANSWER: it is not Rome", NONE),
    (CITY, "The correct answer is B.", RIGHT),
    (CITY, "The correct option is: B", RIGHT),
    (CITY, "Die richtige Antwort ist B.", RIGHT),
    (CITY, "La respuesta correcta es B.", RIGHT),
    (CITY, "The answer is not A. The answer is B.", RIGHT),
    (CITY, "The answer is a matter of taste.", NONE),
    (CITY, "B", RIGHT),
    (CITY, "b.", RIGHT),
    (CITY, "(B)", RIGHT),
    (CITY, "Paris", RIGHT),
    (CITY, "It must be Paris, of course.", RIGHT),
    (CITY, "Rome and Paris are both nice.", NONE),
    (CITY, "B) Paris\nIt lies on a river.", RIGHT),
    (CITY, "A) Rome\nB) Paris\nC) Berlin\nD) Oslo", NONE),
    (CITY, "A friend of mine lives there.", NONE),
    (CITY, "ANSWER: <letter>", NONE),
    (CITY, "<think>ANSWER: A</think>ANSWER: B", RIGHT),
    (CITY, "It may be A, so ANSWER: A</think>\n\nANSWER: B", RIGHT),
    (CITY, "ANSWER: B<|im_end|>", RIGHT),
    (CITY, "ANSWER\uff1a B", RIGHT),
    (CITY, "ANSWER: not stated", WRONG),
    (CITY, "I'm sorry, but I can't assist with that.", REFUSED),
    (TOWNS, "ANSWER: Paris, Texas", RIGHT),
    (TOWNS, "It is Paris, Texas.", RIGHT),
    (TOWNS, "It is Paris.", WRONG),
    (QUEUE, "ANSWER: Card lost", RIGHT),
    (QUEUE, "ANSWER: card_lost", RIGHT),
    (QUEUE, "ANSWER: B", NONE),
    (QUEUE, "ANSWER: Fraud", WRONG),
    (QUEUE, "This belongs to: **Card lost**.", RIGHT),
    (COLOURS, "ANSWER: A, C", RIGHT),
    (COLOURS, "ANSWER: C and A", RIGHT),
    (COLOURS, "ANSWER: A/C", RIGHT),
    (COLOURS, "ANSWER: AC", RIGHT),
    (COLOURS, "ANSWER: (A), (C)", RIGHT),
    (COLOURS, "ANSWER: A) red\nC) blue", RIGHT),
    (COLOURS, "ANSWER:\n- A\n- C", RIGHT),
    (COLOURS, "ANSWER: red, blue", RIGHT),
    (COLOURS, "red and blue", RIGHT),
    (COLOURS, "ANSWER: A", WRONG),
    (COLOURS, "ANSWER: A, C, D", WRONG),
    (COLOURS, "ANSWER: A und C", RIGHT),
]
NUMBERS: list[tuple[Key, str, GradeStatus]] = [
    (EUROS, "ANSWER: 1,234.5", RIGHT),
    (EUROS, "ANSWER: 1.234,5 EUR", RIGHT),
    (EUROS, "ANSWER: 1 234,5 €", RIGHT),
    (EUROS, "ANSWER: 1\u202f234.50 euros", RIGHT),
    (EUROS, "ANSWER: 1'234.50", RIGHT),
    (EUROS, "ANSWER: 1\u2019234.50", RIGHT),
    (EUROS, "ANSWER: €1,234.50", RIGHT),
    (EUROS, "ANSWER: EUR 1234.50", RIGHT),
    (EUROS, "ANSWER: **1,234.50 EUR**.", RIGHT),
    (EUROS, "ANSWER: 1234.50 USD", WRONG),
    (EUROS, "ANSWER: $1234.50", WRONG),
    (EUROS, "ANSWER: 1234.5 EUR (3 times 411.50)", RIGHT),
    (EUROS, "ANSWER: 1000 + 234.5 = 1234.5 EUR", RIGHT),
    (EUROS, "ANSWER: 1.2345k", RIGHT),
    (EUROS, "ANSWER: 1.2345e3", RIGHT),
    (EUROS, "ANSWER: 1.2345 \u00d7 10^3", RIGHT),
    (EUROS, "ANSWER: 1.2345 \\times 10^{3}", RIGHT),
    (EUROS, "ANSWER: 1.2345·10³", RIGHT),
    (EUROS, "ANSWER: 1,200-1,300 EUR", NONE),
    (EUROS, "ANSWER: 1200 EUR to 1300 EUR", NONE),
    (EUROS, "ANSWER: 1234.5 or 1300", NONE),
    (EUROS, "ANSWER: between 1000 and 1234.5", NONE),
    (EUROS, "ANSWER: 1.2.3", NONE),
    (EUROS, "ANSWER: \u22121234.5", WRONG),
    (EUROS, "The sum is 1,234.50 EUR. It was paid in 2024.", RIGHT),
    (EUROS, "1. Add 1000\n2. Add 234.5\nThat makes 1234.5", RIGHT),
    (EUROS, "No idea, sorry.", NONE),
    (EUROS, "ANSWER: not stated", WRONG),
    (NumberKey(answer=25), "ANSWER: 5", WRONG),
    (NumberKey(answer=5), "ANSWER: 25", WRONG),
    (MINUS, "ANSWER: \u22125", RIGHT),
    (MINUS, "ANSWER: minus 5", RIGHT),
    (MINUS, "ANSWER: 5", WRONG),
    (HALF, "ANSWER: 3/4", RIGHT),
    (HALF, "ANSWER: ¾", RIGHT),
    (HALF, "ANSWER: \\frac{3}{4}", RIGHT),
    (HALF, "ANSWER: .75", RIGHT),
    (HALF, "ANSWER: 0,75", RIGHT),
    (NumberKey(answer=1.5), "ANSWER: 1 1/2", RIGHT),
    (NumberKey(answer=1.5), "ANSWER: 1½", RIGHT),
    (SHARE, "ANSWER: 27 %", RIGHT),
    (SHARE, "ANSWER: 0.27", RIGHT),
    (PER_CENT, "ANSWER: 0.27", RIGHT),
    (PER_CENT, "ANSWER: 27 percent", RIGHT),
    (PER_CENT, "ANSWER: 27\\%", RIGHT),
    (STRICT_PER_CENT, "ANSWER: 0.27", WRONG),
    (STRICT_PER_CENT, "ANSWER: 27 %", RIGHT),
    (STRICT_PER_CENT, "ANSWER: 27 Prozent", RIGHT),
    (PLAIN_SHARE, "ANSWER: 27 %", WRONG),
    (TWELVE, "ANSWER: twelve", RIGHT),
    (TWELVE, "ANSWER: zwölf", RIGHT),
    (TWELVE, "ANSWER: doce", RIGHT),
    (TWELVE, "ANSWER: Twelve days", RIGHT),
    (NumberKey(answer=250), "ANSWER: zweihundertfünfzig", RIGHT),
    (NumberKey(answer=1042), "ANSWER: one thousand and forty-two", RIGHT),
    (NumberKey(answer=31), "treinta y uno", RIGHT),
    (MILLIONS, "ANSWER: 1.5 million", RIGHT),
    (MILLIONS, "ANSWER: 1,5 Mio.", RIGHT),
    (MILLIONS, "ANSWER: 1.5M", RIGHT),
    (MILLIONS, "ANSWER: 1.500.000", RIGHT),
    (MILLIONS, "ANSWER: 1 500 000", RIGHT),
    (MILLIONS, "ANSWER: 1.5", WRONG),
    (NumberKey(answer=3e9), "ANSWER: 3 bn", RIGHT),
    (NumberKey(answer=3e9), "ANSWER: 3 Milliarden", RIGHT),
    (NumberKey(answer=3e9), "ANSWER: 3 mil millones", RIGHT),
    (NumberKey(answer=1234567), "ANSWER: 12,34,567", RIGHT),
    (HOURS, "ANSWER: 2 hours", RIGHT),
    (HOURS, "ANSWER: 120 minutes", RIGHT),
    (HOURS, "ANSWER: 2 Stunden", RIGHT),
    (HOURS, "ANSWER: 2 min", WRONG),
    (HOURS, "ANSWER: 2 days", WRONG),
    (METRES, "ANSWER: 5 m", RIGHT),
    (METRES, "ANSWER: 5m", RIGHT),
    (METRES, "ANSWER: 5", WRONG),
    (METRES, "ANSWER: 5 km", WRONG),
    (DAYS, "ANSWER: 5 working days", RIGHT),
    (DAYS, "ANSWER: 5 days", RIGHT),
    (DAYS, "ANSWER: 5 weeks", WRONG),
    (ROUNDED, "ANSWER: 27.46", RIGHT),
    (ROUNDED, "ANSWER: 27.45", RIGHT),
    (ROUNDED, "ANSWER: 27.456", RIGHT),
    (ROUNDED, "ANSWER: 27.5", WRONG),
    (ROUNDED, "ANSWER: 27.47", WRONG),
    (NEAR, "ANSWER: 100.5", RIGHT),
    (NEAR, "ANSWER: 100.51", WRONG),
    (NEAR_SHARE, "ANSWER: 202", RIGHT),
    (NEAR_SHARE, "ANSWER: 202.1", WRONG),
    (NumberKey(answer=0.3), f"ANSWER: {0.1 + 0.2}", RIGHT),
]
TEXTS: list[tuple[Key, str, GradeStatus]] = [
    (PLACE, "ANSWER: Main Street", RIGHT),
    (PLACE, "ANSWER: the main street.", RIGHT),
    (PLACE, 'ANSWER: "Main St."', RIGHT),
    (PLACE, "**Main Street**", RIGHT),
    (PLACE, "ANSWER: Main Street (near the bank)", RIGHT),
    (PLACE, "ANSWER: Main Street. It is near the bank.", RIGHT),
    (PLACE, "ANSWER: Main Street or Hill Road", WRONG),
    (PLACE, "Hill Road", WRONG),
    (PLACE, "ANSWER: unknown", WRONG),
    (PLACE, "Let us see.\nIt says where.\nMain Street", RIGHT),
    (PLACE, "Let us see.\nIt says where.\nWho knows?", NONE),
    (PLACE, "I cannot help with that request.", REFUSED),
    (PICKY, "ANSWER: the U.S.", RIGHT),
    (PICKY, "ANSWER: the us", WRONG),
    (PICKY, "ANSWER: U.S.", WRONG),
    (TextKey(answers=("café",)), "ANSWER: cafe\u0301", RIGHT),
    (TextKey(answers=("10 %",)), "ANSWER: 10%", WRONG),
    (TextKey(answers=("1.5",)), "ANSWER: 15", WRONG),
    (RECEIPT, "It is 27.50, due on Friday.", RIGHT),
    (RECEIPT, "It is 27.501, due on Friday.", WRONG),
    (RECEIPT, "It is 127.50, due on Friday.", WRONG),
    (RECEIPT, "It is not late: 27.50 on saturday", RIGHT),
    (RECEIPT, "There is no fee: 27.50 on Friday", WRONG),
    (RECEIPT, "It is 27.50.", WRONG),
    (RECEIPT, "At first I said no.\nANSWER: 27.50, Friday", RIGHT),
    (NO_ONE, "Yes.", RIGHT),
    (NO_ONE, "Yes, a refund.", WRONG),
    (NO_ONE, "yesterday", WRONG),
    (CODE, "ANSWER: AB-1234", RIGHT),
    (CODE, "The code is AB-1234, I think.", RIGHT),
    (CODE, "ANSWER: ab-1234", WRONG),
    (WHOLE, "ANSWER: 2024.", RIGHT),
    (WHOLE, "ANSWER: 20245", WRONG),
    (SLOW, "a" * 60 + "b", GradeStatus.ERROR),
    (RegexKey(pattern="("), "x", GradeStatus.ERROR),
]
LISTS: list[tuple[Key, str, GradeStatus]] = [
    (BRANCHES, "ANSWER: Basel, Bern, Zurich", RIGHT),
    (BRANCHES, "ANSWER: zürich; berne; basel", RIGHT),
    (BRANCHES, "ANSWER: Basel, Bern and Zurich.", RIGHT),
    (BRANCHES, "ANSWER: Basel, Bern, and Zurich", RIGHT),
    (BRANCHES, "ANSWER:\n- Basel\n- Bern (new)\n- Zurich\n\nThese are all.", RIGHT),
    (BRANCHES, "1. **Basel**\n2. **Bern**: old town\n3. **Zurich**", RIGHT),
    (BRANCHES, 'ANSWER: ["Basel", "Bern", "Zurich"]', RIGHT),
    (BRANCHES, "The branches are: Basel, Bern and Zurich.", RIGHT),
    (BRANCHES, "ANSWER: Basel, Basel, Bern, Zurich", RIGHT),
    (BRANCHES, "ANSWER: Basel, Bern", PARTIAL),
    (BRANCHES, "ANSWER: Basel, Bern, Zurich, Geneva", PARTIAL),
    (BRANCHES, "ANSWER: Geneva", WRONG),
    (BRANCHES, "ANSWER: none", WRONG),
    (STEPS, "ANSWER: wash, rinse, dry", RIGHT),
    (STEPS, "ANSWER: wash, dry, rinse", PARTIAL),
    (NAMES, "ANSWER: Terms and Conditions, Smith, John, Fees", RIGHT),
    (EMPTY_LIST, "ANSWER: none", RIGHT),
    (EMPTY_LIST, "ANSWER: Basel", WRONG),
]
DATES: list[tuple[Key, str, GradeStatus]] = [
    (DAY, "ANSWER: 2026-03-01", RIGHT),
    (DAY, "ANSWER: 2026/3/1", RIGHT),
    (DAY, "ANSWER: 20260301", RIGHT),
    (DAY, "ANSWER: 01.03.2026", RIGHT),
    (DAY, "ANSWER: 1.3.26", RIGHT),
    (DAY, "ANSWER: 01/03/2026", RIGHT),
    (DAY, "ANSWER: 03/01/2026", WRONG),
    (AMERICAN, "ANSWER: 03/01/2026", RIGHT),
    (AMERICAN, "ANSWER: 01.03.2026", RIGHT),
    (DateKey(answer="2026-03-25", is_day_first=False), "ANSWER: 25/03/2026", RIGHT),
    (DAY, "ANSWER: 1 March 2026", RIGHT),
    (DAY, "ANSWER: March 1, 2026", RIGHT),
    (DAY, "ANSWER: Sunday, March 1st, 2026", RIGHT),
    (DAY, "ANSWER: the 1st of March 2026", RIGHT),
    (DAY, "ANSWER: 1-Mar-2026", RIGHT),
    (DAY, "ANSWER: 1. März 2026", RIGHT),
    (DAY, "ANSWER: 1 de marzo de 2026", RIGHT),
    (DAY, "ANSWER: 1º de marzo del 2026", RIGHT),
    (DAY, "ANSWER: 2 March 2026", WRONG),
    (DAY, "ANSWER: 1 March", WRONG),
    (DAY, "ANSWER: 2026-02-30", WRONG),
    (DAY, "ANSWER: 1 March 2026 or 2 March 2026", NONE),
    (DAY, "Signed on 5 January 2026, it starts on 1 March 2026.", RIGHT),
    (DAY, "From 1 February 2026 to 1 March 2026.", NONE),
    (DAY, "Some day in spring.", NONE),
]
OBJECT = '{"id": "A-17", "amount": 120.5, "paid": true, "to": {"city": "Bern"}}'
JSONS: list[tuple[Key, str, GradeStatus]] = [
    (ORDER, OBJECT, RIGHT),
    (ORDER, f"```json\n{OBJECT}\n```", RIGHT),
    (ORDER, f"Here {{it}} is:\n\n{OBJECT}\n\nThat is all.", RIGHT),
    (ORDER, f"ANSWER: {OBJECT}", RIGHT),
    (ORDER, OBJECT.replace("120.5", "121"), PARTIAL),
    (ORDER, OBJECT.replace("Bern", "bern."), RIGHT),
    (ORDER, OBJECT.replace("true", '"true"'), PARTIAL),
    (ORDER, '{"id": "A-17"}', WRONG),
    (ORDER, OBJECT.replace('"', "'"), NONE),
    (ORDER, OBJECT[:-1], NONE),
    (ORDER, '{"id": "A-17", "amount": NaN}', NONE),
    (ORDER, '["A-17", 120.5]', NONE),
    (ORDER, "There is none.", NONE),
    (EXACT, '{"a": 1, "b": "x"}', RIGHT),
    (EXACT, '{"a": 1, "b": "y"}', WRONG),
    (ONLY_SCHEMA, '{"a": 1}', RIGHT),
    (ONLY_SCHEMA, '{"b": 1}', WRONG),
    (CLOSED, '{"a": 1}', RIGHT),
    (CLOSED, '{"a": 1, "b": 2}', WRONG),
    (CLOSED, '{"a": "1"}', WRONG),
]
SILENCE: list[tuple[Key, str, GradeStatus]] = [
    (SILENT, "ANSWER: not stated", RIGHT),
    (SILENT, "ANSWER: Not stated.", RIGHT),
    (SILENT, "ANSWER: The price is not mentioned in the document.", RIGHT),
    (SILENT, "The document does not say.", RIGHT),
    (SILENT, "I don\u2019t know.", RIGHT),
    (SILENT, "n/a", RIGHT),
    (SILENT, "ANSWER: nicht angegeben", RIGHT),
    (SILENT, "Das geht aus dem Text nicht hervor. Es steht nicht da.", RIGHT),
    (SILENT, "ANSWER: no se indica", RIGHT),
    (SILENT, "I'm sorry, but the document does not say what it costs.", RIGHT),
    (SILENT, "ANSWER: 5 EUR", WRONG),
    (SILENT, "ANSWER: not stated, but 5 EUR is usual", WRONG),
    (SILENT, "It costs 5 EUR.", WRONG),
    (SILENT, "I cannot help with that.", REFUSED),
    (OWN_PHRASE, "ANSWER: Ask the desk.", RIGHT),
    (SILENT, "ANSWER: Ask the desk.", WRONG),
]
TABLE = [*FROM_REPORTS, *CHOICES, *NUMBERS, *TEXTS, *LISTS, *DATES, *JSONS, *SILENCE]

CUT_TABLE: list[tuple[Key, str, ReplyEnd, GradeStatus]] = [
    (CITY, "ANSWER: B\nThis is because", ReplyEnd.LENGTH, RIGHT),
    (CITY, "ANSWER: (B)", ReplyEnd.LENGTH, RIGHT),
    (CITY, "**ANSWER: B**", ReplyEnd.LENGTH, RIGHT),
    (CITY, "ANSWER: B", ReplyEnd.LENGTH, CUT),
    (CITY, "ANSWER: A\nand so on", ReplyEnd.LENGTH, WRONG),
    (CITY, "Paris is a good", ReplyEnd.LENGTH, CUT),
    (CITY, "B) Paris", ReplyEnd.CONTEXT_FULL, CUT),
    (CITY, "So \\boxed{B}", ReplyEnd.LENGTH, RIGHT),
    (CITY, "The answer is B. It", ReplyEnd.LENGTH, RIGHT),
    (CITY, "<think>Paris or Rome", ReplyEnd.LENGTH, CUT),
    (CITY, "<think>Paris or Rome", ReplyEnd.FINISHED, GradeStatus.EMPTY),
    (CITY, "", ReplyEnd.LENGTH, CUT),
    (CITY, " \n", ReplyEnd.FINISHED, GradeStatus.EMPTY),
    (CITY, "ANSWER: B\n" * 40, ReplyEnd.LOOPING, RIGHT),
    (CITY, "Well, well, well, well,", ReplyEnd.LOOPING, GradeStatus.LOOPING),
    (CITY, "Well", ReplyEnd.TIMEOUT, GradeStatus.TIMEOUT),
    (CITY, "ANSWER: B\nWell", ReplyEnd.TIMEOUT, RIGHT),
    (CITY, "ANSWER: B", ReplyEnd.OVERFLOW, GradeStatus.OVERFLOW),
    (CITY, "ANSWER: B", ReplyEnd.FAILED, GradeStatus.ERROR),
    (EUROS, "ANSWER: 1234.5", ReplyEnd.LENGTH, CUT),
    (EUROS, "ANSWER: 1234.5\n", ReplyEnd.LENGTH, CUT),
    (EUROS, "ANSWER: 1234.5\nas", ReplyEnd.LENGTH, RIGHT),
    (EUROS, "First 1234.5 and", ReplyEnd.LENGTH, CUT),
    (PLACE, "ANSWER: Main Street", ReplyEnd.LENGTH, CUT),
    (BRANCHES, "ANSWER: Basel, Bern", ReplyEnd.LENGTH, CUT),
    (BRANCHES, "ANSWER:\n- Basel\n- Bern", ReplyEnd.LENGTH, CUT),
    (BRANCHES, "ANSWER: Basel, Bern, Zurich\nBecause", ReplyEnd.LENGTH, RIGHT),
    (DAY, "ANSWER: 2026-03-01", ReplyEnd.LENGTH, CUT),
    (ORDER, OBJECT, ReplyEnd.LENGTH, RIGHT),
    (ORDER, OBJECT[:40], ReplyEnd.LENGTH, CUT),
    (SILENT, "The document does not say", ReplyEnd.LENGTH, CUT),
    (SILENT, "ANSWER: not stated\nThe", ReplyEnd.LENGTH, RIGHT),
    (RECEIPT, "It is 27.50 on Friday, and", ReplyEnd.LENGTH, CUT),
    (ContainsKey(all_of=("27.50",)), "It is 27.50 on Fri", ReplyEnd.LENGTH, RIGHT),
    (ContainsKey(all_of=("Fri",)), "It is 27.50 on Fri", ReplyEnd.LENGTH, CUT),
    (CODE, "AB-1234", ReplyEnd.LENGTH, CUT),
]


@pytest.mark.parametrize("phrase", ABSTAINING)
def test_what_an_import_takes_for_no_answer_a_grader_does_too(phrase: str) -> None:
    for text in (phrase.capitalize(), f"ANSWER: {phrase}."):
        assert grade(SILENT, Reply(text=text)).status is RIGHT
        assert grade(EUROS, Reply(text=text)).status is WRONG
    (imported,) = keys_of(f"question\tanswer\nWhat?\t{phrase.upper()}\n")
    assert isinstance(imported, UnanswerableKey)


@pytest.mark.parametrize("text", ["unknown", "Na", "unclear"])
def test_what_may_be_an_answer_is_not_taken_for_none_in_an_import(text: str) -> None:
    assert grade(SILENT, Reply(text=text)).status is RIGHT
    (imported,) = keys_of(f"question\tanswer\nWhat?\t{text}\n")
    assert not isinstance(imported, UnanswerableKey)


def keys_of(table: str) -> list[Key]:
    imported = read_questions(table)
    assert imported.pack is not None
    return [item.key for item in imported.pack.items]


@pytest.mark.parametrize(("key", "text", "status"), TABLE)
def test_answers_as_models_write_them(key: Key, text: str, status: GradeStatus) -> None:
    outcome = grade(key, Reply(text=text))
    assert outcome.status is status, outcome
    assert (outcome.score == 1) is (status is RIGHT)


@pytest.mark.parametrize(("key", "text", "end", "status"), CUT_TABLE)
def test_a_cut_answer_counts_only_if_it_is_complete(
    key: Key, text: str, end: ReplyEnd, status: GradeStatus
) -> None:
    outcome = grade(key, Reply(text=text, end=end))
    assert outcome.status is status, outcome
    assert (outcome.score == 1) is (status is RIGHT)
