"""The window: the rail, the screens, and what concerns all of them."""

import base64
import binascii
from typing import TYPE_CHECKING, NamedTuple

import shiboken6
from PySide6.QtCore import QByteArray, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from large_enough.domain.model_card import ModelCard
from large_enough.domain.round import Mode, RoundRecord
from large_enough.ui.dropped_files import dropped_models, dropped_questions
from large_enough.ui.screens.arena import ArenaScreen
from large_enough.ui.screens.first_run import FirstRunScreen
from large_enough.ui.settings_keeper import SettingsKeeper
from large_enough.ui.theme import Theme, ThemeChoice
from large_enough.ui.widgets.focus_ring import FocusRing
from large_enough.ui.widgets.focus_scroller import FocusScroller
from large_enough.ui.widgets.notice_bar import NoticeBar
from large_enough.ui.widgets.rail import Rail
from large_enough.ui.widgets.scrolling import Scrolling
from large_enough.wording.translate import _

if TYPE_CHECKING:
    from large_enough.ui.screens.doctor import DoctorScreen
    from large_enough.ui.screens.history import HistoryScreen
    from large_enough.ui.screens.models import ModelsScreen
    from large_enough.ui.screens.pack_run import PackRunScreen
    from large_enough.ui.screens.packs import PacksScreen
    from large_enough.ui.screens.replay import ReplayScreen
    from large_enough.ui.screens.settings import SettingsScreen
    from large_enough.ui.screens.verdict import VerdictScreen

    Screen = (
        ArenaScreen
        | FirstRunScreen
        | PackRunScreen
        | PacksScreen
        | VerdictScreen
        | ModelsScreen
        | HistoryScreen
        | ReplayScreen
        | DoctorScreen
        | SettingsScreen
    )

LEAST_WIDTH_PX = 1000
LEAST_HEIGHT_PX = 650
USUAL_WIDTH_PX = 1280
USUAL_HEIGHT_PX = 800


class Rooms(NamedTuple):
    """The screens that are built after the window's first picture."""

    packs: "PacksScreen"
    runs: "PackRunScreen"
    verdict: "VerdictScreen"
    models: "ModelsScreen"
    history: "HistoryScreen"
    replay: "ReplayScreen"
    doctor: "DoctorScreen"
    settings: "SettingsScreen"


