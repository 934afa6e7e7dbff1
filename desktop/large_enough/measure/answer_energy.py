"""Turns what the instruments said around one answer into its energy, part by part.

Several sources of one part (two processor chips, say) are added up. Where the idle power of a
source is not known, its gross energy stands alone.
"""

import math
from collections.abc import Mapping, Sequence

import msgspec

from large_enough.domain.energy import (
    COVERAGE_FACTOR,
    Energy,
    EnergyKind,
    EnergySplit,
    IdlePower,
    PowerConditions,
    add_scopes,
)
from large_enough.domain.energy_use import EnergyUse, PartUse
from large_enough.domain.power import Scope
from large_enough.domain.quantity import Unavailable
from large_enough.measure.attribution import ActivitySlice, SharingRule, attribute
from large_enough.measure.energy import gross_energy, net_energy, split_energy
from large_enough.measure.windows import Series, Window

IDLE_NOT_KNOWN = Unavailable(
    reason="the idle power is not known: leave the machine alone for 12 seconds, then ask again"
)
LOST_IN_IDLE = Unavailable(reason="not told apart from the idle power")
NO_TOKEN = Unavailable(reason="no token came during the answer")
NOT_DIVIDED = Unavailable(reason="not told apart while several models answer")

NO_CPU_RULE = frozenset({Scope.GPU_BOARD, Scope.GPU})
"""Parts whose energy has nothing to do with processor time."""


class AnswerWindow(msgspec.Struct, frozen=True, kw_only=True):
    """When one answer was given, and under which conditions."""

    letter: str
    window: Window
    """From the request to the end of the answer."""
    first_token_ns: int | Unavailable
    conditions: PowerConditions


IdlePowers = Mapping[str, IdlePower | Unavailable]
"""By key of the source."""


def use_of_answer(
    series: Sequence[Series], answer: AnswerWindow, idle: IdlePowers
) -> tuple[PartUse, ...]:
    """Return the energy of an answer during which nobody else answered.

    Args:
        series: Of the sources to be shown, with readings from before the answer to past it.
        answer: When it was given.
        idle: What is known of the idle powers.
    """
    return tuple(
        PartUse(
            scope=scope,
            instruments=_names(of_part),
            gross=add_scopes([_gross(each, answer) for each in of_part]),
            net=add_scopes([_net(each, answer, idle) for each in of_part]),
            split=_split(of_part, answer, idle),
        )
        for scope, of_part in _by_scope(series).items()
    )


def shares_of_answers(
    series: Sequence[Series],
    slices: Sequence[ActivitySlice],
    conditions: PowerConditions,
    idle: IdlePowers,
    rule: SharingRule,
) -> dict[str, tuple[PartUse, ...]]:
    """Return by letter the energy attributed to answers that were given at the same time.

    Args:
        series: As for `use_of_answer`.
        slices: Adjoining; with the activity that `rule` names.
        conditions: Under which all were given.
        idle: As for `use_of_answer`.
        rule: For the processor and the whole machine; graphics are divided equally.
    """
    letters = sorted({letter for part in slices for letter in part.activity})
    shared = {each.identity.key: _shared(each, slices, conditions, idle, rule) for each in series}
    return {
        letter: tuple(
            PartUse(
                scope=scope,
                instruments=_names(of_part),
                gross=add_scopes(
                    [shared[each.identity.key][EnergyKind.GROSS][letter] for each in of_part]
                ),
                net=add_scopes(
                    [shared[each.identity.key][EnergyKind.NET][letter] for each in of_part]
                ),
                split=EnergySplit(prompt=NOT_DIVIDED, generation=NOT_DIVIDED),
            )
            for scope, of_part in _by_scope(series).items()
        )
        for letter in letters
    }


def missing_energy(reason: str) -> EnergyUse:
    """Return that there is no energy at all, and why."""
    return EnergyUse(missing=Unavailable(reason=reason))


def _by_scope(series: Sequence[Series]) -> dict[Scope, list[Series]]:
    parts: dict[Scope, list[Series]] = {}
    for each in series:
        parts.setdefault(each.identity.scope, []).append(each)
    return parts


def _names(series: Sequence[Series]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.identity.instrument for each in series))


def _gross(series: Series, answer: AnswerWindow) -> Energy | Unavailable:
    return gross_energy(series, answer.window, answer.conditions)


def _net(series: Series, answer: AnswerWindow, idle: IdlePowers) -> Energy | Unavailable:
    known = idle.get(series.identity.key, IDLE_NOT_KNOWN)
    if isinstance(known, Unavailable):
        return known
    return _above_idle(net_energy(series, answer.window, answer.conditions, known))


def _above_idle(energy: Energy | Unavailable) -> Energy | Unavailable:
    """Return a net energy if it is more than the uncertainty of what was taken off."""
    if isinstance(energy, Unavailable):
        return energy
    terms = energy.terms
    unsure_j = math.hypot(terms.edge_j, terms.resolution_j, terms.idle_j)
    return energy if energy.energy_j > COVERAGE_FACTOR * unsure_j else LOST_IN_IDLE


def _split(series: Sequence[Series], answer: AnswerWindow, idle: IdlePowers) -> EnergySplit:
    first_token_ns = answer.first_token_ns
    if isinstance(first_token_ns, Unavailable):
        return EnergySplit(prompt=first_token_ns, generation=first_token_ns)
    if not answer.window.start_ns <= first_token_ns <= answer.window.end_ns:
        return EnergySplit(prompt=NO_TOKEN, generation=NO_TOKEN)
    splits = [
        split_energy(each, answer.window, first_token_ns, answer.conditions, _taken_off(each, idle))
        for each in series
    ]
    return EnergySplit(
        prompt=add_scopes([split.prompt for split in splits]),
        generation=add_scopes([split.generation for split in splits]),
    )


def _taken_off(series: Series, idle: IdlePowers) -> IdlePower | None:
    """Return the idle power that is taken off in a split; the whole machine's is not."""
    known = idle.get(series.identity.key)
    is_kept = series.identity.scope is Scope.WHOLE_MACHINE
    return None if is_kept or isinstance(known, Unavailable) else known


def _shared(
    series: Series,
    slices: Sequence[ActivitySlice],
    conditions: PowerConditions,
    idle: IdlePowers,
    rule: SharingRule,
) -> dict[EnergyKind, dict[str, Energy | Unavailable]]:
    known = idle.get(series.identity.key, IDLE_NOT_KNOWN)
    letters = {letter for part in slices for letter in part.activity}
    if isinstance(known, Unavailable):
        return {kind: dict.fromkeys(letters, known) for kind in EnergyKind}
    is_equal = series.identity.scope in NO_CPU_RULE
    chosen = SharingRule.EQUAL_PARTS if is_equal else rule
    divided = [_equal(part) for part in slices] if is_equal else slices
    shared = {
        kind: attribute(series, divided, conditions, known, rule=chosen, kind=kind)
        for kind in EnergyKind
    }
    net = shared[EnergyKind.NET]
    shared[EnergyKind.NET] = {letter: _above_idle(energy) for letter, energy in net.items()}
    return shared


def _equal(part: ActivitySlice) -> ActivitySlice:
    equal = dict.fromkeys(part.activity, 1.0)
    return ActivitySlice(
        window=part.window, activity=equal, total_activity=float(max(1, len(equal)))
    )
