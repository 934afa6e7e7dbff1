"""Says the result of a round in one plain sentence.

The sentence is about time, memory and nothing else: whether an answer is any good is judged
elsewhere. Honest variants come first: answers that were cut or differ much in length are compared
by characters per second, and contended or scripted numbers are called so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from large_enough.domain.energy import EnergyFlag
from large_enough.domain.model_card import BackendKind
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.round import Cancelled, Contender, Done, Failed, Mode, RoundRecord
from large_enough.wording.energy_sentence import energy_sentence
from large_enough.wording.numbers import (
    EQUAL_WITHIN,
    count_text,
    gigabytes_text,
    seconds_text,
    times_text,
)
from large_enough.wording.states import is_cut
from large_enough.wording.translate import _

MOST_LENGTH_RATIO = 2.0
"""From here on, answers are too unequal in length to compare their total time (our choice)."""

FEWEST_COMPARED_TOKENS = 8
"""The speed of a shorter answer is mostly chance: it is the time of a few single steps."""


@dataclass(frozen=True, kw_only=True)
class _Finisher:
    """A contender that answered, with what the sentence says about it."""

    name: str
    total_s: float
    characters_per_s: Quantity
    character_count: int
    token_count: int
    needed_bytes: int | Unavailable
    was_cut: bool


class Finding(NamedTuple):
    """What came out, in two parts of different weight."""

    result: str
    """Who was faster, who needs less."""
    remarks: str
    """What to know before it is believed; empty for nothing."""

    @property
    def sentence(self) -> str:
        """Both parts, one after the other."""
        return " ".join(part for part in self if part)


def round_sentence(record: RoundRecord) -> str:
    """Return the result of a round in one sentence, with short remarks where they are due.

    Args:
        record: The round; it may be incomplete.

    Returns:
        For example "SmolLM2 135M Instruct answered 3.1 times faster and needs 0.21 GB instead of
        0.58 GB."
    """
    return round_finding(record).sentence


def round_finding(record: RoundRecord) -> Finding:
    """Return the same, the result apart from the remarks."""
    names = display_names(record.plan.contenders)
    finishers = _finishers(record, names)
    results = (_result_sentence(record, finishers), energy_sentence(record, names))
    return Finding(
        " ".join(sentence for sentence in results if sentence),
        " ".join(_remarks(record, names, finishers)),
    )


def display_names(contenders: Sequence[Contender]) -> dict[str, str]:
    """Return a name for each letter; those with the same name get their letter added."""
    names = [contender.card.name for contender in contenders]
    return {
        contender.letter: contender.card.name
        if names.count(contender.card.name) == 1
        else _("{name} ({letter})").format(name=contender.card.name, letter=contender.letter)
        for contender in contenders
    }


def _finishers(record: RoundRecord, names: dict[str, str]) -> list[_Finisher]:
    finishers = []
    for contender in record.plan.contenders:
        result = record.result_of(contender.letter)
        if isinstance(result, Done):
            finishers.append(_finisher(names[contender.letter], result))
    return finishers


def _finisher(name: str, done: Done) -> _Finisher:
    timing = done.answer.timing
    return _Finisher(
        name=name,
        total_s=timing.total_s,
        characters_per_s=timing.characters_per_s,
        character_count=timing.character_count,
        token_count=timing.generated_token_count,
        needed_bytes=done.resources.memory.needed_bytes,
        was_cut=is_cut(done.answer.finish),
    )


def _result_sentence(record: RoundRecord, finishers: list[_Finisher]) -> str:
    if not finishers:
        return _nobody_sentence(record)
    if len(finishers) == 1:
        return _single_sentence(finishers[0])
    if have_unequal_lengths([finisher.character_count for finisher in finishers]) or any(
        finisher.was_cut for finisher in finishers
    ):
        return _by_characters(finishers)
    return _by_time(finishers)


def have_unequal_lengths(character_counts: Sequence[int]) -> bool:
    """Return whether answers are too unequal in length for their total times to compare."""
    return max(character_counts) > MOST_LENGTH_RATIO * min(character_counts)


def _nobody_sentence(record: RoundRecord) -> str:
    if record.results and all(isinstance(result, Cancelled) for result in record.results):
        return _("Stopped before any model had finished its answer.")
    return _("No model gave an answer.")


def _single_sentence(finisher: _Finisher) -> str:
    duration = seconds_text(finisher.total_s)
    if isinstance(finisher.needed_bytes, Unavailable):
        return _("{name} answered in {duration}.").format(name=finisher.name, duration=duration)
    return _("{name} answered in {duration} and needs {memory}.").format(
        name=finisher.name, duration=duration, memory=gigabytes_text(finisher.needed_bytes)
    )


def _by_time(finishers: list[_Finisher]) -> str:
    ranked = sorted(finishers, key=lambda finisher: finisher.total_s)
    fastest_s = ranked[0].total_s
    if fastest_s <= 0:
        return _("The answers came too fast to compare their speed.")
    comparison = _Comparison(
        pair=_("{first} answered {times} times faster"),
        pair_equal=_("{first} and {other} answered equally fast"),
        many=_("{first} answered {others}"),
        other_slower=_("{times} times faster than {other}"),
        other_equal=_("about as fast as {other}"),
    )
    return comparison.sentence(ranked, [other.total_s / fastest_s for other in ranked[1:]])


def _by_characters(finishers: list[_Finisher]) -> str:
    speeds = [finisher.characters_per_s for finisher in finishers]
    known = [speed for speed in speeds if not isinstance(speed, Unavailable) and speed > 0]
    has_short = any(finisher.token_count < FEWEST_COMPARED_TOKENS for finisher in finishers)
    if has_short:
        return _("The answers are too short to compare their speed.")
    if len(known) < len(finishers):
        return _("The answers are too unequal in length to compare their speed.")
    order = sorted(zip(known, finishers, strict=True), key=lambda pair: -pair[0])
    ranked = [finisher for _speed, finisher in order]
    factors = [order[0][0] / speed for speed, _finisher in order[1:]]
    comparison = _Comparison(
        pair=_("{first} wrote {times} times as many characters per second"),
        pair_equal=_("{first} and {other} wrote equally many characters per second"),
        many=_("{first} wrote {others}"),
        other_slower=_("{times} times as many characters per second as {other}"),
        other_equal=_("about as many characters per second as {other}"),
    )
    return f"{comparison.sentence(ranked, factors)} {_length_remark(finishers)}"


def _length_remark(finishers: list[_Finisher]) -> str:
    cut = [finisher.name for finisher in finishers if finisher.was_cut]
    if not cut:
        counts = [count_text(finisher.character_count) for finisher in finishers]
        return _("Their answers differ in length ({counts} characters).").format(
            counts=_join(counts)
        )
    if len(cut) == len(finishers):
        return _("All answers were cut at their limit, so their total times say nothing.")
    return _("The answer of {names} was cut at its limit, so the lengths differ.").format(
        names=_join(cut)
    )


@dataclass(frozen=True, kw_only=True)
class _Comparison:
    """The phrases of one way to compare speed, translated already."""

    pair: str
    pair_equal: str
    many: str
    other_slower: str
    other_equal: str

    def sentence(self, ranked: list[_Finisher], factors: list[float]) -> str:
        """Compare the first with the others; `factors` say how much slower each of those is."""
        first, second = ranked[0], ranked[1]
        if len(ranked) > 2:
            others = [
                self._other(other, factor)
                for other, factor in zip(ranked[1:], factors, strict=True)
            ]
            speed = self.many.format(first=first.name, others=_join(others))
            return _with_memory(speed, _memory_of_many(ranked))
        if factors[0] <= 1 + EQUAL_WITHIN:
            speed = self.pair_equal.format(first=first.name, other=second.name)
            return _with_memory(speed, _memory_of_equals(first, second))
        speed = self.pair.format(first=first.name, times=times_text(factors[0]))
        return _with_memory(speed, _memory_of_pair(first, second))

    def _other(self, other: _Finisher, factor: float) -> str:
        if factor <= 1 + EQUAL_WITHIN:
            return self.other_equal.format(other=other.name)
        return self.other_slower.format(other=other.name, times=times_text(factor))


def _with_memory(speed: str, memory: str) -> str:
    return f"{speed}{memory}."


def _memory_of_pair(first: _Finisher, second: _Finisher) -> str:
    mine, other = first.needed_bytes, second.needed_bytes
    if isinstance(mine, Unavailable) or isinstance(other, Unavailable):
        return ""
    if _are_equal(mine, other):
        return _("; both need about {memory}").format(memory=gigabytes_text(max(mine, other)))
    words = (
        _(" and needs {mine} instead of {other}")
        if mine < other
        else _(" but needs {mine} instead of {other}")
    )
    return words.format(mine=gigabytes_text(mine), other=gigabytes_text(other))


def _memory_of_equals(first: _Finisher, second: _Finisher) -> str:
    one, other = first.needed_bytes, second.needed_bytes
    if isinstance(one, Unavailable) or isinstance(other, Unavailable):
        return ""
    if _are_equal(one, other):
        return _("; both need about {memory}").format(memory=gigabytes_text(max(one, other)))
    return _("; {first} needs {one}, {second} {other}").format(
        first=first.name,
        one=gigabytes_text(one),
        second=second.name,
        other=gigabytes_text(other),
    )


def _memory_of_many(ranked: list[_Finisher]) -> str:
    amounts = [
        gigabytes_text(finisher.needed_bytes)
        for finisher in ranked
        if not isinstance(finisher.needed_bytes, Unavailable)
    ]
    if len(amounts) < len(ranked):
        return ""
    return _("; they need {amounts} in this order").format(amounts=_join(amounts))


def _remarks(record: RoundRecord, names: dict[str, str], finishers: list[_Finisher]) -> list[str]:
    remarks = _missing_remarks(record, names) if finishers else []
    if finishers and record.plan.mode is Mode.TOGETHER:
        remarks.append(_("The models ran at the same time, so the numbers are contended."))
    flags = {flag for result in record.results if isinstance(result, Done) for flag in result.flags}
    remarks += [words for flag, words in _flag_remarks().items() if flag in flags]
    empty = [finisher.name for finisher in finishers if finisher.character_count == 0]
    if empty:
        remarks.append(_("Empty answer: {names}.").format(names=_join(empty)))
    scripted = [
        names[contender.letter]
        for contender in record.plan.contenders
        if contender.card.backend is BackendKind.ECHO
    ]
    if finishers and scripted:
        remarks.append(_("Scripted, not a measurement: {names}.").format(names=_join(scripted)))
    return remarks


def _flag_remarks() -> dict[EnergyFlag, str]:
    return {
        EnergyFlag.OTHER_LOAD: _(
            "Other programs were using the processor: repeat it on a quiet machine."
        ),
        EnergyFlag.THROTTLED: _(
            "Heat or a power limit slowed the machine down: let it cool, and repeat it."
        ),
        EnergyFlag.SWAPPING: _(
            "Memory was short, and the machine was moving some of it to disk: close other programs."
        ),
    }


def _missing_remarks(record: RoundRecord, names: dict[str, str]) -> list[str]:
    def lacking(belongs: Callable[[object], bool]) -> str:
        return _join(
            [
                names[contender.letter]
                for contender in record.plan.contenders
                if belongs(record.result_of(contender.letter))
            ]
        )

    failed = lacking(lambda result: isinstance(result, Failed))
    stopped = lacking(lambda result: isinstance(result, Cancelled))
    absent = lacking(lambda result: result is None)
    remarks = []
    if failed:
        remarks.append(_("Failed: {names}.").format(names=failed))
    if stopped:
        remarks.append(_("Stopped: {names}.").format(names=stopped))
    if absent:
        remarks.append(_("The record ends before an answer of: {names}.").format(names=absent))
    return remarks


def _are_equal(one: float, other: float) -> bool:
    return max(one, other) <= (1 + EQUAL_WITHIN) * min(one, other)


def _join(parts: list[str]) -> str:
    """Return "A", "A and B" or "A, B and C"."""
    if len(parts) < 2:
        return "".join(parts)
    return _("{most} and {last}").format(most=", ".join(parts[:-1]), last=parts[-1])
