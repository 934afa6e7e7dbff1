"""The Arena: one question, two to four contenders, what each answer takes."""

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from large_enough.domain.clock import Clock
from large_enough.domain.errors import ErrorInfo, LargeEnoughError
from large_enough.domain.model_card import ModelCard
from large_enough.domain.prompt import Prompt
from large_enough.domain.round import LETTERS, Done, RoundPlan, RoundRecord
from large_enough.domain.thorough import ThoroughPlan
from large_enough.resources.settings import AskingChoices
from large_enough.ui.library import ModelLibrary
from large_enough.ui.round_planner import RoundPlanner
from large_enough.ui.round_samples import ReadingsOf
from large_enough.ui.round_view import RoundView
from large_enough.ui.screens.arena_layout import ArenaLayout
from large_enough.ui.services import RoundRunner
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.comparison_card import ComparisonCard
from large_enough.ui.widgets.pane_row import PaneRow
from large_enough.ui.widgets.prompt_box import asks
from large_enough.ui.widgets.prompt_card import PromptCard
from large_enough.wording.translate import _

if TYPE_CHECKING:
    from large_enough.ui.widgets.asking_drawer import AskingDrawer


class ArenaScreen(QWidget):
    """Prompt card, panes, comparison card.

    Signals:
        file_wanted: The user wants to open a model file for the contender with that letter.
        contenders_changed: Other models take part: a tuple of `ModelCard`.
        failed: Something the user asked for did not work: `ErrorInfo`.
        running_changed: A round has begun (True) or ended (False).
        making_changed: A copy of a model is being made (True), or not any more.
        choices_changed: The user wants models asked otherwise: `AskingChoices`.
    """

    file_wanted = Signal(str)
    contenders_changed = Signal(object)
    failed = Signal(object)
    running_changed = Signal(bool)
    making_changed = Signal(bool)
    choices_changed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        clock: Clock,
        library: ModelLibrary,
        runner: RoundRunner,
        prompts: Sequence[Prompt],
        readings_of: ReadingsOf,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._runner = runner
        self._plan: RoundPlan | None = None
        self._is_making = False
        self._planner = RoundPlanner()
        self.prompt_card = PromptCard(theme, prompts)
        self.pane_row = PaneRow(theme, clock)
        self.comparison = ComparisonCard(theme, readings_of)
        self.round_view = RoundView(self.pane_row, self.comparison, self)
        self._theme = theme
        self._drawer: AskingDrawer | None = None
        self._layout = ArenaLayout(self, theme, self.prompt_card, self.pane_row, self.comparison)
        theme.changed.connect(self._share_room)
        self._connect()

    def _connect(self) -> None:
        self.prompt_card.settings_button.toggled.connect(self.show_drawer)
        self.prompt_card.asked.connect(self.ask)
        self.prompt_card.measuring_wanted.connect(self.measure)
        self.prompt_card.stopped.connect(self.stop)
        self.round_view.recorded.connect(self._on_recorded)
        self.round_view.ended.connect(self._on_round_ended)
        self.comparison.view_changed.connect(self._share_room)
        for menu in (self.prompt_card.add_menu, self.pane_row.seat.menu):
            menu.model_chosen.connect(self._on_model_added)
            menu.file_wanted.connect(self._on_file_for_new_wanted)
        self.pane_row.model_chosen.connect(self.put_model)
        self.pane_row.file_wanted.connect(self.file_wanted)
        self.pane_row.removal_wanted.connect(self._on_removal_wanted)
        self.pane_row.retry_wanted.connect(self._on_retry_wanted)
        self.pane_row.stop_wanted.connect(self._on_pane_stop_wanted)
        self.pane_row.completion_wanted.connect(self._on_completion_wanted)

    # --- contenders

    def show_contenders(self, cards: Sequence[ModelCard]) -> None:
        """Let these models take part, A first; others than before begin a new conversation."""
        before = [card.reference for card in self.pane_row.cards]
        self.pane_row.show_contenders(cards[: len(LETTERS)])
        if before != [card.reference for card in self.pane_row.cards]:
            self._end_conversation(_("other models take part: a new conversation"))
        self.comparison.show_nothing(max(2, len(self.pane_row.cards)))
        self.renew_offers()
        self._share_room()
        self._order_focus()
        self.contenders_changed.emit(self.pane_row.cards)

    def _order_focus(self) -> None:
        """Let Tab go from the question through the panes to the comparison."""
        panes = self.pane_row.panes.values()
        card = self.prompt_card
        order: list[QWidget] = [card.box, *card.turn_switch.parts, *card.switch.parts]
        order.extend([card.settings_button, card.add_button, card.measure_button, card.ask_button])
        order.extend(widget for pane in panes for widget in pane.focus_order())
        order.extend(self.comparison.focus_order)
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
        cards, index = list(self.pane_row.cards), LETTERS.index(letter)
        del cards[index]
        self.show_contenders(cards)
        panes = tuple(self.pane_row.panes.values())
        panes[min(index, len(panes) - 1)].head.picker.setFocus()  # the last pane has gone

    # --- rounds

    @Slot()
    def ask(self) -> None:
        """Ask all contenders the question in the box."""
        self._start(self._planned())

    @Slot()
    def measure(self) -> None:
        """Measure all contenders thoroughly with the question in the box."""
        plan = None if self.prompt_card.is_follow_up else self._planned()
        if plan is None:
            return
        self._plan = plan
        self._end_conversation()
        self._make_way()
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

    @Slot(str)
    def _on_pane_stop_wanted(self, letter: str) -> None:
        """Stop one contender; the others go on."""
        if self.round_view.is_running:
            self.pane_row.panes[letter].show_stopping()
            self._runner.stop(letter)

    @Slot()
    def step_back(self) -> None:
        """Stop what runs; if nothing does, close the drawer."""
        if self.round_view.is_running:
            self.stop()
        elif self.is_drawer_open and self.isVisible():
            self._on_drawer_closed()

    # --- how models are asked

    def use_choices(self, choices: AskingChoices) -> None:
        """Ask models like that from now on."""
        self._take_choices(choices)

    @property
    def drawer(self) -> "AskingDrawer":
        """Everything that can be set for the answers; built when it is first wanted."""
        if self._drawer is None:
            from large_enough.ui.widgets.asking_drawer import AskingDrawer

            self._drawer = AskingDrawer(self._theme)
            self._drawer.show_choices(self._planner.choices)
            self._drawer.closed.connect(self._on_drawer_closed)
            self._drawer.changed.connect(self._on_choices_changed)
            self._layout.add_drawer(self._drawer)
        return self._drawer

    @property
    def is_drawer_open(self) -> bool:
        """Whether the drawer is to be seen when the Arena is."""
        return self._drawer is not None and not self._drawer.isHidden()

    @Slot(bool)
    def show_drawer(self, is_open: bool) -> None:
        """Open the drawer with the settings, or shut it."""
        self.prompt_card.settings_button.setChecked(is_open)
        if is_open or self.is_drawer_open:
            self.drawer.setVisible(is_open)
        self._layout.share_width()
        if is_open:
            self.drawer.focus_first()

    @Slot()
    def _on_drawer_closed(self) -> None:
        self.show_drawer(False)
        self.prompt_card.settings_button.setFocus()

    @Slot(object)
    def _on_choices_changed(self, choices: AskingChoices) -> None:
        self._take_choices(choices)
        self.choices_changed.emit(choices)

    @Slot(bool)
    def _on_completion_wanted(self, must_ask: bool) -> None:
        """Have texts continued from now on, beginning with the last one if that is wanted."""
        if not self._may_ask:
            return
        choices = msgspec.structs.replace(self._planner.choices, is_completion=True)
        self._on_choices_changed(choices)
        if must_ask:
            self._on_retry_wanted("", False)

    def _take_choices(self, choices: AskingChoices) -> None:
        self.pane_row.show_style(is_completion=choices.is_completion)
        self._planner.choices = choices
        if self._drawer is not None and self._drawer.choices != choices:
            self._drawer.show_choices(choices)
        self.prompt_card.show_choices(choices)
        if not self.round_view.is_running:
            self._offer_conversation()

    # --- what others ask and say

    def hinder(self, reason: str) -> None:
        """Say why nothing can be asked for now; empty when it can again."""
        self.prompt_card.hinder(reason)

    @property
    def is_making(self) -> bool:
        """Whether a copy of a model is being made."""
        return self._is_making

    def show_making(self, *, is_on: bool) -> None:
        """Let nothing be asked while a copy of a model is made."""
        self._is_making = is_on
        words = _("A copy of a model is being made: ask when that is done.") if is_on else ""
        self.prompt_card.hinder(words, by="making")
        self.making_changed.emit(is_on)

    @Slot()
    def focus_first(self) -> None:
        """Give the keyboard to the question."""
        self.prompt_card.box.setFocus()

    def fail_round(self, error: ErrorInfo) -> None:
        """Show that the round could not be run at all."""
        self.round_view.fail(error)

    @Slot(str, bool)
    def _on_retry_wanted(self, letter: str, is_safer: bool) -> None:
        if self._plan is not None and self._may_ask:
            cards, mode = self.pane_row.cards, self.prompt_card.mode
            safer = letter if is_safer else ""
            self._start(self._planner.again(self._plan, cards, mode, safer_letter=safer))

    def _start(self, plan: RoundPlan | None) -> None:
        if plan is None:
            return
        self._plan = plan
        self._make_way()
        self.round_view.begin(plan)
        self._show_running(is_running=True)
        self._runner.ask(plan)

    @property
    def _may_ask(self) -> bool:
        return not (self.round_view.is_running or self.prompt_card.is_hindered)

    def _planned(self) -> RoundPlan | None:
        """Return the plan of what stands in the box; None if it cannot be asked now."""
        if not self._may_ask:
            return None
        card = self.prompt_card
        try:
            if card.is_follow_up:
                return self._planner.further_question(card.prompt, card.mode).plan
            return self._planner.question(self.pane_row.cards, card.prompt, card.system, card.mode)
        except LargeEnoughError as error:
            self.failed.emit(error.info)
            return None

    @Slot(object)
    def _on_recorded(self, record: RoundRecord) -> None:
        """Offer to go on from these answers, if there are any."""
        self._planner.remember(record)
        self._offer_conversation(
            is_answered=any(isinstance(result, Done) for result in record.results)
        )

    def _offer_conversation(self, *, is_answered: bool = False) -> None:
        if self._planner.can_follow_up:
            self.prompt_card.offer_follow_up(is_answered=is_answered)
        elif self._planner.is_asked_otherwise:
            self.prompt_card.end_conversation(_("models are asked otherwise: a new conversation"))
        else:
            self.prompt_card.end_conversation()

    def _end_conversation(self, reason: str = "") -> None:
        """Let the next question be a new one; say why if somebody wanted to go on."""
        must_explain = self.prompt_card.is_follow_up or self._planner.is_in_conversation
        self._planner.forget()
        self.prompt_card.end_conversation(reason if must_explain else "")

    @Slot()
    def _on_round_ended(self) -> None:
        self._show_running(is_running=False)

    def _show_running(self, *, is_running: bool) -> None:
        self.prompt_card.show_running(is_running=is_running)
        self.pane_row.set_locked(is_locked=is_running)
        self.running_changed.emit(is_running)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask on Ctrl+Enter from wherever nothing else takes it."""
        if asks(event):
            self.prompt_card.box.asked.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room for the answers in a low or narrow window."""
        super().resizeEvent(event)
        self._share_room()

    @Slot()
    def _share_room(self) -> None:
        self._layout.share_width()
        self._layout.share_height()

    def _make_way(self) -> None:
        """Shut the drawer if it stands where answers are about to come."""
        if self.is_drawer_open and not self._layout.has_room_beside:
            self.show_drawer(False)
