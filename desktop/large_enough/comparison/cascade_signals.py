"""Reads what a model's recorded answers tell, without a key, about how sure it was.

Higher is surer. A signal that a question does not have is None. With repeats it is the mean over
those answers that have it, except agreement, which is about all of them.
"""

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence

from large_enough.comparison.run_matrix import FAILURES
from large_enough.domain.pack import JsonKey, ListKey, PackItem
from large_enough.domain.pack_run import Cell
from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import SignalKind
from large_enough.scoring.answer_text import AnswerText
from large_enough.scoring.bare import bare
from large_enough.scoring.finding import answer_lines

Sureness = float | None
_TENTH = 0.1


def sureness(item: PackItem, cells: Sequence[Cell]) -> dict[SignalKind, Sureness]:
    """Return how sure a model was of its answers to one question, by each signal.

    Args:
        item: The question.
        cells: The answers, one for each repeat.
    """
    probabilities = [answer_probabilities(item, cell) for cell in cells]
    return {
        SignalKind.FORMAT: statistics.fmean(is_readable(cell) for cell in cells),
        SignalKind.OPTION_MARGIN: _mean(map(_option_margin, cells)),
        SignalKind.LOWEST_PROBABILITY: _mean(min(one, default=None) for one in probabilities),
        SignalKind.TENTH_PROBABILITY: _mean(map(_tenth, probabilities)),
        SignalKind.MEAN_PROBABILITY: _mean(map(_mean, probabilities)),
        SignalKind.AGREEMENT: _agreement(cells),
        SignalKind.SHORTNESS: _mean(map(_shortness, cells)),
    }


def is_readable(cell: Cell) -> bool:
    """Return whether an answer was found by rule: no person may have helped."""
    return cell.grade.status not in FAILURES


def answer_probabilities(item: PackItem, cell: Cell) -> tuple[float, ...]:
    """Return the log-probabilities of the tokens of the answer proper.

    That is what follows the last "ANSWER:" on its line (in lists and JSON: to the end), else the
    whole answer without thoughts. Empty if they were not recorded, or not as far as there.
    """
    noted = "".join(token.text for token in cell.token_probabilities)
    span = _span(item, cell, noted)
    if span is None:
        return ()
    start, end = span
    found, place = [], 0
    for token in cell.token_probabilities:
        inside = token.text[max(0, start - place) : max(0, end - place)]
        place += len(token.text)
        if inside.strip():
            found.append(token.log_probability)
    return tuple(found)


def _span(item: PackItem, cell: Cell, noted: str) -> tuple[int, int] | None:
    begin = _begin(cell, noted)
    if begin is None:
        return None
    text = noted[begin:]
    marks, wanted = answer_lines(AnswerText(text=text)), answer_lines(AnswerText(text=cell.text))
    if len(marks) != len(wanted):  # the record of tokens ends before the answer does
        return None
    if not marks:
        return begin, len(noted)
    start = len(text) - len(marks[0].rest)
    is_long = isinstance(item.key, ListKey | JsonKey)
    return begin + start, len(noted) if is_long else begin + marks[0].end


def _begin(cell: Cell, noted: str) -> int | None:
    """Return where the thoughts end; None if that cannot be told."""
    if not cell.thoughts:
        return 0
    place = noted.rfind(cell.text.strip()) if cell.text.strip() else -1
    return None if place < 0 else place


def _option_margin(cell: Cell) -> Sureness:
    known = sorted(number for number in cell.option_log_probabilities if not math.isnan(number))
    if len(known) < 2 or known[-1] == -math.inf:
        return None
    return known[-1] - known[-2]


def _tenth(probabilities: Sequence[float]) -> Sureness:
    """Return the value at a tenth of the way up, the lower one of two between which that lies."""
    ordered = sorted(probabilities)
    return ordered[int(_TENTH * (len(ordered) - 1))] if ordered else None


def _shortness(cell: Cell) -> Sureness:
    count = cell.answer_token_count
    return None if isinstance(count, Unavailable) else -float(count)


def _agreement(cells: Sequence[Cell]) -> Sureness:
    """Return the largest share of answers that say the same.

    One in which nothing is found is unlike all others.
    """
    if len(cells) < 2:
        return None
    said = Counter(_said(cell) for cell in cells if is_readable(cell))
    return max(said.values(), default=0) / len(cells)


def _said(cell: Cell) -> str:
    return " ".join(bare(cell.grade.taken or cell.text).casefold().split())


def _mean(values: Iterable[Sureness]) -> Sureness:
    known = [value for value in values if value is not None and not math.isnan(value)]
    return sum(known) / len(known) if known else None
