"""Computes medians and ratios, with their intervals, from the passes of a thorough measurement."""

import itertools
import math
import statistics
from collections.abc import Callable, Mapping, Sequence

import msgspec

from large_enough.domain.energy import Energy, EnergyFlag, IdlePower, why_not_comparable
from large_enough.domain.energy_use import headline
from large_enough.domain.interval import MedianInterval
from large_enough.domain.quantity import Quantity, Unavailable, ratio
from large_enough.domain.round import Done, RoundRecord
from large_enough.domain.thorough import ThoroughRecord
from large_enough.measure.baseline import is_change
from large_enough.stats.median_interval import median_interval

NO_PASS = Unavailable(reason="no pass was finished")
NOT_IN_ALL_PASSES = Unavailable(reason="not known in all passes")
TOO_QUICK = Unavailable(reason="it took no time")

Figure = MedianInterval | Unavailable


class ContenderFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Medians of one contender over all passes."""

    total_s: Figure
    first_token_s: Figure
    generation_tokens_per_s: Figure
    energy_j: Figure


class Ratios(msgspec.Struct, frozen=True, kw_only=True):
    """One contender against the first; above 1 it took more. Medians over pairs of one pass."""

    letter: str
    total_s: Figure
    energy_j: Figure
    rough_total_s: Quantity
    """Median of the time's ratio however few pairs there are."""


class ThoroughFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a thorough measurement says."""

    contenders: dict[str, ContenderFigures]
    """By letter."""
    ratios: tuple[Ratios, ...]
    """Of the second contender and all later ones to the first."""
    energy: Energy | None
    """One of the energies, for what it covers; None if there is none."""
    flags: tuple[EnergyFlag, ...]
    """Of any answer."""

    @property
    def widest(self) -> float:
        """The relative width of the widest interval of a ratio; infinite if there is none yet."""
        figures = [figure for each in self.ratios for figure in (each.total_s, each.energy_j)]
        widths = [each.relative_width for each in figures if isinstance(each, MedianInterval)]
        is_known = all(isinstance(each.total_s, MedianInterval) for each in self.ratios)
        return max(widths) if widths and is_known else math.inf


def thorough_figures(record: ThoroughRecord) -> ThoroughFigures:
    """Return the figures of a measurement, also of one that ended early."""
    letters = [contender.letter for contender in record.plan.template.contenders]
    rounds = [each for each in record.rounds if _is_whole(each, letters)]
    energies = _energies(rounds, letters)
    is_disturbed = is_idle_changed(record.idle_before, record.idle_after)
    return ThoroughFigures(
        contenders={letter: _contender(letter, rounds, energies) for letter in letters},
        ratios=tuple(_ratios(letters[0], letter, rounds, energies) for letter in letters[1:]),
        energy=next((e for each in energies for e in each.values() if isinstance(e, Energy)), None),
        flags=_flags(rounds, is_disturbed=is_disturbed),
    )


def is_idle_changed(before: Sequence[IdlePower], after: Sequence[IdlePower]) -> bool:
    """Return whether any idle power was clearly another one afterwards."""
    then = {idle.source_key: idle.power_w for idle in before}
    return any(
        is_change(then[idle.source_key], idle.power_w) for idle in after if idle.source_key in then
    )


def _is_whole(record: RoundRecord, letters: Sequence[str]) -> bool:
    return all(isinstance(record.result_of(letter), Done) for letter in letters)


def _done(record: RoundRecord, letter: str) -> Done:
    result = record.result_of(letter)
    assert isinstance(result, Done)  # noqa: S101 - `_is_whole` has looked
    return result


def _energies(
    rounds: Sequence[RoundRecord], letters: Sequence[str]
) -> list[dict[str, Energy | Unavailable]]:
    """Return by letter the energies of each round, of the same parts and kind in all rounds."""
    uses = {
        f"{letter}{number}": _done(each, letter).resources.energy
        for number, each in enumerate(rounds)
        for letter in letters
    }
    chosen = headline(uses).energies
    return [
        {letter: chosen[f"{letter}{number}"] for letter in letters} for number in range(len(rounds))
    ]


def _contender(
    letter: str,
    rounds: Sequence[RoundRecord],
    energies: Sequence[Mapping[str, Energy | Unavailable]],
) -> ContenderFigures:
    def timed(read: Callable[[Done], Quantity]) -> Figure:
        return _figure([read(_done(each, letter)) for each in rounds])

    return ContenderFigures(
        total_s=timed(lambda done: done.answer.timing.total_s),
        first_token_s=timed(lambda done: done.answer.timing.first_token_s),
        generation_tokens_per_s=timed(lambda done: done.answer.timing.generation_tokens_per_s),
        energy_j=_energy_figure([each[letter] for each in energies]),
    )


def _ratios(
    first: str,
    letter: str,
    rounds: Sequence[RoundRecord],
    energies: Sequence[Mapping[str, Energy | Unavailable]],
) -> Ratios:
    times = [_time_ratio(_done(each, first), _done(each, letter)) for each in rounds]
    known = [each for each in times if not isinstance(each, Unavailable)]
    return Ratios(
        letter=letter,
        total_s=_figure(times),
        rough_total_s=statistics.median(known) if known else NO_PASS,
        energy_j=_figure([_energy_ratio(each[first], each[letter]) for each in energies]),
    )


def _energy_figure(energies: Sequence[Energy | Unavailable]) -> Figure:
    """Return the median; none of energies that may not stand on one axis."""
    known = [energy for energy in energies if isinstance(energy, Energy)]
    for other in known[1:]:
        reason = why_not_comparable(known[0], other)
        if reason is not None:
            return Unavailable(reason=reason)
    return _figure(
        [energy if isinstance(energy, Unavailable) else energy.energy_j for energy in energies]
    )


def _time_ratio(first: Done, other: Done) -> Quantity:
    first_s, other_s = first.answer.timing.total_s, other.answer.timing.total_s
    return ratio(other_s, first_s) if other_s > 0 else TOO_QUICK


def _energy_ratio(first: Energy | Unavailable, other: Energy | Unavailable) -> Quantity:
    if isinstance(first, Unavailable):
        return first
    if isinstance(other, Unavailable):
        return other
    reason = why_not_comparable(first, other)
    return other.energy_j / first.energy_j if reason is None else Unavailable(reason=reason)


def _figure(values: Sequence[Quantity]) -> Figure:
    known = [value for value in values if not isinstance(value, Unavailable)]
    if len(known) < len(values):
        reasons = [value for value in values if isinstance(value, Unavailable)]
        return reasons[0] if not known else NOT_IN_ALL_PASSES
    return median_interval(known)


def _flags(rounds: Sequence[RoundRecord], *, is_disturbed: bool) -> tuple[EnergyFlag, ...]:
    found = set(
        itertools.chain.from_iterable(
            result.flags for each in rounds for result in each.results if isinstance(result, Done)
        )
    )
    if is_disturbed:
        found.add(EnergyFlag.BACKGROUND_ACTIVITY)
    return tuple(flag for flag in EnergyFlag if flag in found)
