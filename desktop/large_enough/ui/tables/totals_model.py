"""What each contender's answers come to, as a table that Qt can show below the matrix."""

import enum
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from large_enough.comparison.run_matrix import RunMatrix, Total
from large_enough.domain.quantity import Unavailable
from large_enough.ui.matrix_words import failures_words, share_words
from large_enough.ui.safe_text import tooltip
from large_enough.ui.tables.matrix_model import FIRST_LETTER_COLUMN, QUESTION_COLUMN
from large_enough.wording.numbers import count_text
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _, ngettext

Index = QModelIndex | QPersistentModelIndex

_NO_PARENT = QModelIndex()


class TotalKind(enum.IntEnum):
    """What stands in each row."""

    ACCURACY = 0
    ON_ANSWERED = 1
    FAILURES = 2


class TotalWords(NamedTuple):
    """One total of one contender."""

    text: str
    note: str


class TotalsModel(QAbstractTableModel):
    """Has the columns of the matrix, so that each number stands below its contender."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._matrix: RunMatrix | None = None

    def show(self, matrix: RunMatrix) -> None:
        """Show the totals of another run."""
        self.beginResetModel()
        self._matrix = matrix
        self.endResetModel()

    def renew(self) -> None:
        """Count again."""
        if self._matrix is not None:
            last = self.index(len(TotalKind) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of totals."""
        return 0 if parent.isValid() or self._matrix is None else len(TotalKind)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return as many columns as the matrix has."""
        if parent.isValid() or self._matrix is None:
            return 0
        return len(self._matrix.letters) + FIRST_LETTER_COLUMN + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a total as it is shown, or what it means."""
        if not index.isValid() or self._matrix is None:
            return None
        kind, letter = TotalKind(index.row()), self._letter_at(index.column())
        if not letter:
            return self._heading(kind, index.column(), role)
        words = _words(kind, self._matrix.total(letter))
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return words.text
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(words.note)
            case Qt.ItemDataRole.AccessibleTextRole:
                return _("{letter}, {total}: {share}").format(
                    letter=letter, total=total_name(kind), share=words.text
                )
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return words.note
            case _:
                return None

    def _letter_at(self, column: int) -> str:
        letters = () if self._matrix is None else self._matrix.letters
        place = column - FIRST_LETTER_COLUMN
        return letters[place] if 0 <= place < len(letters) else ""

    def _heading(self, kind: TotalKind, column: int, role: int) -> object:
        if column != QUESTION_COLUMN:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return total_name(kind)
        return tooltip(_meaning(kind)) if role == Qt.ItemDataRole.ToolTipRole else None


def total_name(kind: TotalKind) -> str:
    """Return what a total is, in a few words."""
    return {
        TotalKind.ACCURACY: _("right, of all answers"),
        TotalKind.ON_ANSWERED: _("right, where there was an answer"),
        TotalKind.FAILURES: _("no answer, cut off, refused"),
    }[kind]


def _meaning(kind: TotalKind) -> str:
    return {
        TotalKind.ACCURACY: _(
            "Mean score of all answers so far; an answer that was cut off, refused or not found "
            "counts 0."
        ),
        TotalKind.ON_ANSWERED: _(
            "Mean score of only those answers in which an answer was found. Much higher than the "
            "line above: the model knows more than it can say in this form."
        ),
        TotalKind.FAILURES: _("How many answers could not be judged as right or wrong."),
    }[kind]


def _words(kind: TotalKind, total: Total) -> TotalWords:
    match kind:
        case TotalKind.ACCURACY:
            words = ngettext("{count} answer", "{count} answers", total.answer_count)
            note = words.format(count=count_text(total.answer_count))
            return TotalWords(share_words(total.accuracy), _noted(total.accuracy, note))
        case TotalKind.ON_ANSWERED:
            share = total.accuracy_on_answered
            return TotalWords(share_words(share), _noted(share, ""))
        case TotalKind.FAILURES:
            return TotalWords(share_words(total.failure_share), failures_words(total))


def _noted(share: object, note: str) -> str:
    return reason_text(share.reason) if isinstance(share, Unavailable) else note
