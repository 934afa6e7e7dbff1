"""What one answer used, part by part of the machine, and which number stands for the whole.

Instruments cover different parts (processor, graphics card, whole laptop). Every part is kept; the
number that is shown is chosen when answers are put side by side, so that it covers the same for
all of them.
"""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from large_enough.domain.energy import (
    Energy,
    EnergyFlag,
    EnergyKind,
    EnergySplit,
    add_scopes,
    worst_quality,
)
from large_enough.domain.power import Scope, outermost
from large_enough.domain.power_now import PowerNow, no_power
from large_enough.domain.quantity import NumberQuality, Unavailable

NOT_READ = Unavailable(reason="no instrument was read")
BEING_READ = Unavailable(reason="being read")
"""Why an answer has no energy yet: instruments are read past its end."""
NO_INSTRUMENT = Unavailable(reason="this machine has no instrument that may be read")
OTHER_KIND = Unavailable(reason="the idle power is not known for all answers")
NOT_THE_SAME_PARTS = Unavailable(reason="not read for the same parts of the machine")

CHIPS = frozenset({Scope.CPU_PACKAGE, Scope.SOC, Scope.GPU_BOARD, Scope.GPU, Scope.MEMORY})
"""What computes and remembers. The parts of it that have instruments are added up."""


class PartUse(msgspec.Struct, frozen=True, kw_only=True):
    """What one part of the machine used during one answer."""

    scope: Scope
    instruments: tuple[str, ...]
    """Names for people."""
    gross: Energy | Unavailable
    """Everything that was used."""
    net: Energy | Unavailable
    """What was used above the idle power."""
    split: EnergySplit
    """Divided at the first token: net if that is known and the part is not the whole machine."""

    def of_kind(self, kind: EnergyKind) -> Energy | Unavailable:
        """Return the gross or the net energy."""
        return self.gross if kind is EnergyKind.GROSS else self.net


class EnergyUse(msgspec.Struct, frozen=True, kw_only=True):
    """Energy of one answer."""

    parts: tuple[PartUse, ...] = ()
    """One for each part of the machine that an instrument covers."""
    missing: Unavailable = NOT_READ
    """Why there are no parts; says nothing if there are."""

    def with_flags(self, flags: Sequence[EnergyFlag]) -> "EnergyUse":
        """Return the same with these flags at every number."""
        return EnergyUse(
            parts=tuple(_flagged(part, flags) for part in self.parts), missing=self.missing
        )


class Headline(msgspec.Struct, frozen=True, kw_only=True):
    """The energies that stand for the answers of a round, all of the same parts and kind."""

    energies: dict[str, Energy | Unavailable]
    """By letter."""
    prompts: dict[str, Energy | Unavailable]
    """By letter: of prompt processing alone."""
    generations: dict[str, Energy | Unavailable]
    """By letter: of generation alone."""


def mean_power(use: EnergyUse) -> PowerNow:
    """Return the average watts over an answer, of what stands for it."""
    energy = headline({"": use}).energies[""]
    if isinstance(energy, Unavailable):
        return no_power(energy.reason)
    return PowerNow(
        power_w=energy.mean_power_w,
        quality=energy.quality,
        scopes=energy.scopes,
        instruments=energy.instruments,
    )


def headline(uses: Mapping[str, EnergyUse]) -> Headline:
    """Choose what stands for each answer.

    Of parts of which one holds the other (the graphics of a chip, the whole chip), only the outer
    one counts.

    The whole machine comes first, with its idle power, because that is what is paid for; then all
    chips with instruments together, above their idle power where that is known for all answers.
    What is measured comes before what is attributed, and that before what is estimated.

    Args:
        uses: By letter.

    Returns:
        The first choice that all answers have; else the first of those that most of them have, so
        that the others say why they have none.
    """
    choices = [_choice(uses, belongs, kind) for belongs, kind in _CHOICES]
    return min(choices, key=lambda choice: (-_count(choice), _rank(choice)))


def _is_whole(part: PartUse) -> bool:
    return part.scope is Scope.WHOLE_MACHINE


def _is_chip(part: PartUse) -> bool:
    return part.scope in CHIPS


_CHOICES: tuple[tuple[Callable[[PartUse], bool], EnergyKind], ...] = (
    (_is_whole, EnergyKind.GROSS),
    (_is_chip, EnergyKind.NET),
    (_is_chip, EnergyKind.GROSS),
)


def _choice(
    uses: Mapping[str, EnergyUse], belongs: Callable[[PartUse], bool], kind: EnergyKind
) -> Headline:
    covered = {
        letter: _outer([part for part in use.parts if belongs(part)])
        for letter, use in uses.items()
    }
    scopes = {frozenset(part.scope for part in parts) for parts in covered.values() if parts}

    def together(
        letter: str, read: Callable[[PartUse], Energy | Unavailable]
    ) -> Energy | Unavailable:
        if not covered[letter]:
            return _why_nothing(uses[letter])
        if len(scopes) > 1:
            return NOT_THE_SAME_PARTS
        return add_scopes([read(part) for part in covered[letter]])

    def of_phase(
        read: Callable[[EnergySplit], Energy | Unavailable],
    ) -> "dict[str, Energy | Unavailable]":
        phases = {letter: together(letter, lambda part: read(part.split)) for letter in uses}
        return {letter: _only(kind, energy) for letter, energy in phases.items()}

    return Headline(
        energies={letter: together(letter, lambda part: part.of_kind(kind)) for letter in uses},
        prompts=of_phase(lambda split: split.prompt),
        generations=of_phase(lambda split: split.generation),
    )


def _outer(parts: Sequence[PartUse]) -> list[PartUse]:
    scopes = outermost([part.scope for part in parts])
    return [part for part in parts if part.scope in scopes]


def _only(kind: EnergyKind, energy: Energy | Unavailable) -> Energy | Unavailable:
    is_other = isinstance(energy, Energy) and energy.kind is not kind
    return OTHER_KIND if is_other else energy


def _why_nothing(use: EnergyUse) -> Unavailable:
    """Return the reason of another part if there is one: "window too short", say."""
    for part in use.parts:
        if isinstance(part.gross, Unavailable):
            return part.gross
    return use.missing if not use.parts else NOT_THE_SAME_PARTS


def _count(choice: Headline) -> int:
    return sum(isinstance(energy, Energy) for energy in choice.energies.values())


def _rank(choice: Headline) -> int:
    """Return 0 for measured, more for less; equal ranks keep their order."""
    order = list(NumberQuality)
    qualities = [each.quality for each in choice.energies.values() if isinstance(each, Energy)]
    return order.index(worst_quality(qualities)) if qualities else len(order)


def _flagged(part: PartUse, flags: Sequence[EnergyFlag]) -> PartUse:
    def flagged(energy: Energy | Unavailable) -> Energy | Unavailable:
        return energy if isinstance(energy, Unavailable) else energy.with_flags(flags)

    return msgspec.structs.replace(
        part,
        gross=flagged(part.gross),
        net=flagged(part.net),
        split=EnergySplit(
            prompt=flagged(part.split.prompt), generation=flagged(part.split.generation)
        ),
    )
