"""The Arena: one question, two to four contenders, what each answer takes."""

import itertools
from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from large_enough.comparison.plans import new_round
from large_enough.domain.clock import Clock
from large_enough.domain.errors import ErrorInfo, LargeEnoughError
from large_enough.domain.generation import LoadSettings
from large_enough.domain.model_card import ModelCard
from large_enough.domain.prompt import Prompt
from large_enough.domain.round import LETTERS, RoundPlan
from large_enough.domain.thorough import ThoroughPlan
from large_enough.ui.library import ModelLibrary
from large_enough.ui.round_view import RoundView
from large_enough.ui.services import RoundRunner
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.comparison_card import ComparisonCard
from large_enough.ui.widgets.pane_row import PaneRow
from large_enough.ui.widgets.prompt_box import MOST_LINES
from large_enough.ui.widgets.prompt_card import PromptCard

SAFER_LOAD = LoadSettings(
    context_tokens=1024, batch_tokens=256, ubatch_tokens=128, use_repack=False
)
"""Needs the least memory that a short question can do with."""

_LOW_HEIGHT_PX = 720
_ROOMY_COUNT = 2  # with more contenders, bars and figures need the height
_MOST_LINES = (MOST_LINES, 3, 2, 2)  # of the question, by how many things crowd the window


