"""Defines how an answer of a run is written down.

As in `domain.pack_run.Cell`, but for what was measured: that stands together or not at all, and how
the model was loaded is not repeated, since the cell names its setup.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from large_enough.domain.energy import PowerConditions
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.generation import Placement, Timing, TokenProbability
from large_enough.domain.grade import Grade, HandGrade, ReplyEnd
from large_enough.domain.pack_run import NO_TIMES, Cell, CellKey, Setup
from large_enough.domain.quantity import Count, Quantity, Unavailable
from large_enough.domain.resource_use import ResourceUse
from large_enough.domain.round import NOT_NOTED, AnswerContext

SETUP_LOST = Unavailable(reason="how the model was loaded is missing in the record")


class StoredContext(msgspec.Struct, frozen=True, kw_only=True):
    """Conditions of an answer, without what stands in its setup."""

    placement: Placement
    is_contended: bool
    is_pinned: bool
    system_load_before: Quantity
    conditions: PowerConditions | Unavailable = NOT_NOTED
    was_throttled: bool | Unavailable = NOT_NOTED
    swapped_out_bytes: Count = NOT_NOTED


class StoredMeasures(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured of an answer."""

    timing: Timing
    resources: ResourceUse
    context: StoredContext | None = None


class StoredCell(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as it is written down."""

    key: CellKey
    setup_id: int | None = None
    system: str = ""
    prompt: str
    shown_choices: tuple[str, ...] = ()
    end: ReplyEnd
    text: str = ""
    thoughts: str = ""
    prompt_token_count: Count
    answer_token_count: Count
    rendered_prompt_sha256: str = ""
    measures: StoredMeasures | None = None
    not_measured: Unavailable = NO_TIMES
    """Why there are no measures, if there are none."""
    option_log_probabilities: tuple[float | None, ...] = ()
    """None stands for a probability of nothing, whose logarithm JSON cannot hold."""
    option_share: Quantity
    token_probabilities: tuple[TokenProbability, ...] = ()
    error: ErrorInfo | None = None
    started_utc: str
    grade: Grade
    hand_grade: HandGrade | None = None


_OWN = ("timing", "resources", "context", "option_log_probabilities")


def stored(cell: Cell) -> StoredCell:
    """Return an answer as it is written down."""
    fields: dict[str, Any] = msgspec.structs.asdict(cell)
    timing, resources, context = cell.timing, cell.resources, cell.context
    for name in _OWN:
        del fields[name]
    measures, reason = None, NO_TIMES
    if isinstance(timing, Unavailable):
        reason = timing
    elif not isinstance(resources, Unavailable):
        measures = StoredMeasures(timing=timing, resources=resources, context=_stored(context))
    numbers = tuple(
        number if abs(number) < float("inf") else None for number in cell.option_log_probabilities
    )
    return StoredCell(
        **fields, measures=measures, not_measured=reason, option_log_probabilities=numbers
    )


def restored(cell: StoredCell, setups: Mapping[int, Setup]) -> Cell:
    """Return an answer as it was.

    Args:
        cell: As it is written down.
        setups: By number, how models were loaded.
    """
    fields: dict[str, Any] = msgspec.structs.asdict(cell)
    for name in ("measures", "not_measured", "option_log_probabilities"):
        del fields[name]
    measures = cell.measures
    setup = None if cell.setup_id is None else setups.get(cell.setup_id)
    return Cell(
        **fields,
        timing=cell.not_measured if measures is None else measures.timing,
        resources=cell.not_measured if measures is None else measures.resources,
        context=cell.not_measured if measures is None else _restored(measures.context, setup),
        option_log_probabilities=tuple(
            -float("inf") if number is None else number for number in cell.option_log_probabilities
        ),
    )


def _stored(context: AnswerContext | Unavailable) -> StoredContext | None:
    if isinstance(context, Unavailable):
        return None
    fields = msgspec.structs.asdict(context)
    return StoredContext(**{name: fields[name] for name in StoredContext.__struct_fields__})


def _restored(context: StoredContext | None, setup: Setup | None) -> AnswerContext | Unavailable:
    if context is None or setup is None:
        return SETUP_LOST
    return AnswerContext(
        engine=setup.engine, loaded=setup.loaded, **msgspec.structs.asdict(context)
    )
