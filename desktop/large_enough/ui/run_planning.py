"""Fills the set-up of a run, has it checked, and makes the plan."""

import threading
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from large_enough.comparison.run_matrix import RunMatrix
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.model_card import ModelCard
from large_enough.domain.pack import Pack
from large_enough.domain.pack_run import RUN_LETTERS, PackRunPlan, PackRunRecord
from large_enough.ui.background import Background
from large_enough.ui.library import ModelLibrary
from large_enough.ui.run_services import PackRunner, RunArchive
from large_enough.ui.widgets.run_checks import CheckLine, CheckVerdict
from large_enough.ui.widgets.run_setup import RunSetup
from large_enough.wording.failures import explain
from large_enough.wording.translate import _

CHECK_PAUSE_MS = 400
"""What is chosen is checked when nothing was changed for so long."""


class _Ear:
    """Shows what is found in one check, as long as nothing else is chosen."""

    def __init__(self, setup: RunSetup) -> None:
        self._setup = setup
        self._gone = threading.Event()
        self._lines: list[CheckLine] = []
        self.is_over = False

    @property
    def is_gone(self) -> bool:
        """Whether something else is chosen by now."""
        return self._gone.is_set()

    def leave(self) -> None:
        """Show nothing any more."""
        self._gone.set()

    def take_line(self, line: CheckLine) -> None:
        """Show one more line."""
        if not self.is_gone:
            self._lines.append(line)
            self._setup.checks.show_lines(self._lines, is_complete=False)

    def end(self) -> None:
        """Allow the run, if nothing speaks against it."""
        self.is_over = True
        if not self.is_gone:
            self._setup.checks.show_lines(self._lines, is_complete=True)
            self._setup.renew_button()

    def fail(self, error: ErrorInfo) -> None:
        """Say why this cannot be run."""
        words = explain(error)
        line = f"{words.happened} {words.next_step}"
        self.take_line(CheckLine(CheckVerdict.BAD, _("This cannot be run"), line))
        self.end()


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
        runner: PackRunner,
        archive: RunArchive,
        library: ModelLibrary,
        background: Background,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._setup = setup
        self._runner = runner
        self._archive = archive
        self._library = library
        self._background = background
        self._window = window
        self._plan: PackRunPlan | None = None
        self._ear: _Ear | None = None  # of the check under way
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
        if self._ear is not None and not self._ear.is_over:
            self._ear.leave()
            self._runner.pause_pack()

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
        ear = self._ear = _Ear(self._setup)

        def on_planned(plan: PackRunPlan) -> None:
            if not ear.is_gone:
                self._plan = plan
                self._runner.check_pack(plan, ear)

        self._background.run("plan", self._planner(pack), on_planned, ear.fail)

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