class ArenaScreen(QWidget):
    """Prompt card, panes, comparison card.

    Signals:
        file_wanted: The user wants to open a model file for the contender with that letter.
        contenders_changed: Other models take part: a tuple of `ModelCard`.
        failed: Something the user asked for did not work: `ErrorInfo`.
        running_changed: A round has begun (True) or ended (False).
    """

    file_wanted = Signal(str)
    contenders_changed = Signal(object)
    failed = Signal(object)
    running_changed = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        clock: Clock,
        library: ModelLibrary,
        runner: RoundRunner,
        prompts: Sequence[Prompt],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._runner = runner
        self._plan: RoundPlan | None = None
        self.prompt_card = PromptCard(theme, prompts)
        self.pane_row = PaneRow(theme, clock)
        self.comparison = ComparisonCard(theme)
        self.round_view = RoundView(self.pane_row, self.comparison, self)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.prompt_card)
        self._column.addWidget(self.pane_row, 1)
        self._column.addWidget(self.comparison)
        self._space_out(is_tight=False)
        self._connect()

    def _connect(self) -> None:
        self.prompt_card.asked.connect(self.ask)
        self.prompt_card.measuring_wanted.connect(self.measure)
        self.prompt_card.stopped.connect(self.stop)
        self.round_view.ended.connect(self._on_round_ended)
        self.comparison.table_toggled.connect(self._share_height)
        for menu in (self.prompt_card.add_menu, self.pane_row.seat.menu):
            menu.model_chosen.connect(self._on_model_added)
            menu.file_wanted.connect(self._on_file_for_new_wanted)
        self.pane_row.model_chosen.connect(self.put_model)
        self.pane_row.file_wanted.connect(self.file_wanted)
        self.pane_row.removal_wanted.connect(self._on_removal_wanted)
        self.pane_row.retry_wanted.connect(self._on_retry_wanted)

    # --- contenders

    def show_contenders(self, cards: Sequence[ModelCard]) -> None:
        """Let these models take part, A first."""
        self.pane_row.show_contenders(cards[: len(LETTERS)])
        self.comparison.show_nothing(max(2, len(self.pane_row.cards)))
        self.renew_offers()
        self._share_height()
        self._order_focus()
        self.contenders_changed.emit(self.pane_row.cards)

    def _order_focus(self) -> None:
        """Let Tab go from the question through the panes to the comparison."""
        panes = self.pane_row.panes.values()
        order: list[QWidget] = [self.prompt_card.measure_button, self.prompt_card.ask_button]
        order.extend(widget for pane in panes for widget in pane.focus_order())
        order.extend([self.comparison.table_button, self.comparison.copy_button])
        order.append(self.comparison.table)
        for first, second in itertools.pairwise(order):
            QWidget.setTabOrder(first, second)

    def renew_offers(self) -> None:
        """Offer in all menus what the library has now."""
        cards, count = self._library.cards, len(self.pane_row.cards)
        self.pane_row.offer(cards, self._library.missing_starters())
        self.prompt_card.add_menu.offer(cards, None, can_remove=False)
        self.prompt_card.show_contender_count(count, can_add=2 <= count < len(LETTERS))

    @Slot(str, object)
    def put_model(self, letter: str, card: ModelCard) -> None:
        """Let this model be the contender with that letter, or one more if there is none."""
        cards = list(self.pane_row.cards)
        index = LETTERS.index(letter)
        cards[index : index + 1] = [card]
        self.show_contenders(cards)

    @Slot(object)
    def _on_model_added(self, card: ModelCard) -> None:
        self.show_contenders((*self.pane_row.cards, card))

    @Slot()
    def _on_file_for_new_wanted(self) -> None:
        self.file_wanted.emit(LETTERS[len(self.pane_row.cards)])

    @Slot(str)
    def _on_removal_wanted(self, letter: str) -> None:
        cards = list(self.pane_row.cards)
        del cards[LETTERS.index(letter)]
        self.show_contenders(cards)

    # --- rounds

    @Slot()
    def ask(self) -> None:
        """Ask all contenders the question in the box."""
        self._start(self.prompt_card.prompt, self.prompt_card.system)

    @Slot()
    def measure(self) -> None:
        """Measure all contenders thoroughly with the question in the box."""
        plan = self._planned(self.prompt_card.prompt, self.prompt_card.system)
        if plan is None:
            return
        self._plan = plan
        self.round_view.begin_measurement(plan)
        self._show_running(is_running=True)
        question = Prompt(id="arena", domain="", text=plan.prompt)
        self._runner.measure(ThoroughPlan(template=plan, prompts=(question,)))

    @Slot()
    def stop(self) -> None:
        """Stop all contenders."""
        if self.round_view.is_running:
            self.prompt_card.show_stopping()
            self._runner.stop()

    def hinder(self, reason: str) -> None:
        """Say why nothing can be asked for now; empty when it can again."""
        self.prompt_card.hinder(reason)

    @Slot()
    def focus_first(self) -> None:
        """Give the keyboard to the question."""
        self.prompt_card.box.setFocus()

    def fail_round(self, error: ErrorInfo) -> None:
        """Show that the round could not be run at all."""
        self.round_view.fail(error)

    @Slot(str, bool)
    def _on_retry_wanted(self, letter: str, is_safer: bool) -> None:
        if self._plan is not None:
            safer = letter if is_safer else ""
            self._start(self._plan.prompt, self._plan.system, safer_letter=safer)

    def _start(self, prompt: str, system: str, *, safer_letter: str = "") -> None:
        plan = self._planned(prompt, system)
        if plan is None:
            return
        self._plan = _made_safer(plan, safer_letter)
        self.round_view.begin(self._plan)
        self._show_running(is_running=True)
        self._runner.ask(self._plan)

    def _planned(self, prompt: str, system: str) -> RoundPlan | None:
        """Return the plan of a round; None if one is running, or if there can be none."""
        if self.round_view.is_running or self.prompt_card.is_hindered:
            return None
        try:
            return new_round(self.pane_row.cards, prompt, system=system, mode=self.prompt_card.mode)
        except LargeEnoughError as error:
            self.failed.emit(error.info)
            return None

    @Slot()
    def _on_round_ended(self) -> None:
        self._show_running(is_running=False)

    def _show_running(self, *, is_running: bool) -> None:
        self.prompt_card.show_running(is_running=is_running)
        self.pane_row.set_locked(is_locked=is_running)
        self.running_changed.emit(is_running)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room for the answers in a low window."""
        super().resizeEvent(event)
        self._share_height()

    @Slot()
    def _share_height(self) -> None:
        crowding = (
            self.height() < _LOW_HEIGHT_PX,
            self.comparison.table_button.isChecked(),
            len(self.pane_row.cards) > _ROOMY_COUNT,
        )
        self.prompt_card.box.limit_lines(_MOST_LINES[sum(crowding)])
        self._space_out(is_tight=crowding[0] and sum(crowding) > 1)

    def _space_out(self, *, is_tight: bool) -> None:
        margin, gap = (6, 7) if is_tight else (14, 12)
        self._column.setContentsMargins(18, margin, 18, margin)
        self._column.setSpacing(gap)


def _made_safer(plan: RoundPlan, letter: str) -> RoundPlan:
    """Return the plan with settings for that contender which need the least memory."""
    contenders = tuple(
        msgspec.structs.replace(contender, load=SAFER_LOAD)
        if contender.letter == letter
        else contender
        for contender in plan.contenders
    )
    return msgspec.structs.replace(plan, contenders=contenders)
