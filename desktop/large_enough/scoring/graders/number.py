"""Judges answers that are numbers, with tolerance and units."""

import re
from decimal import Decimal

import msgspec

from large_enough.domain.grade import GradeStep
from large_enough.domain.pack import NumberKey
from large_enough.scoring.answer_text import AnswerText
from large_enough.scoring.bare import bare
from large_enough.scoring.finding import Found, first_reading, may_look_elsewhere
from large_enough.scoring.judgement import Judgement
from large_enough.scoring.nearness import exact, is_near
from large_enough.scoring.number_words import number_in_words
from large_enough.scoring.quantities import Amount, amounts_in, is_range, prepared
from large_enough.scoring.steps import StepKind, step
from large_enough.scoring.units import is_known, same_unit, unit_at_start

NAME = "number/1"

_PERCENT = "%"
_HUNDRED = Decimal(100)
_ENUMERATOR = re.compile(r"^[ \t>*_]{0,8}\d{1,2}[.)][ \t]", re.MULTILINE)
_WORDS = re.compile(r"[\s/]+")
_NOTE = re.compile(r"\([^()\n]*\)")


class _Reading(msgspec.Struct, frozen=True, kw_only=True):
    """The amount that an answer gives, or that it gives a range."""

    amount: Amount | None


def judge(key: NumberKey, answer: AnswerText) -> Judgement:
    """Judge whether the number given is near enough, in the right unit."""

    def read(found: Found) -> _Reading | None:
        return _reading(key, found.text, answer.language)

    found = first_reading(answer, read)
    if found is not None:
        place, reading = found
        return _judged(key, reading, bare(place.text), step(place.way, text=place.text))
    if not may_look_elsewhere(answer):
        return Judgement.nothing()
    whole = None if "\n" in answer.text else _reading(key, answer.text, answer.language)
    if whole is not None and (whole.amount is None or whole.amount.start == whole.amount.end):
        return _judged(
            key, whole, answer.text, step(StepKind.FOUND_WHOLE)
        )  # a range, or a number in words
    last = _last(key, answer)
    if last is None:
        return Judgement.nothing()
    given = "" if last.amount is None else last.amount.text
    return _judged(key, last, given, step(StepKind.FOUND_LAST_NUMBER, text=given))


def own_units(key: NumberKey) -> tuple[str, ...]:
    """Return the units that an answer to a key may have."""
    return tuple(filter(None, (key.unit, *key.unit_factors)))


def _reading(key: NumberKey, text: str, language: str) -> _Reading | None:
    """Return the amount that a short answer gives."""
    value = bare(text, keeps_ends=True).rpartition("=")[2]
    amounts = amounts_in(value, language, own_units(key))
    if not amounts:
        return _in_words(key, value)
    if is_range(value, amounts):
        return _Reading(amount=None)
    if not prepared(value)[: amounts[0].start].strip(" \t*_`~≈(+-$"):
        return _Reading(amount=amounts[0])  # a note follows: "27.50 EUR for 3 transfers"
    main = amounts_in(_NOTE.sub(" ", value), language, own_units(key)) or amounts
    return _Reading(amount=_best(key, main))


def _in_words(key: NumberKey, text: str) -> _Reading | None:
    words = bare(text).split()
    for count in range(len(words), max(len(words) - 4, 0), -1):
        value = number_in_words(" ".join(words[:count]))
        if value is not None:
            unit = unit_at_start(" ".join(words[count:]), own_units(key))
            said = " ".join(words[:count])
            return _Reading(amount=Amount(readings=(value,), unit=unit, start=0, end=0, text=said))
    return None


def _last(key: NumberKey, answer: AnswerText) -> _Reading | None:
    """Return the last amount of a text, rather one in the key's unit; numbers of lists are none."""
    text = _ENUMERATOR.sub("", answer.text)
    amounts = amounts_in(text, answer.language, own_units(key))
    if not amounts:
        return None
    best = _best(key, amounts)
    until_best = amounts[: amounts.index(best) + 1]
    return _Reading(amount=None if is_range(text, until_best[-2:]) else best)


def _best(key: NumberKey, amounts: tuple[Amount, ...]) -> Amount:
    names = {same_unit(name) for name in own_units(key)}
    return next((one for one in reversed(amounts) if one.unit in names), amounts[-1])


def _judged(key: NumberKey, reading: _Reading, taken: str, place: GradeStep) -> Judgement:
    amount = reading.amount
    if amount is None:
        return Judgement.nothing(place, step(StepKind.RANGE_GIVEN))
    converted = _in_key_unit(key, amount)
    if isinstance(converted, GradeStep):
        return Judgement.of(False, taken, place, converted)
    values, steps = converted
    right = next((value for value in values if is_near(value, key)), None)
    kind = StepKind.NUMBER_FAR if right is None else StepKind.NUMBER_NEAR
    shown = values[0] if right is None else right
    outcome = step(kind, given=float(shown), wanted=key.answer)
    return Judgement.of(right is not None, taken, place, *steps, outcome)


def _in_key_unit(
    key: NumberKey, amount: Amount
) -> tuple[tuple[Decimal, ...], tuple[GradeStep, ...]] | GradeStep:
    """Return what an amount is in the key's unit, or the step that says why it is wrong."""
    wanted = same_unit(key.unit)
    share = _as_share(key, amount, wanted)
    if share is not None:
        return share
    if not amount.unit:
        missing = key.is_unit_required and bool(wanted)
        return step(StepKind.UNIT_MISSING, wanted=key.unit) if missing else (amount.readings, ())
    if amount.unit == wanted:
        return amount.readings, ()
    for name, factor in key.unit_factors.items():
        each = exact(factor)
        if amount.unit == same_unit(name) and each is not None:
            converted = tuple(value * each for value in amount.readings)
            return converted, (step(StepKind.UNIT_CONVERTED, given=name, wanted=key.unit),)
    is_other = is_known(amount.unit) and not _is_part(amount.unit, key.unit)
    if is_other and wanted:
        return step(StepKind.UNIT_OTHER, given=amount.unit, wanted=key.unit)
    if amount.unit == _PERCENT:
        return step(StepKind.UNIT_OTHER, given=amount.unit, wanted=key.unit)
    return amount.readings, ()


def _is_part(unit: str, own: str) -> bool:
    """Return whether a unit is a word of one that only this key knows: days of "working days"."""
    return not is_known(own) and unit in {same_unit(word) for word in _WORDS.split(own)}


def _as_share(
    key: NumberKey, amount: Amount, wanted: str
) -> tuple[tuple[Decimal, ...], tuple[GradeStep, ...]] | None:
    """Return 0.27 for 27 %, or 27 for 0.27 where per cent is asked for, if the key allows that."""
    if not key.may_be_share:
        return None
    if amount.unit == _PERCENT and wanted != _PERCENT:
        values = tuple(value / _HUNDRED for value in amount.readings)
    elif not amount.unit and wanted == _PERCENT:
        values = tuple(value * _HUNDRED for value in amount.readings)
        if not any(is_near(value, key) for value in values):
            return None
    else:
        return None
    return values, (step(StepKind.SHARE_CONVERTED),)
