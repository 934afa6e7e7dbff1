"""Keys of every kind, for tests of graders."""

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

CITY = ChoiceKey(choices=("Rome", "Paris", "Berlin", "Oslo"), answer="Paris")
COLOURS = MultiChoiceKey(choices=("red", "green", "blue", "black"), answers=("red", "blue"))
QUEUE = LabelKey(labels=("Billing", "Card lost", "Fraud"), answer="Card lost")
EUROS = NumberKey(answer=1234.5, unit="EUR")
PLACE = TextKey(answers=("Main Street", "Main St."))
RECEIPT = ContainsKey(all_of=("27.50",), any_of=("Friday", "Saturday"), none_of=("no",))
CODE = RegexKey(pattern=r"[A-Z]{2}-\d{4}", keeps_case=True)
BRANCHES = ListKey(entries=(("Basel",), ("Bern", "Berne"), ("Zurich", "Zürich")))
STEPS = ListKey(entries=(("wash",), ("rinse",), ("dry",)), is_ordered=True)
DAY = DateKey(answer="2026-03-01")
ORDER = JsonKey(
    answer={"id": "A-17", "amount": 120.5, "paid": True, "to": {"city": "Bern"}},
    json_schema={"type": "object", "required": ["id", "amount"]},
)
SILENT = UnanswerableKey()
OPEN = FreeKey(reference="A short and friendly letter.")

KEY_OF_EACH_TYPE: dict[AnswerType, Key] = {
    AnswerType.CHOICE: CITY,
    AnswerType.MULTI_CHOICE: COLOURS,
    AnswerType.LABEL: QUEUE,
    AnswerType.NUMBER: EUROS,
    AnswerType.TEXT: PLACE,
    AnswerType.CONTAINS: RECEIPT,
    AnswerType.REGEX: CODE,
    AnswerType.LIST: BRANCHES,
    AnswerType.DATE: DAY,
    AnswerType.JSON: ORDER,
    AnswerType.UNANSWERABLE: SILENT,
    AnswerType.FREE: OPEN,
}
