"""The history: every recorded round, found by a word and looked at again."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from large_enough.domain.clock import Clock
from large_enough.domain.costing import Costing
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.round import RoundRecord
from large_enough.ui.archive import Wish
from large_enough.ui.round_samples import ReadingsOf
from large_enough.ui.round_words import problem_words
from large_enough.ui.tables.round_list_model import RoundListModel
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button, Chip, card
from large_enough.ui.widgets.in_the_middle import put_in_the_middle
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.pages import Pages
from large_enough.ui.widgets.round_detail import RoundDetail
from large_enough.ui.widgets.row_list import RowList
from large_enough.ui.widgets.text_field import TextField
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _, ngettext

if TYPE_CHECKING:
    from large_enough.comparison.history import RoundSummary

SEARCH_PAUSE_MS = 150
"""The list is renewed when nothing was typed for so long."""
_LIST_WIDTH_PX = 264
_LONGEST_SEARCH = 200
_WORDS_WIDTH_PX = 460


class HistoryScreen(QWidget):
    """The list at the left, the round at the right.

    Signals:
        wished: The user wants these rounds listed: `Wish`.
        round_wanted: The user wants to see a round: its path.
        example_wanted: The user wants to watch the race that comes with the program.
        runs_wanted: The user wants to see the runs of packs, and what they come to.
        shown: The screen has come into view.
    """

    wished = Signal(object)
    round_wanted = Signal(str)
    example_wanted = Signal()
    runs_wanted = Signal()
    shown = Signal()

    def __init__(
        self,
        theme: Theme,
        clock: Clock,
        readings_of: ReadingsOf,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        hint = _("Search questions and models")
        self.search = TextField(theme, hint, longest=_LONGEST_SEARCH, hint=hint)
        self.search.setClearButtonEnabled(True)
        self.everything = Chip(theme, _("Warm-ups too"))
        self.everything.setToolTip(
            _("Also list warm-ups and the single passes of thorough measurements")
        )
        self.count = Label(theme, Type.SMALL, tone="soft")
        self.runs_button = Button(theme, _("Runs and verdicts"), picture="verdict")
        self.runs_button.setToolTip(_("Packs that were run, and what each run comes to"))
        self.list = RowList(theme, RoundListModel(), _("Recorded rounds"))
        self.detail = RoundDetail(theme, clock, readings_of)
        self.message = Label(theme, Type.SENTENCE, wraps=True)
        self.advice = Label(theme, Type.BASE, tone="soft", wraps=True)
        self.example_button = Button(theme, _("Watch a recorded race"), picture="play")
        self._places = Pages()
        self._timer = QTimer(self)
        self._arrange()
        self._connect()
        self.say(_("Reading the records…"))

    @property
    def wish(self) -> Wish:
        """Which rounds the user wants to see."""
        return Wish(self.search.text(), self.everything.isChecked())

    @Slot()
    def focus_first(self) -> None:
        """Give the keyboard to the search."""
        self.search.setFocus()

    def show_rounds(self, rounds: "tuple[RoundSummary, ...]") -> None:
        """List these rounds."""
        self.list.show_rows(rounds)
        words = ngettext("{count} round", "{count} rounds", len(rounds))
        self.count.setText(words.format(count=count_text(len(rounds))))
        if not rounds:
            self._tell_of_nothing()

    def show_record(
        self, record: RoundRecord, costing: Costing, problem: ErrorInfo | None = None
    ) -> None:
        """Show a round."""
        self.detail.show_record(record, costing, problem)
        self._places.setCurrentWidget(self.detail)

    def show_problem(self, error: ErrorInfo) -> None:
        """Say why a round cannot be shown."""
        words = problem_words(error)
        self.say(_("This record cannot be read."), f"{words.happened} {words.next_step}")

    def say(self, message: str, advice: str = "", *, has_example: bool = False) -> None:
        """Say something in the place of a round."""
        self.message.setText(message)
        self.advice.setText(advice)
        self.example_button.setVisible(has_example)
        self._places.setCurrentIndex(0)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that the screen has come into view."""
        super().showEvent(event)
        self.shown.emit()

    def _tell_of_nothing(self) -> None:
        if self.wish.text.strip():
            self.say(
                _("No round fits."),
                _("All words must occur in the question or in the names of the models."),
            )
            return
        self.say(
            _("No round is recorded yet."),
            _(
                "Every question that you ask in the Arena is recorded on this machine, with its "
                "answers and all figures, and can be found here again."
            ),
            has_example=True,
        )

    # --- building

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 14, 18, 14)
        row.setSpacing(12)
        row.addWidget(self._finder())
        row.addWidget(self._places, 1)
        self._places.addWidget(self._note())
        self._places.addWidget(self.detail)

    def _finder(self) -> QFrame:
        finder = card()
        finder.setFixedWidth(round(_LIST_WIDTH_PX * self._theme.scale))
        head = QVBoxLayout()
        head.setContentsMargins(11, 12, 11, 4)
        head.setSpacing(8)
        head.addWidget(self.search)
        head.addWidget(self.everything, 0, Qt.AlignmentFlag.AlignLeft)
        head.addWidget(self.count)
        column = QVBoxLayout(finder)
        column.setContentsMargins(1, 1, 1, 8)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(11, 8, 11, 4)
        foot.addWidget(self.runs_button)
        column.addLayout(foot)
        return finder

    def _note(self) -> QFrame:
        note = card()
        words = QVBoxLayout()
        words.setSpacing(10)
        words.addStretch(2)
        words.addWidget(self.message)
        words.addWidget(self.advice)
        words.addSpacing(8)
        words.addWidget(self.example_button, 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch(3)
        put_in_the_middle(note, words, _WORDS_WIDTH_PX * self._theme.scale)
        return note

    def _connect(self) -> None:
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_PAUSE_MS)
        self._timer.timeout.connect(self._on_typed)
        self.search.textChanged.connect(self._on_text_changed)
        self.everything.toggled.connect(self._on_typed)
        self.list.chosen.connect(self._on_chosen)
        self.example_button.clicked.connect(self.example_wanted)
        self.runs_button.clicked.connect(self.runs_wanted)

    @Slot()
    def _on_text_changed(self) -> None:
        self._timer.start()

    @Slot()
    def _on_typed(self) -> None:
        self.wished.emit(self.wish)

    @Slot(object)
    def _on_chosen(self, summary: "RoundSummary") -> None:
        if summary.problem is not None:
            self.show_problem(summary.problem)
        else:
            self.round_wanted.emit(summary.path)
