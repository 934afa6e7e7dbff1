"""Writes two contenders of a run for LLM Comparator (PAIR-code), which shows answers side by side.

The form is that of its README: `metadata`, two `models`, `examples` with a score from -1.5 to 1.5,
positive where A is better, and fields of one's own.
"""

from collections.abc import Iterator
from typing import Any

from large_enough.domain.generation import Timing
from large_enough.domain.pack import PackItem
from large_enough.domain.pack_run import Cell, CellKey, Judgement, JudgeVerdict, PackRunRecord
from large_enough.domain.quantity import Unavailable

MOST_SCORE = 1.5
_RATER_SCORES = {JudgeVerdict.FIRST: 1.0, JudgeVerdict.SECOND: -1.0}


def pack_run_for_comparator(record: PackRunRecord, first: str, second: str) -> dict[str, Any]:
    """Return the document.

    Args:
        record: The run.
        first: Letter of the contender that is shown as A.
        second: Of the one that is shown as B.
    """
    names = {contender.letter: contender.card.name for contender in record.plan.contenders}
    return {
        "metadata": {
            "source_path": f"large-enough:{record.plan.run_id}",
            "custom_fields_schema": [
                {"name": "item", "type": "string"},
                {"name": "level", "type": "category"},
                {"name": "status", "type": "per_model_category"},
                {"name": "right", "type": "per_model_boolean"},
                {"name": "seconds", "type": "per_model_number"},
                {"name": "characters", "type": "per_model_number"},
            ],
        },
        "models": [{"name": names[first]}, {"name": names[second]}],
        "examples": list(_examples(record, first, second)),
    }


def _examples(record: PackRunRecord, first: str, second: str) -> Iterator[dict[str, Any]]:
    cells = {cell.key: cell for cell in record.cells}
    for item in record.plan.items:
        for repeat in range(record.plan.settings.repeats):
            keys = (
                CellKey(letter=letter, item_id=item.id, repeat=repeat) for letter in (first, second)
            )
            pair = [cells[key] for key in keys if key in cells]
            if len(pair) == 2:
                yield _example(record, item, pair[0], pair[1])


def _example(record: PackRunRecord, item: PackItem, a: Cell, b: Cell) -> dict[str, Any]:
    ratings = [
        rating
        for one in record.judgements
        if (one.item_id, one.repeat) == (a.key.item_id, a.key.repeat)
        for rating in _ratings(one, a.key.letter, b.key.letter)
    ]
    return {
        "input_text": a.prompt,
        "tags": [*filter(None, (item.type.value, item.family)), *item.tags],
        "output_text_a": a.text,
        "output_text_b": b.text,
        "score": _score(a, b, ratings),
        "individual_rater_scores": ratings,
        "custom_fields": {
            "item": item.id,
            "level": "" if item.level is None else str(item.level),
            "status": [_status(a), _status(b)],
            "right": [a.score == 1.0, b.score == 1.0],
            "seconds": [_seconds(a), _seconds(b)],
            "characters": [len(a.text), len(b.text)],
        },
    }


def _score(a: Cell, b: Cell, ratings: list[dict[str, Any]]) -> float:
    """Return the graded difference, or what a judge says where no rule can."""
    if not isinstance(a.score, Unavailable) and not isinstance(b.score, Unavailable):
        return MOST_SCORE * (a.score - b.score)
    return sum(rating["score"] for rating in ratings) / len(ratings) if ratings else 0.0


def _ratings(one: Judgement, first: str, second: str) -> Iterator[dict[str, Any]]:
    """Yield what a judge said in both orders, seen from the contender that is shown as A."""
    if {one.first, one.second} != {first, second}:
        return
    sign = 1.0 if one.first == first else -1.0
    for is_flipped, verdict in ((False, one.straight), (True, one.turned)):
        yield {
            "is_flipped": is_flipped,
            "score": sign * _RATER_SCORES.get(verdict, 0.0),
            "rationale": f"{one.judge.name}: {verdict.value}",
        }


def _status(cell: Cell) -> str:
    return (cell.grade if cell.hand_grade is None else cell.hand_grade).status.value


def _seconds(cell: Cell) -> float | None:
    return cell.timing.total_s if isinstance(cell.timing, Timing) else None
