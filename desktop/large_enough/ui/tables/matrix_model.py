"""The answers of a run as a table that Qt can show: questions by contenders."""

import enum
from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from large_enough.comparison.matrix_filter import Findings, MatrixWish, wanted_rows
from large_enough.comparison.run_matrix import MatrixRow, RunMatrix
from large_enough.domain.grade import GradeStatus
from large_enough.domain.pack_run import Cell
from large_enough.domain.quantity import Unavailable
from large_enough.ui.matrix_words import (
    cell_meaning,
    cell_word,
    heading_words,
    question_line,
    spoken_cell,
    spoken_heading,
)
from large_enough.ui.safe_text import tooltip
from large_enough.wording.item_words import key_line
from large_enough.wording.translate import _

Index = QModelIndex | QPersistentModelIndex

NUMBER_COLUMN = 0
QUESTION_COLUMN = 1
FIRST_LETTER_COLUMN = 2

_NO_PARENT = QModelIndex()
_MARKS = {GradeStatus.CORRECT: "✓", GradeStatus.WRONG: "✗"}


class SortBy(enum.Enum):
    """What the rows are ordered by."""

    ASKED = "asked"
    QUESTION = "question"
    LEVEL = "level"
    RIGHT_COUNT = "right_count"
    """How many contenders are right: the hardest questions first."""
    CONTENDER = "contender"
    """What one contender got: what is wrong first."""


