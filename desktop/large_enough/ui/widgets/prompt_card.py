"""The card on which a question is put."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from large_enough.domain.prompt import Prompt
from large_enough.domain.round import Mode
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.domain_chips import DomainChips
from large_enough.ui.widgets.labels import FittingLabel
from large_enough.ui.widgets.model_picker import ModelMenu
from large_enough.ui.widgets.prompt_box import PromptBox
from large_enough.ui.widgets.two_part_switch import TwoPartSwitch
from large_enough.wording.states import mode_explanation, mode_in_short, mode_title
from large_enough.wording.translate import _

_MODES = (Mode.MEASURED, Mode.TOGETHER)


class PromptCard(QFrame):
    """Domains, the question, the mode, and the one primary button.

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
        self.explanation = FittingLabel(theme, Type.SOFT, tone="soft")
        self.add_button = Button(theme, _("Add a model"), picture="plus")
        self.add_menu = ModelMenu(theme, self.add_button)
        self.measure_button = Button(theme, _("Measure thoroughly"), picture="gauge")
        self.ask_button = Button(theme, "", picture="play", is_picture_behind=True, kind="primary")
        self._is_running = False
        self._hindrance = ""
        self._contender_count = 2
        self._system = ""
        self._is_setting_text = False
        self._arrange()
        self._connect()
        self._show_action()
        self._explain()

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

    def choose_mode(self, mode: Mode) -> None:
        """Choose a mode without telling anybody."""
        self.switch.choose(_MODES.index(mode))
        self._explain()
        self._show_action()

    def write(self, text: str) -> None:
        """Put an own question into the box."""
        self.chips.choose_own()
        self._system = ""
        self._set_text(text)

    def show_running(self, *, is_running: bool) -> None:
        """Turn the primary button into Stop, or back."""
        self._is_running = is_running
        for widget in (self.chips, self.switch, self.add_button, self.measure_button):
            widget.setEnabled(not is_running)
        self.box.setReadOnly(is_running)
        self._show_action()

    @property
    def is_hindered(self) -> bool:
        """Whether nothing can be asked for now."""
        return bool(self._hindrance)

    def hinder(self, reason: str) -> None:
        """Say why nothing can be asked for now; empty when it can again."""
        self._hindrance = reason
        self._explain()
        self._show_action()

    def show_stopping(self) -> None:
        """Show that the round is about to stop."""
        self.ask_button.setText(_("Stopping"))
        self.ask_button.setEnabled(False)

    def show_contender_count(self, count: int, *, can_add: bool) -> None:
        """Name the button after how many will answer."""
        self._contender_count = count
        self.add_button.setVisible(can_add)
        self._show_action()

    # --- building

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(15, 13, 15, 13)
        column.setSpacing(8)
        column.addWidget(self.chips)
        column.addWidget(self.box)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.switch)
        row.addWidget(self.explanation, 1)
        row.addWidget(self.add_button)
        row.addWidget(self.measure_button)
        row.addWidget(self.ask_button)
        column.addLayout(row)

    def _connect(self) -> None:
        self.add_button.setMenu(self.add_menu)
        self.ask_button.clicked.connect(self._on_ask_clicked)
        self.measure_button.clicked.connect(self.measuring_wanted)
        self.box.asked.connect(self._on_box_asked)
        self.box.textChanged.connect(self._on_text_changed)
        self.chips.prompt_chosen.connect(self._on_prompt_chosen)
        self.chips.own_chosen.connect(self._on_own_chosen)
        self.switch.chosen.connect(self._on_mode_chosen)

    # --- what happens

    @Slot()
    def _on_ask_clicked(self) -> None:
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
        if not self._is_setting_text:
            self._system = ""
            self.chips.choose_own()
        self._show_action()

    @Slot(object)
    def _on_prompt_chosen(self, prompt: Prompt) -> None:
        self._system = prompt.system
        self._set_text(prompt.text)

    @Slot()
    def _on_own_chosen(self) -> None:
        self.box.selectAll()
        self.box.setFocus()

    @Slot(int)
    def _on_mode_chosen(self) -> None:
        self._explain()
        self._show_action()
        self.mode_changed.emit(self.mode)

    def _set_text(self, text: str) -> None:
        self._is_setting_text = True
        self.box.setPlainText(text)
        self._is_setting_text = False

    def _explain(self) -> None:
        for mode, part in zip(_MODES, self.switch.parts, strict=True):
            part.setToolTip(mode_explanation(mode))
        if self._hindrance:
            self.explanation.offer(self._hindrance)
        else:
            self.explanation.offer(mode_explanation(self.mode), mode_in_short(self.mode), "")

    def _show_action(self) -> None:
        may_ask = bool(self.box.toPlainText().strip()) and not self._hindrance
        may_measure = may_ask and not self._is_running and self.mode is Mode.MEASURED
        self.measure_button.setVisible(self._contender_count > 1)
        self.measure_button.setEnabled(may_measure)
        self.measure_button.setToolTip(self._measuring_words())
        if self._is_running:
            self.ask_button.setText(_("Stop"))
            self.ask_button.show_picture("stop")
            self.ask_button.setToolTip(_("Stop all models (Esc)"))
            self.ask_button.setEnabled(True)
            return
        self.ask_button.setText(_ask_words(self._contender_count))
        self.ask_button.show_picture("play")
        self.ask_button.setToolTip(self._hindrance or _("Ask (Ctrl+Enter)"))
        self.ask_button.setEnabled(may_ask and self._contender_count > 0)

    def _measuring_words(self) -> str:
        if self._hindrance:
            return self._hindrance
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
