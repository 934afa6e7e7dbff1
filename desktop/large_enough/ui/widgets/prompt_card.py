"""The card on which a question is put."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from large_enough.domain.prompt import Prompt
from large_enough.domain.round import Mode
from large_enough.resources.settings import AskingChoices
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button, IconButton
from large_enough.ui.widgets.domain_chips import DomainChips
from large_enough.ui.widgets.labels import FittingLabel
from large_enough.ui.widgets.model_picker import ModelMenu
from large_enough.ui.widgets.prompt_box import PromptBox
from large_enough.ui.widgets.settings_button import SettingsButton
from large_enough.ui.widgets.turn_switch import TurnSwitch
from large_enough.ui.widgets.two_part_switch import TwoPartSwitch
from large_enough.wording.states import mode_explanation, mode_in_short, mode_title
from large_enough.wording.translate import _

_MODES = (Mode.MEASURED, Mode.TOGETHER)


class PromptCard(QFrame):
    """Domains, the question, the mode, and the one primary button.

    After a round, the question is a new one, or a further one in the same conversation.

    Signals:
        asked: The user wants the question answered.
        measuring_wanted: The user wants it measured thoroughly.
        stopped: The user wants the round stopped.
        mode_changed: The user chose this `Mode`.
    """

    asked = Signal()
    measuring_wanted = Signal()
    stopped = Signal()
    mode_changed = Signal(object)

    def __init__(
        self, theme: Theme, prompts: Sequence[Prompt], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.chips = DomainChips(theme, prompts)
        self.box = PromptBox(theme)
        titles = (mode_title(Mode.MEASURED), mode_title(Mode.TOGETHER))
        self.switch = TwoPartSwitch(theme, _("How the models answer"), titles)
        self.turn_switch = TurnSwitch(theme)
        self.explanation = FittingLabel(theme, Type.SOFT, tone="soft")
        self.settings_button = SettingsButton(theme)
        self.add_button = Button(theme, _("Add a model"), picture="plus")
        self.add_menu = ModelMenu(theme, self.add_button)
        self.measure_button = Button(theme, _("Measure thoroughly"), picture="gauge")
        self.ask_button = Button(theme, "", picture="play", is_picture_behind=True, kind="primary")
        self.leave_button = IconButton(theme, "close", _("Leave the projector mode (Ctrl+Shift+P)"))
        self._theme = theme
        self._is_running = False
        self._is_stopping = False
        self._hindrances: dict[str, str] = {}
        self._contender_count = 2
        self._can_add = False
        self._system = ""
        self._own_text = ""  # what stood in the box before a follow-up was wanted
        self._why_new = ""
        self._is_setting_text = False
        self._arrange()
        self._connect()
        self._on_theme_changed()

    # --- what others ask and say

    @property
    def prompt(self) -> str:
        """The question as it stands."""
        return self.box.toPlainText()

    @property
    def system(self) -> str:
        """The system message that belongs to the chosen question; empty for an own one."""
        return self._system

    @property
    def mode(self) -> Mode:
        """The mode that is chosen."""
        return _MODES[self.switch.index]

    @property
    def is_follow_up(self) -> bool:
        """Whether the question goes on in the conversation of the last round."""
        return self.turn_switch.is_follow_up

    def offer_follow_up(self, *, is_answered: bool) -> None:
        """Let the user choose between a new question and a further one.

        Args:
            is_answered: Whether the further question in the box has got an answer: it stands above
                that now, and the box is free for the next one.
        """
        if self.is_follow_up and is_answered:
            self._set_text("")
        self.turn_switch.offer(is_offered=True)
        self._show_turn()

    def end_conversation(self, reason: str = "") -> None:
        """Let the next question be a new one.

        Args:
            reason: Why that must be, in words; empty where nobody would wonder.
        """
        if self.is_follow_up:
            self._leave_follow_up()
        self.turn_switch.offer(is_offered=False)
        self._why_new = reason
        self._show_turn()

    def show_choices(self, choices: AskingChoices) -> None:
        """Show whether models are asked otherwise than usual."""
        self.settings_button.mark(is_marked=choices != AskingChoices())
        self.turn_switch.is_completion = choices.is_completion
        self._show_turn()

    def choose_mode(self, mode: Mode) -> None:
        """Choose a mode without telling anybody."""
        self.switch.choose(_MODES.index(mode))
        self._explain()
        self._show_action()

    def write(self, text: str) -> None:
        """Put an own question into the box."""
        self._choose_new()
        self.chips.choose_own()
        self._system = ""
        self._set_text(text)

    def show_running(self, *, is_running: bool) -> None:
        """Turn the primary button into Stop, or back."""
        self._is_running = is_running
        self._is_stopping = False
        self._why_new = ""
        for widget in (self.chips, self.switch, self.turn_switch, self.add_button):
            widget.setEnabled(not is_running)
        self.box.setReadOnly(is_running)
        self._show_turn()

    @property
    def is_hindered(self) -> bool:
        """Whether nothing can be asked for now."""
        return bool(self._hindrances)

    def hinder(self, reason: str, *, by: str = "") -> None:
        """Say why nothing can be asked for now.

        Args:
            reason: In words; empty when this is no hindrance any more.
            by: Who hinders, where several may do so at once.
        """
        self._hindrances.pop(by, None)
        if reason:
            self._hindrances[by] = reason
        self._explain()
        self._show_action()

    def show_stopping(self) -> None:
        """Show that the round is about to stop."""
        self._is_stopping = True
        self._show_action()

    def show_contender_count(self, count: int, *, can_add: bool) -> None:
        """Name the button after how many will answer."""
        self._contender_count = count
        self._can_add = can_add
        self._show_action()

    @property
    def _hindrance(self) -> str:
        return next(iter(self._hindrances.values()), "")

    # --- building

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(15, 13, 15, 13)
        column.setSpacing(8)
        column.addWidget(self.chips)
        question = QHBoxLayout()
        question.setSpacing(12)
        question.addWidget(self.box, 1, Qt.AlignmentFlag.AlignTop)
        question.addWidget(self.turn_switch, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(question)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.switch)
        row.addWidget(self.explanation, 1)
        row.addWidget(self.settings_button)
        row.addWidget(self.add_button)
        row.addWidget(self.measure_button)
        row.addWidget(self.ask_button)
        row.addWidget(self.leave_button)
        column.addLayout(row)

    def _connect(self) -> None:
        self._theme.changed.connect(self._on_theme_changed)
        self.add_button.setMenu(self.add_menu)
        self.ask_button.clicked.connect(self._on_ask_clicked)
        self.measure_button.clicked.connect(self.measuring_wanted)
        self.box.asked.connect(self._on_box_asked)
        self.box.textChanged.connect(self._on_text_changed)
        self.chips.prompt_chosen.connect(self._on_prompt_chosen)
        self.chips.own_chosen.connect(self._on_own_chosen)
        self.switch.chosen.connect(self._on_mode_chosen)
        self.turn_switch.chosen.connect(self._on_turn_chosen)

    # --- what happens

    @Slot()
    def _on_theme_changed(self) -> None:
        """Leave out what is secondary where everything is large."""
        self.chips.setVisible(not self._theme.is_projector)
        self.leave_button.setVisible(self._theme.is_projector)
        self._show_turn()

    @Slot()
    def _on_ask_clicked(self) -> None:
        if self._is_stopping:
            return
        if self._is_running:
            self.stopped.emit()
        else:
            self.asked.emit()

    @Slot()
    def _on_box_asked(self) -> None:
        if not self._is_running and self.ask_button.isEnabled():
            self.asked.emit()

    @Slot()
    def _on_text_changed(self) -> None:
        if not self._is_setting_text and not self.is_follow_up:
            self._system = ""
            self.chips.choose_own()
        self._show_action()

    @Slot(object)
    def _on_prompt_chosen(self, prompt: Prompt) -> None:
        self._choose_new()
        self._system = prompt.system
        self._set_text(prompt.text)

    @Slot()
    def _on_own_chosen(self) -> None:
        self._choose_new()
        self.box.selectAll()
        self.box.setFocus()

    @Slot(int)
    def _on_mode_chosen(self) -> None:
        self._explain()
        self._show_action()
        self.mode_changed.emit(self.mode)

    @Slot(int)
    def _on_turn_chosen(self) -> None:
        if self.is_follow_up:
            self._own_text = self.prompt
            self._set_text("")
        else:
            self._leave_follow_up()
        self._show_turn()
        self.box.setFocus()

    def _leave_follow_up(self) -> None:
        """Bring back what stood in the box before; what was begun meanwhile is a question too."""
        if self.prompt.strip():
            self._system = ""
            self.chips.choose_own()
        else:
            self._set_text(self._own_text)

    def _choose_new(self) -> None:
        self.turn_switch.choose_new()
        self._show_turn()

    def _show_turn(self) -> None:
        """Say whether the question would be a new one or a further one."""
        self.box.show_hint(self.turn_switch.hint)
        self._explain()
        self._show_action()

    def _set_text(self, text: str) -> None:
        self._is_setting_text = True
        self.box.setPlainText(text)
        self._is_setting_text = False

    def _explain(self) -> None:
        for mode, part in zip(_MODES, self.switch.parts, strict=True):
            part.setToolTip(mode_explanation(mode))
        if self._hindrance:
            self.explanation.offer(self._hindrance)
        elif self._why_new:
            self.explanation.offer(self._why_new, _("a new conversation"), "")
        elif self.is_follow_up:
            self.explanation.offer(*self.turn_switch.explanations)
        else:
            self.explanation.offer(mode_explanation(self.mode), mode_in_short(self.mode), "")

    def _show_action(self) -> None:
        may_ask = bool(self.box.toPlainText().strip()) and not self._hindrance
        is_measurable = self.mode is Mode.MEASURED and not self.is_follow_up
        may_measure = may_ask and not self._is_running and is_measurable
        is_all_shown = not self._theme.is_projector
        self.add_button.setVisible(is_all_shown and self._can_add)
        self.measure_button.setVisible(is_all_shown and self._contender_count > 1)
        self.measure_button.setEnabled(may_measure)
        self.measure_button.setToolTip(self._measuring_words())
        if self._is_running:
            self._show_stop()
            return
        self.ask_button.setText(_ask_words(self._contender_count))
        self.ask_button.show_picture("play")
        self.ask_button.setToolTip(self._hindrance or _("Ask (Ctrl+Enter)"))
        self.ask_button.setEnabled(may_ask and self._contender_count > 0)

    def _show_stop(self) -> None:
        """Let the button stop the round; it stays enabled, or the keyboard would lose its place."""
        stop = _("Stop all") if self._contender_count > 1 else _("Stop")
        self.ask_button.setText(_("Stopping") if self._is_stopping else stop)
        self.ask_button.show_picture("stop")
        self.ask_button.setToolTip(_("Stop all models (Esc)"))
        self.ask_button.setEnabled(True)

    def _measuring_words(self) -> str:
        if self._hindrance:
            return self._hindrance
        if self.is_follow_up:
            return _("Only for new questions, which every model reads from the beginning")
        if self.mode is not Mode.MEASURED:
            return _("Only where models answer one after the other: choose “{mode}”.").format(
                mode=mode_title(Mode.MEASURED)
            )
        return _(
            "Warms up, reads what the machine draws when idle, then asks again and again in turned "
            "order until the figures are sure: up to five minutes"
        )


def _ask_words(contender_count: int) -> str:
    return {2: _("Ask both"), 3: _("Ask all three"), 4: _("Ask all four")}.get(
        contender_count, _("Ask")
    )
