"""Builds runs of two models in which it is known how sure the small one was."""

from collections.abc import Sequence

import msgspec
from tests.helpers.matrix_runs import MACHINE, make_cell, make_plan

from large_enough.domain.generation import TokenProbability
from large_enough.domain.grade import GradeStatus
from large_enough.domain.pack_run import Cell, PackRunEnd, PackRunRecord, PackRunSettings

SMALL_S, LARGE_S = 1.0, 4.0
"""Seconds of each model's answers."""


def said(text: str, *log_probabilities: float) -> dict[str, object]:
    """Return a cell's text with its tokens, one for each word with the blank before it."""
    words = [word if not place else f" {word}" for place, word in enumerate(text.split(" "))]
    tokens = zip(words, log_probabilities, strict=True)
    return {"text": text, "token_probabilities": tuple(TokenProbability(*one) for one in tokens)}


def two_models(
    small: Sequence[bool | GradeStatus],
    large: Sequence[bool | GradeStatus],
    sureness: Sequence[float] | None = None,
    *,
    group_size: int = 1,
    repeats: int = 1,
) -> PackRunRecord:
    """Return a run of A, the small model, and B, the large one; both answer in equal length.

    Args:
        small: For each question whether A is right, or what else became of it.
        large: The same of B.
        sureness: Log-probability of A's only token, for each question; None for none recorded.
        group_size: So many questions in turn are of one group.
        repeats: How often each question was asked, with the same result.
    """
    plan = make_plan(len(small), 2, PackRunSettings(repeats=repeats))
    items = tuple(
        msgspec.structs.replace(item, group=f"kind-{place // group_size}" if group_size > 1 else "")
        for place, item in enumerate(plan.pack.items)
    )
    pack = msgspec.structs.replace(plan.pack, items=items)
    cells: list[Cell] = []
    for repeat in range(repeats):
        for place, item in enumerate(items):
            cell = make_cell(item.id, "A", _status(small[place]), repeat=repeat, total_s=SMALL_S)
            changes = {} if sureness is None else said("yes", sureness[place])
            cells.append(msgspec.structs.replace(cell, answer_token_count=40, **changes))
            status = _status(large[place])
            cells.append(make_cell(item.id, "B", status, repeat=repeat, total_s=LARGE_S))
    return PackRunRecord(
        plan=msgspec.structs.replace(plan, pack=pack),
        machine=MACHINE,
        started_utc="2026-11-27T12:00:00+00:00",
        cells=tuple(cells),
        end=PackRunEnd.COMPLETE,
    )


def with_small(record: PackRunRecord, **changes: object) -> PackRunRecord:
    """Return the same run with other answers of the small model."""
    cells = [
        msgspec.structs.replace(cell, **changes) if cell.key.letter == "A" else cell
        for cell in record.cells
    ]
    return msgspec.structs.replace(record, cells=tuple(cells))


def _status(result: bool | GradeStatus) -> GradeStatus:
    if isinstance(result, GradeStatus):
        return result
    return GradeStatus.CORRECT if result else GradeStatus.WRONG
