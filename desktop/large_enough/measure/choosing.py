"""Chooses between instruments that cover the same part of the machine."""

from collections.abc import Sequence

from large_enough.domain.energy import source_family
from large_enough.domain.power import Scope, SourceIdentity

_PARTS: tuple[frozenset[Scope], ...] = (
    frozenset({Scope.WHOLE_MACHINE}),
    frozenset({Scope.CPU_PACKAGE, Scope.SOC}),
    frozenset({Scope.GPU_BOARD, Scope.GPU}),
    frozenset({Scope.MEMORY}),
    frozenset({Scope.PROCESS_CPU}),
)
"""Of each of these parts of a machine, one kind of instrument is shown."""


def preferred_keys(usable: Sequence[SourceIdentity]) -> tuple[str, ...]:
    """Return the keys of the sources to show: for each part, those of the first instrument.

    Several sources of one instrument are several chips, and all of them are shown.

    Args:
        usable: Sane and readable, in the order of preference.
    """
    chosen: list[str] = []
    for part in _PARTS:
        of_part = [identity for identity in usable if identity.scope in part]
        chosen += [
            identity.key
            for identity in of_part
            if identity.scope is of_part[0].scope
            and source_family(identity.key) == source_family(of_part[0].key)
        ]
    return tuple(chosen)
