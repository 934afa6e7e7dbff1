"""Leads from the history to a round, from there to a replay, to files and back to the Arena."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from large_enough.comparison.costing_settings import costing_of
from large_enough.domain.prompt import Prompt
from large_enough.domain.round import RoundRecord
from large_enough.ui.archive import Format, Wish
from large_enough.ui.drawing_files import Picture, drawing_bytes
from large_enough.ui.past_rounds import Explanation, PastRounds
from large_enough.ui.round_words import file_stem
from large_enough.ui.save_dialog import save_dialog
from large_enough.ui.screens.arena import ArenaScreen
from large_enough.ui.screens.first_run import FirstRunScreen
from large_enough.ui.screens.history import HistoryScreen
from large_enough.ui.settings_keeper import SettingsKeeper
from large_enough.wording.translate import _

if TYPE_CHECKING:
    from large_enough.comparison.differences import Differences
    from large_enough.comparison.history import RoundSummary
    from large_enough.figures.primitives import Drawing
    from large_enough.store.log_reading import LoggedRound


class HistoryFlow(QObject):
    """Has rounds listed and read when they are to be seen, and does what the user wants with them.

    Signals:
        replay_wanted: The user wants to watch this `RoundRecord`.
        arena_wanted: A question is in the Arena's box, to be asked again.
        noticed: Something the user should know, in words.
        failed: Something did not work: `ErrorInfo`.
    """

    replay_wanted = Signal(object)
    arena_wanted = Signal()
    noticed = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        rounds: PastRounds,
        screen: HistoryScreen,
        first_run: FirstRunScreen,
        arena: ArenaScreen,
        keeper: SettingsKeeper,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._rounds = rounds
        self._screen = screen
        self._arena = arena
        self._keeper = keeper
        self._window = parent
        self._wanted_path = ""
        self._connect_rounds()
        self._connect_screen()
        first_run.race_wanted.connect(rounds.open_example)
        arena.comparison.replay_wanted.connect(self.replay_wanted)

    def _connect_rounds(self) -> None:
        rounds = self._rounds
        rounds.listed.connect(self._on_listed)
        rounds.opened.connect(self._on_opened)
        rounds.example_opened.connect(self._on_example_opened)
        rounds.compared.connect(self._on_compared)
        rounds.explained.connect(self._on_explained)
        rounds.saved.connect(self.noticed)
        rounds.failed.connect(self.failed)

    def _connect_screen(self) -> None:
        screen, detail = self._screen, self._screen.detail
        screen.shown.connect(self._on_shown)
        self._arena.running_changed.connect(self._on_running_changed)
        screen.wished.connect(self._on_wished)
        screen.round_wanted.connect(self._on_round_wanted)
        screen.example_wanted.connect(self._rounds.open_example)
        detail.replay_wanted.connect(self.replay_wanted)
        detail.repeat_wanted.connect(self._on_repeat_wanted)
        detail.export_wanted.connect(self._on_export_wanted)
        detail.picture_wanted.connect(self._on_picture_wanted)
        detail.comparing_wanted.connect(self._rounds.compare)
        detail.explanation_wanted.connect(self._rounds.explain)

    # --- listing and reading

    @Slot()
    def _on_shown(self) -> None:
        self._rounds.find(self._screen.wish)

    @Slot(bool)
    def _on_running_changed(self, is_running: bool) -> None:
        if not is_running and self._screen.isVisible():
            self._on_shown()  # there is one more now

    @Slot(object)
    def _on_wished(self, wish: Wish) -> None:
        self._rounds.find(wish)

    @Slot(object)
    def _on_listed(self, rounds: "tuple[RoundSummary, ...]") -> None:
        self._screen.show_rounds(rounds)

    @Slot(str)
    def _on_round_wanted(self, path: str) -> None:
        self._wanted_path = path
        self._rounds.open(path)

    @Slot(object)
    def _on_opened(self, logged: "LoggedRound") -> None:
        if logged.path != self._wanted_path:
            return
        if logged.record is not None:
            costing = costing_of(self._keeper.settings)
            self._screen.show_record(logged.record, costing, logged.problem)
        elif logged.problem is not None:
            self._screen.show_problem(logged.problem)

    @Slot(object)
    def _on_example_opened(self, logged: "LoggedRound") -> None:
        if logged.record is not None:
            self.replay_wanted.emit(logged.record)
        elif logged.problem is not None:
            self.failed.emit(logged.problem)

    @Slot(object)
    def _on_compared(self, found: "Differences") -> None:
        self._screen.detail.differences.show_differences(found)

    @Slot(object)
    def _on_explained(self, explanation: Explanation) -> None:
        record = self._screen.detail.record
        if record is not None and record.plan.round_id == explanation.round_id:
            self._screen.detail.charts.explain(explanation.sentences)

    # --- what is done with a round

    @Slot(object)
    def _on_repeat_wanted(self, record: RoundRecord) -> None:
        if self._arena.round_view.is_running:
            self.noticed.emit(_("A round is running. Ask again once it has ended."))
            return
        card, plan = self._arena.prompt_card, record.plan
        card.write(plan.prompt)
        if plan.system:  # belongs to the question, as with one from the list
            question = Prompt(id=plan.round_id, domain="", text=plan.prompt, system=plan.system)
            card.chips.prompt_chosen.emit(question)
        self.arena_wanted.emit()

    @Slot(object, object)
    def _on_export_wanted(self, record: RoundRecord, form: Format) -> None:
        costing = costing_of(self._keeper.settings)
        dialog = save_dialog(self._window, _("Save the round"), f"{file_stem(record)}.{form.value}")

        def on_selected(path: str) -> None:
            self._rounds.export(record, form, costing, path)

        dialog.fileSelected.connect(on_selected)
        dialog.open()

    @Slot(object, object, object)
    def _on_picture_wanted(self, record: RoundRecord, drawing: "Drawing", picture: Picture) -> None:
        dialog = save_dialog(
            self._window, _("Save the chart"), f"{file_stem(record)}.{picture.value}"
        )

        def on_selected(path: str) -> None:
            self._rounds.save(path, drawing_bytes(drawing, picture))

        dialog.fileSelected.connect(on_selected)
        dialog.open()
