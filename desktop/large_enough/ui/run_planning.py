"""Fills the set-up of a run, has it checked, and makes the plan."""

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from large_enough.comparison.run_matrix import RunMatrix
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.model_card import ModelCard
from large_enough.domain.pack import Pack
from large_enough.domain.pack_run import RUN_LETTERS, PackRunPlan, PackRunRecord
from large_enough.ui.background import Background
from large_enough.ui.library import ModelLibrary
from large_enough.ui.run_services import RunArchive
from large_enough.ui.widgets.run_checks import CheckLine, CheckVerdict
from large_enough.ui.widgets.run_setup import RunSetup
from large_enough.wording.failures import explain
from large_enough.wording.translate import _

CHECK_PAUSE_MS = 400
"""What is chosen is checked when nothing was changed for so long."""

if TYPE_CHECKING:
    Checked = tuple[PackRunPlan, tuple[CheckLine, ...]]


class RunPlanning(QObject):
    """Keeps the set-up and what was found for it together.

    Signals:
        planned: The run is to begin: `PackRunPlan`, and its `RunMatrix` with what is there already.
        failed: A model could not be opened: `ErrorInfo`.
    """

    planned = Signal(object, object)
    failed = Signal(object)

    def __init__(
        self,
        setup: RunSetup,
        archive: RunArchive,
        library: ModelLibrary,
        background: Background,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._setup = setup
        self._archive = archive
        self._library = library
        self._background = background
        self._window = window
        self._plan: PackRunPlan | None = None
        self._stopped = threading.Event()  # of the check under way
        self._letter_for_file = ""
        self._base_reference = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CHECK_PAUSE_MS)
        self._timer.timeout.connect(self._check)
        setup.changed.connect(self._on_changed)
        setup.run_wanted.connect(self._on_run_wanted)
        setup.contenders.file_wanted.connect(self._on_file_wanted)
        setup.contenders.adapter_wanted.connect(self._on_adapter_wanted)
        library.scanned.connect(self._on_scanned)
        library.opened.connect(self._on_opened)

    def open_pack(self, pack: Pack, cards: Sequence[ModelCard]) -> None:
        """Set up a new run of a pack.

        Args:
            pack: What is asked.
            cards: Who takes part; what took part before, or the first models, if none are named.
        """
        contenders = self._setup.contenders
        contenders.offer(self._library.cards)
        before = () if self._setup.record is not None else contenders.cards
        known = {card.reference for card in self._library.cards}
        kept = [card for card in before if card.reference in known]
        contenders.show_cards(tuple(cards) or tuple(kept) or self._library.cards[:2])
        self._setup.show_pack(pack)

    def open_record(self, record: PackRunRecord) -> None:
        """Let contenders be added to a run."""
        self._setup.contenders.offer(self._library.cards)
        self._setup.show_record(record)

    def close(self) -> None:
        """Let the check under way end soon."""
        self._timer.stop()
        self._stopped.set()

    @Slot()
    def _on_changed(self) -> None:
        self.close()
        self._plan = None
        if self._setup.has_enough:
            self._timer.start()

    @Slot()
    def _check(self) -> None:
        """Plan what is chosen, and look at everything that could stand in its way."""
        pack = self._setup.pack
        if pack is None:
            return
        stopped = self._stopped = threading.Event()
        make_plan = self._planner(pack)

        def work() -> "Checked":
            plan = make_plan()
            return plan, self._archive.check(plan, stopped.is_set)

        def on_done(checked: "Checked") -> None:
            if not stopped.is_set():
                self._plan = checked[0]
                self._setup.checks.show_lines(checked[1])
                self._setup.renew_button()

        def on_failed(error: ErrorInfo) -> None:
            if not stopped.is_set():
                words = explain(error)
                line = f"{words.happened} {words.next_step}"
                self._setup.checks.show_lines(
                    (CheckLine(CheckVerdict.BAD, _("This cannot be run"), line),)
                )
                self._setup.renew_button()

        self._background.run("preflight", work, on_done, on_failed)

    def _planner(self, pack: Pack) -> Callable[[], PackRunPlan]:
        cards, record = self._setup.contenders.cards, self._setup.record
        settings = self._setup.options.settings
        if record is not None:
            added = cards[len(record.plan.contenders) :]
            return lambda: self._archive.plan_more(record, added)
        return lambda: self._archive.plan(pack, cards, settings)

    @Slot()
    def _on_run_wanted(self) -> None:
        if self._plan is None:
            return
        record = self._setup.record
        cells = () if record is None else record.cells
        plan, self._plan = self._plan, None
        self.planned.emit(plan, RunMatrix(plan, cells))

    # --- models from elsewhere

    @Slot(object)
    def _on_scanned(self, _outcome: object) -> None:
        self._setup.contenders.offer(self._library.cards)

    @Slot(str)
    def _on_file_wanted(self, letter: str) -> None:
        self._letter_for_file, self._base_reference = letter, ""
        self._ask_for_file(_("Open a model file"))

    @Slot(str)
    def _on_adapter_wanted(self, letter: str) -> None:
        card = self._setup.contenders.cards[RUN_LETTERS.index(letter)]
        self._letter_for_file, self._base_reference = letter, card.reference
        self._ask_for_file(_("Open an adapter for {name}").format(name=card.name))

    def _ask_for_file(self, title: str) -> None:
        dialog = QFileDialog(self._window, title)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("Model files (*.gguf *.echo.json)"))
        dialog.fileSelected.connect(self.open_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def open_file(self, path: str) -> None:
        """Read the file that the user named, as a model or as an adapter on one."""
        base = self._base_reference
        self._library.open_file(f"{base}+{path}" if base else path)

    @Slot(object)
    def _on_opened(self, card: ModelCard) -> None:
        self._setup.contenders.offer(self._library.cards)
        if self._letter_for_file:
            letter, self._letter_for_file = self._letter_for_file, ""
            self._setup.contenders.put(letter, card)
