"""Draws what questions of several fields are made of."""

import calendar
import datetime
from collections.abc import Sequence
from decimal import Decimal

from large_enough.domain.pack import AnswerType, DateKey, Key, NumberKey, TextKey, UnanswerableKey
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.template import Draft
from large_enough.packs.generators.tongue import numbered

SILENT_DATE = UnanswerableKey(asked_as=AnswerType.DATE)
SILENT_EUR = UnanswerableKey(asked_as=AnswerType.NUMBER, unit="EUR")
SILENT_NUMBER = UnanswerableKey(asked_as=AnswerType.NUMBER)
SILENT_TEXT = UnanswerableKey(asked_as=AnswerType.TEXT)
"""Keys of questions that the document does not answer, by what would be the answer."""


def later(day: datetime.date, months: int) -> datetime.date:
    """Return the same day so many months later, or the month's last."""
    place = day.month - 1 + months
    year, month = day.year + place // 12, place % 12 + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


Fact = tuple[str, Key, str]
"""A question about a document, the key, and the key in words."""


def one_fact(dice: Dice, context: str, facts: Sequence[Fact]) -> Draft:
    """Ask for one of the facts that a document states in so many words.

    Args:
        dice: Draws which.
        context: The document.
        facts: What can be asked.
    """
    question, key, explain = dice.pick(facts)
    return Draft(context=context, question=question, key=key, explain=explain)


def money_key(value: Decimal | float) -> NumberKey:
    """Return the key of an amount in EUR: right to the cent."""
    return NumberKey(answer=float(value), unit="EUR", tolerance_abs=0.005)


def amount(question: str, value: Decimal | int) -> Fact:
    """Return a question for an amount in EUR."""
    return question, money_key(value), str(value)


def count(question: str, value: int) -> Fact:
    """Return a question for a whole number."""
    return question, NumberKey(answer=float(value)), str(value)


def day(question: str, value: datetime.date) -> Fact:
    """Return a question for a date."""
    return question, DateKey(answer=value.isoformat()), value.isoformat()


def name(question: str, value: str) -> Fact:
    """Return a question for a name, or another short text."""
    return question, TextKey(answers=(value,)), value


def broken_rule(
    dice: Dice,
    rules: Sequence[tuple[str, str]],
    *,
    heading: str,
    question: str,
    mark: str = "\N{SECTION SIGN} {}",
) -> Draft:
    """Ask which of some rules was broken.

    Args:
        dice: Draws the order of the rules, and the one that was broken.
        rules: Each with what somebody did against it.
        heading: Above the rules.
        question: With "{deed}" where what was done is to stand.
        mark: How the number of a rule is written.
    """
    order = dice.mixed(rules)
    place = dice.whole(0, len(order) - 1)
    return Draft(
        context=f"{heading}\n\n" + numbered([rule for rule, _deed in order], f"{mark} "),
        question=question.format(deed=order[place][1]),
        key=NumberKey(answer=float(place + 1)),
        explain=mark.format(place + 1) if mark != "{}." else f"rule {place + 1}",
    )
