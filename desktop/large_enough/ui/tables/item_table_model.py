"""The questions of a pack as a table that Qt can show; words are made for rows in view only."""

import enum
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from large_enough.domain.pack import AnswerType, PackItem
from large_enough.domain.text import harmless_line
from large_enough.ui.safe_text import tooltip
from large_enough.wording.item_words import item_title, key_line
from large_enough.wording.pack_words import type_word
from large_enough.wording.translate import _

Index = QModelIndex | QPersistentModelIndex

WARNING_ROLE = Qt.ItemDataRole.UserRole + 1
"""Whether something is wrong with the question."""
PROBLEM_TEXT_ROLE = Qt.ItemDataRole.UserRole + 2
"""Whether the cell says what is wrong."""
_NO_PARENT = QModelIndex()
_SHOWN_CHARACTERS = 300


class Column(enum.IntEnum):
    """What stands in each column."""

    NUMBER = 0
    QUESTION = 1
    ANSWER = 2
    TYPE = 3
    LEVEL = 4
    GROUP = 5


class ItemTableModel(QAbstractTableModel):
    """One line for each question that is wanted."""

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        tells_problems: bool = False,
        parent: QObject | None = None,
    ) -> None:
        """Show nothing yet.

        Args:
            columns: Which ones there are, in their order.
            tells_problems: Whether what is wrong with a question stands in place of its answer.
            parent: What it belongs to.
        """
        super().__init__(parent)
        self._tells_problems = tells_problems
        self.columns = tuple(columns)
        self._items: tuple[PackItem, ...] = ()
        self._texts: list[str] = []
        self._places: list[int] = []  # of the questions that are shown, among all
        self._wish = ""
        self._problems: dict[int, str] = {}
        self._kinds: dict[int, AnswerType] = {}

    @property
    def items(self) -> tuple[PackItem, ...]:
        """All questions, shown or not."""
        return self._items

    def show(self, items: Sequence[PackItem]) -> None:
        """Have other questions."""
        self.beginResetModel()
        self._items, self._problems, self._kinds = tuple(items), {}, {}
        self._texts = [_searched(item) for item in self._items]
        self._find()
        self.endResetModel()

    def change(self, place: int, item: PackItem) -> None:
        """Have another question at a place."""
        self._items = (*self._items[:place], item, *self._items[place + 1 :])
        self._texts[place] = _searched(item)
        self._tell_of(place)

    def warn(self, problems: Mapping[int, str], kinds: Mapping[int, AnswerType]) -> None:
        """Mark questions, by place, about which there is something to say.

        Args:
            problems: What is wrong with them.
            kinds: The type that is meant to be theirs, where it is another than the present one.
        """
        self._problems, self._kinds = dict(problems), dict(kinds)
        if self._places:
            last = self.index(len(self._places) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def search(self, wish: str) -> None:
        """Show only questions in which all these words occur."""
        self.beginResetModel()
        self._wish = wish
        self._find()
        self.endResetModel()

    def place(self, row: int) -> int:
        """Return which question a line shows; -1 if there is no such line."""
        return self._places[row] if 0 <= row < len(self._places) else -1

    def row_of(self, place: int) -> int:
        """Return the line of a question; -1 if it is not shown."""
        return self._places.index(place) if place in self._places else -1

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the heading of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _heading(self.columns[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell says."""
        place = self.place(index.row()) if index.isValid() else -1
        if place < 0:
            return None
        column, item = self.columns[index.column()], self._items[place]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._told(column, place) or _text(column, place, item)
        if role == WARNING_ROLE:
            return place in self._problems
        if role == PROBLEM_TEXT_ROLE:
            return column is Column.ANSWER and bool(self._told(column, place))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(self._problems.get(place) or _text(column, place, item))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(column, place, item)
        return None

    def _told(self, column: Column, place: int) -> str:
        """Return what is wrong with a question, or how it is meant, if that stands here."""
        if column is Column.TYPE and place in self._kinds:
            return type_word(self._kinds[place])
        is_here = self._tells_problems and column is Column.ANSWER
        return self._problems.get(place, "") if is_here else ""

    def _spoken(self, column: Column, place: int, item: PackItem) -> str:
        if column is Column.QUESTION:
            problem = self._problems.get(place, "")
            return ", ".join(part for part in (item_title(item), problem) if part)
        return _("{heading} of question {number}: {text}").format(
            heading=_heading(column),
            number=place + 1,
            text=_text(column, place, item) or _("none"),
        )

    def _tell_of(self, place: int) -> None:
        row = self.row_of(place)
        if row >= 0:
            last = self.index(row, len(self.columns) - 1)
            self.dataChanged.emit(self.index(row, 0), last)

    def _find(self) -> None:
        words = self._wish.casefold().split()
        self._places = [
            place for place, text in enumerate(self._texts) if all(word in text for word in words)
        ]


def _heading(column: Column) -> str:
    return {
        Column.NUMBER: _("no."),
        Column.QUESTION: _("question"),
        Column.ANSWER: _("right answer"),
        Column.TYPE: _("type"),
        Column.LEVEL: _("level"),
        Column.GROUP: _("group"),
    }[column]


def _text(column: Column, place: int, item: PackItem) -> str:
    match column:
        case Column.NUMBER:
            return str(place + 1)
        case Column.QUESTION:
            return item_title(item)[:_SHOWN_CHARACTERS]
        case Column.ANSWER:
            return key_line(item.key)[:_SHOWN_CHARACTERS]
        case Column.TYPE:
            return _("only to look at") if item.demo else type_word(item.type)
        case Column.LEVEL:
            return "" if item.level is None else str(item.level)
        case Column.GROUP:
            return harmless_line(item.group)[:_SHOWN_CHARACTERS]


def _searched(item: PackItem) -> str:
    """Return all the words by which a question may be found."""
    parts = (item.question, key_line(item.key), item.group, item.family, item.id, *item.tags)
    return " ".join((*parts, type_word(item.type))).casefold()