class MatrixModel(QAbstractTableModel):
    """One row for each question in view; one column for each contender, small ones first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._matrix: RunMatrix | None = None
        self._rows: list[MatrixRow] = []
        self._places: dict[str, int] = {}
        self._wish = MatrixWish()
        self._sort, self._letter, self._is_descending = SortBy.ASKED, "", False
        self._changed: set[str] = set()
        self._findings: Findings | None = None
        self._lines: dict[str, tuple[str, str]] = {}  # question and key, by item

    @property
    def matrix(self) -> RunMatrix | None:
        """All answers, in view or not."""
        return self._matrix

    @property
    def findings(self) -> Findings | None:
        """What answers have in common."""
        return self._findings

    @property
    def letters(self) -> tuple[str, ...]:
        """The contenders, in the order of their columns."""
        return () if self._matrix is None else self._matrix.letters

    @property
    def wish(self) -> MatrixWish:
        """Which questions are in view."""
        return self._wish

    @property
    def sorting(self) -> tuple[SortBy, str, bool]:
        """What rows are ordered by, whose column that is, and whether it is turned round."""
        return self._sort, self._letter, self._is_descending

    def show(self, matrix: RunMatrix) -> None:
        """Show another run."""
        self.beginResetModel()
        self._matrix, self._findings = matrix, Findings(matrix)
        self._changed.clear()
        self._lines.clear()
        self._find()
        self.endResetModel()

    def want(self, wish: MatrixWish) -> None:
        """Show only the questions that fit."""
        self._wish = wish
        self._renew_rows()

    def sort_by(self, sort: SortBy, letter: str = "", *, is_descending: bool = False) -> None:
        """Order the rows."""
        self._sort, self._letter, self._is_descending = sort, letter, is_descending
        self._renew_rows()

    def take(self, cell: Cell) -> None:
        """Take in an answer; `catch_up` shows it."""
        if self._matrix is not None:
            self._matrix.take(cell)
            self._changed.add(cell.key.item_id)

    def catch_up(self) -> bool:
        """Show what was taken in; return whether there was anything.

        While a filter or an order depends on answers, rows may come and go; else only their cells
        are painted anew.
        """
        if self._matrix is None or not self._changed:
            return False
        changed, self._changed = self._changed, set()
        if self._wish != MatrixWish() or self._sort in (SortBy.RIGHT_COUNT, SortBy.CONTENDER):
            self._renew_rows()
        else:
            for item_id in changed:
                self._renew_row(item_id)
        self.headerDataChanged.emit(
            Qt.Orientation.Horizontal, FIRST_LETTER_COLUMN, self.columnCount() - 1
        )
        return True

    def row_at(self, row: int) -> MatrixRow | None:
        """Return a row in view; None if there is none at that place."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def place_of(self, item_id: str) -> int:
        """Return where a question is in view; -1 if it is not."""
        return self._places.get(item_id, -1)

    def letter_at(self, column: int) -> str:
        """Return the contender of a column; "" for the other columns."""
        index = column - FIRST_LETTER_COLUMN
        return self.letters[index] if 0 <= index < len(self.letters) else ""

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of questions in view."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of contenders, and three more."""
        return 0 if parent.isValid() else len(self.letters) + FIRST_LETTER_COLUMN + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the heading of a column."""
        if orientation is not Qt.Orientation.Horizontal or self._matrix is None:
            return None
        letter = self.letter_at(section)
        if not letter:
            words = self._plain_heading(section)
            return words if role == Qt.ItemDataRole.DisplayRole else None
        contender, total = self._matrix.contender(letter), self._matrix.total(letter)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return heading_words(contender, total)
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(spoken_heading(contender, total))
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken_heading(contender, total)
            case _:
                return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell says."""
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        letter = self.letter_at(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _cell_text(row, letter) if letter else self.text_of(row, index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken_cell(row, letter) if letter else self._spoken(row, index.column())
            case Qt.ItemDataRole.ToolTipRole:
                if letter:
                    return tooltip(f"{letter}: {cell_meaning(row.square(letter))}")
                return tooltip(self.text_of(row, index.column()))
            case _:
                return None

    def _plain_heading(self, section: int) -> str:
        if section == NUMBER_COLUMN:
            return _("#")
        return _("question") if section == QUESTION_COLUMN else _("key")

    def text_of(self, row: MatrixRow, column: int) -> str:
        """Return what stands in a column that is no contender's."""
        if column == NUMBER_COLUMN:
            return str(row.number)
        lines = self._lines.get(row.item.id)
        if lines is None:
            lines = self._lines[row.item.id] = (question_line(row.item), key_line(row.item.key))
        return lines[0 if column == QUESTION_COLUMN else 1]

    def _spoken(self, row: MatrixRow, column: int) -> str:
        if column == self.columnCount() - 1:
            return _("{item}, key: {key}").format(item=row.item.id, key=key_line(row.item.key))
        return f"{row.item.id}, {question_line(row.item)}"

    def _renew_rows(self) -> None:
        """Find and order the rows anew; what is chosen stays chosen if it is still in view."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        known = [self.row_at(index.row()) for index in before]
        self._find()
        after = [
            QModelIndex() if row is None else self._index_of(row.item.id, index.column())
            for row, index in zip(known, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _index_of(self, item_id: str, column: int) -> QModelIndex:
        place = self.place_of(item_id)
        return self.index(place, column) if place >= 0 else QModelIndex()

    def _renew_row(self, item_id: str) -> None:
        place = self.place_of(item_id)
        if place >= 0 and self._matrix is not None:
            self._rows[place] = self._matrix.row(item_id)
            last = self.index(place, self.columnCount() - 1)
            self.dataChanged.emit(self.index(place, FIRST_LETTER_COLUMN), last)

    def _find(self) -> None:
        rows: list[MatrixRow] = []
        if self._matrix is not None:
            rows = list(wanted_rows(self._matrix, self._wish, self._findings))
        rows.sort(key=_order(self._sort, self._letter, self.letters), reverse=self._is_descending)
        self._rows = rows
        self._places = {row.item.id: place for place, row in enumerate(rows)}


def _cell_text(row: MatrixRow, letter: str) -> str:
    square = row.square(letter)
    word = cell_word(square)
    return word if word or square.status is None else _MARKS.get(square.status, "")


def _order(
    sort: SortBy, letter: str, letters: Sequence[str]
) -> Callable[[MatrixRow], tuple[float | str, ...]]:
    def key(row: MatrixRow) -> tuple[float | str, ...]:
        match sort:
            case SortBy.ASKED:
                return (row.number,)
            case SortBy.QUESTION:
                return (question_line(row.item).casefold(), row.number)
            case SortBy.LEVEL:
                return (row.item.level or 0, row.number)
            case SortBy.RIGHT_COUNT:
                count = sum(1 for one in letters if row.square(one).is_right)
                return (count, row.number)
            case SortBy.CONTENDER:
                return (*_rank(row, letter), row.number)

    return key


def _rank(row: MatrixRow, letter: str) -> tuple[float, str]:
    """Return what orders cells: the score, then how they ended; what is open comes last."""
    square = row.square(letter)
    if square.status is None:
        return 2.0, ""
    score = 1.5 if isinstance(square.score, Unavailable) else square.score
    return score, square.status.value
