"""How far a run is, all together and by contender, with what stops it and lets it go on."""

import enum
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from large_enough.comparison.run_matrix import letters_by_size
from large_enough.domain.pack_run import PackRunPlan
from large_enough.domain.text import harmless_line
from large_enough.ui.matrix_words import size_word
from large_enough.ui.model_facts import model_name
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.labels import ElidedLabel, Label
from large_enough.ui.widgets.marks import Badge
from large_enough.ui.widgets.progress_line import ProgressLine
from large_enough.wording.translate import _

_IN_A_LINE = 4
_LINE_PX = 4


class BandState(enum.Enum):
    """Where the run in view stands."""

    RUNNING = "running"
    PAUSING = "pausing"
    """It was told to pause, and has not yet."""
    OPEN = "open"
    """It is not running, and can go on."""
    COMPLETE = "complete"


class ContenderStand(NamedTuple):
    """How far one contender is."""

    words: str
    done: int
    total: int


class ContenderProgress(QWidget):
    """One contender: its mark, its size, a thin line, and what it is doing."""

    def __init__(self, theme: Theme, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self.name = ElidedLabel(theme, Type.SOFT_STRONG)
        self.words = ElidedLabel(theme, Type.SMALL, tone="soft")
        self.line = ProgressLine(theme, letter=letter, height_px=_LINE_PX)
        words = QHBoxLayout()
        words.setSpacing(8)
        words.addWidget(self.name, 2)
        words.addWidget(self.words, 3)
        column = QVBoxLayout()
        column.setSpacing(5)
        column.addLayout(words)
        column.addWidget(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(9)
        row.addWidget(Badge(theme, letter), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    def show_name(self, name: str, size: str) -> None:
        """Show who it is."""
        self._name = name
        self.name.setText(size)
        self.name.setToolTip(name)

    def show_stand(self, stand: ContenderStand) -> None:
        """Show how far it is."""
        self.words.setText(harmless_line(stand.words))
        self.line.show_fraction(stand.done / stand.total if stand.total else None)
        self.line.setAccessibleName(
            _("{name}: {done} of {total}").format(
                name=self._name, done=stand.done, total=stand.total
            )
        )


class RunBand(QFrame):
    """A card above the matrix.

    Signals:
        pause_wanted: The user wants the run to pause.
        resume_wanted: The user wants it to go on.
        stop_wanted: The user wants it to stop at once.
    """

    pause_wanted = Signal()
    resume_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._theme = theme
        self._state = BandState.OPEN
        self.title = Label(theme, Type.STRONG)
        self.words = ElidedLabel(theme, Type.SOFT, tone="soft")
        self.line = ProgressLine(theme, height_px=8)
        self.line.setAccessibleName(_("Progress of the run"))
        self.now = ElidedLabel(theme, Type.SOFT, tone="soft")
        self.pause_button = Button(theme, _("Pause"), picture="pause")
        self.stop_button = Button(theme, _("Stop"), picture="stop")
        self.stop_button.setToolTip(
            _("Stop at once; only the answer that is being written is asked again later")
        )
        self.contenders: dict[str, ContenderProgress] = {}
        self._grid = QGridLayout()
        self._arrange()
        self.pause_button.clicked.connect(self._on_pause_clicked)
        self.stop_button.clicked.connect(self.stop_wanted)

    @property
    def state(self) -> BandState:
        """Where the run stands."""
        return self._state

    def show_plan(self, plan: PackRunPlan) -> None:
        """Have a line for each contender, small ones first."""
        letters = letters_by_size(plan.contenders)
        for widget in self.contenders.values():
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.contenders = {letter: ContenderProgress(self._theme, letter) for letter in letters}
        known = {contender.letter: contender for contender in plan.contenders}
        for number, (letter, widget) in enumerate(self.contenders.items()):
            contender = known[letter]
            widget.show_name(model_name(contender.card), size_word(contender))
            self._grid.addWidget(widget, number // _IN_A_LINE, number % _IN_A_LINE)
        for column in range(min(_IN_A_LINE, len(letters))):
            self._grid.setColumnStretch(column, 1)

    def show_state(self, state: BandState, title: str) -> None:
        """Show where the run stands, with what can be done about it."""
        self._state = state
        self.title.setText(title)
        is_running = state in (BandState.RUNNING, BandState.PAUSING)
        self.pause_button.setText(_("Pause") if is_running else _("Resume"))
        self.pause_button.show_picture("pause" if is_running else "play")
        self.pause_button.setEnabled(state is not BandState.PAUSING)
        self.pause_button.setVisible(state is not BandState.COMPLETE)
        self.stop_button.setVisible(is_running)
        self.now.setVisible(is_running)
        for widget in self.contenders.values():
            widget.setVisible(state is not BandState.COMPLETE)

    def show_progress(self, words: str, fraction: float) -> None:
        """Show how far all are together."""
        self.words.setText(harmless_line(words))
        self.line.show_fraction(fraction)

    def show_stand(self, letter: str, stand: ContenderStand) -> None:
        """Show how far one contender is."""
        if letter in self.contenders:
            self.contenders[letter].show_stand(stand)

    def show_now(self, words: str) -> None:
        """Show what is being answered."""
        self.now.setText(harmless_line(words))

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.title)
        head.addWidget(self.words, 1)
        head.addWidget(self.stop_button)
        head.addWidget(self.pause_button)
        self._grid.setHorizontalSpacing(22)
        self._grid.setVerticalSpacing(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.line)
        column.addLayout(self._grid)
        column.addWidget(self.now)

    @Slot()
    def _on_pause_clicked(self) -> None:
        if self._state is BandState.RUNNING:
            self.pause_wanted.emit()
        elif self._state is BandState.OPEN:
            self.resume_wanted.emit()
