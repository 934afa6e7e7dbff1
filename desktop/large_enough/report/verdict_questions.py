"""Gathers the questions that only one of two contenders got right, with both answers."""

from collections.abc import Sequence

from large_enough.domain.pack import PackItem
from large_enough.domain.pack_run import Cell, PackRunRecord
from large_enough.domain.text import harmless_line
from large_enough.domain.verdict import PairVerdict, RunVerdict
from large_enough.report.verdict_parts import ShownAnswer, ShownQuestion, short_text
from large_enough.wording.failures import explain
from large_enough.wording.grade_words import status_word
from large_enough.wording.pack_words import key_text
from large_enough.wording.translate import _
from large_enough.wording.verdict_words import contender_names

MOST_ANSWER_CHARACTERS = 1_500
MOST_QUESTION_CHARACTERS = 1_500
MOST_TAKEN_CHARACTERS = 120

Cells = dict[tuple[str, str], list[Cell]]
"""By letter and question, in the order of repeats."""


def differing_questions(
    verdict: RunVerdict, record: PackRunRecord, pair: PairVerdict
) -> tuple[ShownQuestion, ...]:
    """Return the questions that one of a pair got and the other did not, the large one's first."""
    items = {item.id: item for item in record.plan.pack.items}
    cells = _by_place(record.cells)
    names = contender_names(verdict)
    return tuple(
        _question(items[item_id], names, (right, wrong), cells)
        for right, wrong, ids in (
            (pair.large, pair.small, pair.only_large),
            (pair.small, pair.large, pair.only_small),
        )
        for item_id in ids
        if item_id in items
    )


def grade_text(cell: Cell) -> str:
    """Return what became of an answer, by whom, and what was taken as the answer."""
    hand = cell.hand_grade
    status = status_word(cell.grade.status if hand is None else hand.status)
    parts = [status if hand is None else _("{status}, by hand").format(status=status)]
    if cell.grade.taken:
        taken = short_text(harmless_line(cell.grade.taken), MOST_TAKEN_CHARACTERS)
        parts.append(_("taken as the answer: {taken}").format(taken=taken))
    return "; ".join(parts)


def _question(
    item: PackItem, names: dict[str, str], letters: tuple[str, str], cells: Cells
) -> ShownQuestion:
    right, wrong = letters
    return ShownQuestion(
        item_id=harmless_line(item.id),
        who=_("only {name} was right").format(name=names[right]),
        context=short_text(item.context, MOST_QUESTION_CHARACTERS),
        question=short_text(item.question, MOST_QUESTION_CHARACTERS),
        key=short_text(key_text(item.key), MOST_QUESTION_CHARACTERS),
        answers=tuple(
            _answer(cell, names[letter], is_repeated=len(of_letter) > 1)
            for letter in sorted((right, wrong))
            for of_letter in (cells.get((letter, item.id), []),)
            for cell in of_letter
        ),
    )


def _answer(cell: Cell, name: str, *, is_repeated: bool) -> ShownAnswer:
    text = cell.text
    if cell.error is not None and not text.strip():
        text = explain(cell.error).happened
    if is_repeated:
        name = _("{name}, time {number}").format(name=name, number=cell.key.repeat + 1)
    return ShownAnswer(
        letter=cell.key.letter,
        name=name,
        grade=grade_text(cell),
        text=short_text(text, MOST_ANSWER_CHARACTERS),
    )


def _by_place(cells: Sequence[Cell]) -> Cells:
    found: Cells = {}
    for cell in sorted(cells, key=lambda one: one.key.repeat):
        found.setdefault((cell.key.letter, cell.key.item_id), []).append(cell)
    return found
