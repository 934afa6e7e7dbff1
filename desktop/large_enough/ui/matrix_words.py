"""Puts a matrix of answers into words: its cells, its totals, what can be looked for in it."""

from large_enough.comparison.matrix_filter import Finding, ItemFlag
from large_enough.comparison.run_matrix import MatrixRow, RunMatrix, Square, Total, small_and_large
from large_enough.domain.grade import GradeStatus
from large_enough.domain.pack import PackItem
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import Contender
from large_enough.domain.text import harmless_line
from large_enough.ui.model_facts import model_name
from large_enough.wording.grade_words import status_word
from large_enough.wording.numbers import (
    NOT_AVAILABLE,
    count_text,
    decimal_text,
    quantity_text,
    share_text,
)
from large_enough.wording.translate import _, ngettext, pgettext

_LONGEST_NAME = 14
_FEW_PARAMETERS = 200_000_000  # below, millions read better than tenths of a billion


def cell_word(square: Square) -> str:
    """Return the few letters that stand in a cell; "" where a mark says it."""
    if square.status is None:
        return ""
    if square.is_mixed:
        right = sum(status is GradeStatus.CORRECT for status in square.statuses)
        return _("{right} of {count}").format(right=right, count=len(square.statuses))
    return {
        GradeStatus.CORRECT: "",
        GradeStatus.WRONG: "",
        GradeStatus.PARTIAL: quantity_text(square.score, share_text),
        GradeStatus.NO_ANSWER: pgettext("answer in a cell", "none"),
        GradeStatus.TRUNCATED: _("cut"),
        GradeStatus.EMPTY: _("empty"),
        GradeStatus.REFUSED: _("refused"),
        GradeStatus.OVERFLOW: _("too long"),
        GradeStatus.LOOPING: _("loops"),
        GradeStatus.TIMEOUT: _("too slow"),
        GradeStatus.ERROR: _("failed"),
        GradeStatus.NEEDS_HUMAN: _("judge"),
    }[square.status]


def cell_meaning(square: Square) -> str:
    """Return what became of the answers in a cell, in words."""
    if square.status is None:
        return _("not answered yet")
    words = status_word(square.status)
    if square.is_mixed:
        right = sum(status is GradeStatus.CORRECT for status in square.statuses)
        words = _("{right} of {count} answers are right").format(
            right=right, count=len(square.statuses)
        )
    elif square.status is GradeStatus.PARTIAL:
        words = _("{words}, {share} of the points").format(
            words=words, share=quantity_text(square.score, share_text)
        )
    return _("{words}, judged by hand").format(words=words) if square.is_by_hand else words


def spoken_cell(row: MatrixRow, letter: str) -> str:
    """Return what screen readers say of a cell: "fee-017, B: wrong"."""
    return _("{item}, {letter}: {meaning}").format(
        item=harmless_line(row.item.id), letter=letter, meaning=cell_meaning(row.square(letter))
    )


def question_line(item: PackItem) -> str:
    """Return a question in one line, behind what kind of task it is."""
    question = harmless_line(item.question)
    if not item.family:
        return question
    return _("{family}: {question}").format(family=harmless_line(item.family), question=question)


def size_word(contender: Contender) -> str:
    """Return how large a model is in a word, "0.5B"; its name where nobody knows."""
    count = contender.card.parameter_count
    if isinstance(count, Unavailable):
        name = model_name(contender.card)
        return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
    if count < _FEW_PARAMETERS:
        return f"{count / 1_000_000:.0f}M"
    return f"{decimal_text(count / 1_000_000_000, 1)}B"


def heading_words(contender: Contender, total: Total) -> str:
    """Return what stands below a contender's mark: its size and how much it got right."""
    if isinstance(total.accuracy, Unavailable):
        return size_word(contender)
    return f"{size_word(contender)}  {share_text(total.accuracy)}"


def spoken_heading(contender: Contender, total: Total) -> str:
    """Return the same for screen readers and tooltips."""
    words = _("{letter}, {name}").format(letter=contender.letter, name=model_name(contender.card))
    if isinstance(total.accuracy, Unavailable):
        return words
    return _("{contender}: {share} right").format(contender=words, share=share_text(total.accuracy))


def finding_word(finding: Finding, matrix: RunMatrix) -> str:
    """Return a finding as on its chip."""
    ends = small_and_large(matrix.plan.contenders)
    if ends is None and finding in (Finding.ONLY_LARGE, Finding.ONLY_SMALL):
        letter = matrix.letters[-1 if finding is Finding.ONLY_LARGE else 0]
        return _("Only {letter} right").format(letter=letter)
    return {
        Finding.ANY: _("All"),
        Finding.ONLY_LARGE: _("Only the large one right"),
        Finding.ONLY_SMALL: _("Only the small one right"),
        Finding.ALL_RIGHT: _("All right"),
        Finding.NONE_RIGHT: _("None right"),
        Finding.FAILED: _("No answer, cut off, refused"),
        Finding.FLAGGED: _("Look at the question"),
        Finding.TO_JUDGE: _("To be judged"),
    }[finding]


def flag_sentence(flag: ItemFlag) -> str:
    """Return what the answers say about a question, and what to do."""
    return {
        ItemFlag.CEILING: _(
            "All contenders are right: this question tells nobody from anybody else."
        ),
        ItemFlag.FLOOR: _("No contender is right. Check the key first, then the question."),
        ItemFlag.INVERTED: _(
            "The smallest model is right and the largest is wrong: often a sign of a wrong key."
        ),
    }[flag]


def share_words(share: object) -> str:
    """Return a share for the totals, or a dash."""
    return share_text(share) if isinstance(share, float | int) else NOT_AVAILABLE


def failures_words(total: Total) -> str:
    """Return how many answers failed in which way: "cut off 3, refused 1"."""
    if not total.failures:
        return _("no failures")
    return ", ".join(
        _("{status} {count}").format(status=status_word(status), count=count_text(count))
        for status, count in total.failures.items()
    )


def shown_words(shown: int, count: int) -> str:
    """Return how many of the questions are in view."""
    if shown == count:
        words = ngettext("{count} question", "{count} questions", count)
        return words.format(count=count_text(count))
    words = ngettext("{shown} of {count} question", "{shown} of {count} questions", count)
    return words.format(shown=count_text(shown), count=count_text(count))