class MainWindow(QMainWindow):
    """Holds the screens; remembers size, colours, mode and contenders.

    It opens with the Arena alone; `furnish` brings the other screens.

    Signals:
        rooms_wanted: Something needs the other screens, which are not there yet.
        models_dropped: Model files were dropped on the window: a list of their paths.
        questions_dropped: Files with questions were dropped on the window: a list of their paths.
        leaving_wanted: The window is to be closed, but a pack has changes that are not saved.
    """

    rooms_wanted = Signal()
    models_dropped = Signal(object)
    questions_dropped = Signal(object)
    leaving_wanted = Signal()

    def __init__(
        self,
        application: QApplication,
        theme: Theme,
        keeper: SettingsKeeper,
        arena: ArenaScreen,
        first_run: FirstRunScreen,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._keeper = keeper
        self._may_close = False
        self._is_pack_running = False
        self._is_among_runs = False  # whether the runs stand behind the packs' button
        self._opener: QWidget | None = None  # had the keyboard when the replay was opened
        self.arena = arena
        self.first_run = first_run
        self._rooms: Rooms | None = None
        self._first: ArenaScreen | FirstRunScreen | None = None
        self.rail = Rail(theme)
        self.notices = NoticeBar(theme)
        self.screens = QStackedWidget()
        self.setWindowTitle("Large Enough")
        self.setAcceptDrops(True)
        self._arrange()
        FocusScroller(application, self)
        self.focus_ring = FocusRing(theme, application, self)
        self._make_shortcuts()
        self._connect()
        self._restore()

    def furnish(self, rooms: Rooms) -> None:
        """Take in the screens behind the Arena."""
        self._rooms = rooms
        for screen in rooms:
            self.screens.addWidget(Scrolling(screen))
        rooms.replay.closed.connect(self._on_replay_closed)

    @property
    def rooms(self) -> Rooms:
        """The screens behind the Arena; whoever needs them has them built.

        Raises:
            RuntimeError: Nobody builds them (a fault of this program).
        """
        if self._rooms is None:
            self.rooms_wanted.emit()
        if self._rooms is None:
            message = "nobody furnishes the window"
            raise RuntimeError(message)
        return self._rooms

    @Slot(QWidget)
    def show_screen(self, screen: ArenaScreen | FirstRunScreen) -> None:
        """Let this screen be behind the Arena's button, and show it unless the user is elsewhere.

        Args:
            screen: The Arena, or what stands in its place while there are no models.
        """
        self._first = screen
        if self.rail.arena.isChecked():
            self._bring(screen)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask first if something is at work or would be lost; remember size and place."""
        if self._rooms is not None and self._rooms.packs.is_changed:
            event.ignore()
            self.rail.packs.click()
            self.leaving_wanted.emit()
            return
        is_asking = self.arena.round_view.is_running or self._is_pack_running
        if (is_asking or self.arena.is_making) and not self._may_close:
            event.ignore()
            self._ask_before_closing()
            return
        geometry = base64.b64encode(self.saveGeometry().data()).decode("ascii")
        self._keeper.change(window_geometry=geometry)
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take model files, and files with questions."""
        if dropped_models(event.mimeData()) or dropped_questions(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which files were dropped."""
        for find, dropped in (
            (dropped_models, self.models_dropped),
            (dropped_questions, self.questions_dropped),
        ):
            paths = find(event.mimeData())
            if paths:
                event.acceptProposedAction()
                dropped.emit(paths)

    # --- building

    def _arrange(self) -> None:
        self.setMinimumSize(LEAST_WIDTH_PX, LEAST_HEIGHT_PX)
        self.screens.addWidget(QWidget())  # empty, until it is known what models there are
        for screen in (self.arena, self.first_run):
            self.screens.addWidget(Scrolling(screen))
        content = QVBoxLayout()
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(0)
        content.addWidget(self.notices)
        content.addWidget(self.screens, 1)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(content, 1)
        self.setCentralWidget(middle)

    def _make_shortcuts(self) -> None:
        for keys, slot in (
            ("Esc", self._on_stop_wanted),
            ("F6", self._on_next_pane_wanted),
            ("Ctrl+L", self._on_question_wanted),
            ("Ctrl+,", self._on_choices_wanted),
            ("Ctrl+Shift+P", self._on_projector_wanted),
            ("Ctrl+Q", self.close),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        for number, button in enumerate(self.rail.buttons, 1):
            QShortcut(QKeySequence(f"Ctrl+{number}"), self).activated.connect(button.click)

    def _connect(self) -> None:
        self.rail.chosen.connect(self._on_screen_chosen)
        self.rail.theme_button.chosen.connect(self._on_theme_chosen)
        self.rail.theme_button.projector_wanted.connect(self._on_projector_wanted)
        self.arena.prompt_card.leave_button.clicked.connect(self._on_projector_wanted)
        self.arena.prompt_card.mode_changed.connect(self._on_mode_changed)
        self.arena.contenders_changed.connect(self._on_contenders_changed)
        self.arena.failed.connect(self.notices.show_error)
        self.arena.round_view.noticed.connect(self.notices.say)

    def _restore(self) -> None:
        settings = self._keeper.settings
        self._show_projector(is_on=settings.projector)
        self.resize(USUAL_WIDTH_PX, USUAL_HEIGHT_PX)
        geometry = _decoded(settings.window_geometry)
        if geometry is not None:
            self.restoreGeometry(geometry)  # Qt sees to it that it lies on a screen
        if settings.mode in {mode.value for mode in Mode}:
            self.arena.prompt_card.choose_mode(Mode(settings.mode))
        if self._keeper.problem is not None:
            self.notices.say(
                _(
                    "The settings of last time could not be read, so the usual ones hold. {reason}"
                ).format(reason=self._keeper.problem)
            )

    # --- what happens

    @Slot(QAbstractButton)
    def _on_screen_chosen(self, button: QAbstractButton) -> None:
        if button is self.rail.packs:
            self._show_packs_or_runs()
        elif button is self.rail.verdict:
            self._bring(self.rooms.verdict)
        elif button is self.rail.models:
            self._bring(self.rooms.models)
        elif button is self.rail.history:
            self._bring(self.rooms.history)
        elif button is self.rail.doctor:
            self._bring(self.rooms.doctor)
        elif button is self.rail.settings:
            self._bring(self.rooms.settings)
        elif self._first is None:
            self.screens.setCurrentIndex(0)
        else:
            self._bring(self._first)

    @Slot()
    def show_runs(self) -> None:
        """Go to the runs, which share a button with the packs."""
        self._is_among_runs = True
        self.rail.packs.setChecked(True)
        self._bring(self.rooms.runs)

    @Slot()
    def show_packs(self) -> None:
        """Go to the packs."""
        self._is_among_runs = False
        self.rail.packs.click()

    @Slot(bool)
    def take_running(self, is_running: bool) -> None:
        """Take note whether a pack is being run: closing the window asks first then."""
        self._is_pack_running = is_running

    def _show_packs_or_runs(self) -> None:
        """Go back to what was there last; from the runs, to the packs."""
        if self.rooms.runs.isVisible():
            self._is_among_runs = False
        self._bring(self.rooms.runs if self._is_among_runs else self.rooms.packs)

    @Slot(object)
    def show_replay(self, record: RoundRecord) -> None:
        """Play a recorded round, until the user goes back to the screen whose button is on."""
        self._opener = self.focusWidget()
        self._bring(self.rooms.replay)
        self.rooms.replay.play(record)

    @Slot()
    def show_arena(self) -> None:
        """Go to the Arena, or to what stands in its place."""
        self.rail.arena.click()

    @Slot()
    def _on_replay_closed(self) -> None:
        chosen = next(button for button in self.rail.buttons if button.isChecked())
        self._on_screen_chosen(chosen)
        opener = self._opener
        if opener is not None and shiboken6.isValid(opener) and opener.isVisible():
            opener.setFocus()

    def _bring(self, screen: "Screen") -> None:
        for place in self.screens.findChildren(Scrolling):
            if place.widget() is screen:
                self.screens.setCurrentWidget(place)
        self._show_rail()
        screen.focus_first()

    @Slot()
    def _on_stop_wanted(self) -> None:
        """Stop the round, but only while it is in view; or close what is open beside it."""
        if self._rooms is not None and self._rooms.replay.isVisible():
            self._on_replay_closed()
        elif self._rooms is not None and self._rooms.runs.isVisible():
            self._rooms.runs.step_back()
        elif self._rooms is not None and self._rooms.verdict.isVisible():
            self._rooms.verdict.step_back()
        elif self.arena.isVisible():
            self.arena.step_back()

    @Slot()
    def _on_question_wanted(self) -> None:
        if self._first is self.arena:
            self.rail.arena.click()

    @Slot()
    def _on_choices_wanted(self) -> None:
        """Open or shut the settings for the answers, wherever the user is."""
        if self._first is not self.arena:
            return
        is_open = self.arena.isVisible() and self.arena.is_drawer_open
        self.rail.arena.click()
        self.arena.show_drawer(not is_open)

    @Slot(str)
    def _on_theme_chosen(self, choice: ThemeChoice) -> None:
        self._theme.choose(choice)
        self._keeper.change(theme=choice)

    @Slot()
    def _on_projector_wanted(self) -> None:
        """Make everything large, or usual again."""
        is_on = not self._theme.is_projector
        self._show_projector(is_on=is_on)
        self._keeper.change(projector=is_on)

    def _show_projector(self, *, is_on: bool) -> None:
        if self.arena.prompt_card.leave_button.hasFocus():
            self.arena.focus_first()  # that button is about to go
        self._theme.use_projector(is_on=is_on)
        if is_on:
            self._on_question_wanted()
        self._show_rail()
        for widget in self.findChildren(QWidget):
            widget.updateGeometry()  # many are of a size that depends on the theme's

    def _show_rail(self) -> None:
        """Leave the rail out where the Arena is large; all other screens keep it."""
        place = self.screens.currentWidget()
        is_arena = isinstance(place, Scrolling) and place.widget() is self.arena
        self.rail.setVisible(not (is_arena and self._theme.is_projector))

    @Slot(object)
    def _on_mode_changed(self, mode: Mode) -> None:
        self._keeper.change(mode=mode.value)

    @Slot(object)
    def _on_contenders_changed(self, cards: tuple[ModelCard, ...]) -> None:
        self._keeper.change(last_contenders=tuple(card.reference for card in cards))

    @Slot()
    def _on_next_pane_wanted(self) -> None:
        answers = [pane.answer for pane in self.arena.pane_row.panes.values()]
        if answers and self.arena.isVisible():
            focused = next((i for i, answer in enumerate(answers) if answer.hasFocus()), -1)
            answers[(focused + 1) % len(answers)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _ask_before_closing(self) -> None:
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._is_pack_running:
            box.setWindowTitle(_("A pack is being run"))
            box.setText(_("The models are still answering. Pause the run and quit?"))
            box.setInformativeText(
                _("Answers that are finished are kept, and the run can go on next time.")
            )
        elif self.arena.is_making:
            box.setWindowTitle(_("A copy is being made"))
            box.setText(_("A copy of a model is still being made. Give it up and quit?"))
            box.setInformativeText(_("Nothing unfinished is left behind."))
        else:
            box.setWindowTitle(_("A round is running"))
            box.setText(_("The models are still answering. Stop them and quit?"))
            box.setInformativeText(_("Answers that are finished are kept."))
        box.addButton(_("Stop and quit"), QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(_("Keep running"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.accepted.connect(self._on_close_confirmed)
        box.open()

    @Slot()
    def _on_close_confirmed(self) -> None:
        self._may_close = True
        self.close()


def _decoded(geometry: str | None) -> QByteArray | None:
    if geometry is None:
        return None
    try:
        return QByteArray(base64.b64decode(geometry, validate=True))
    except (binascii.Error, ValueError):
        return None
