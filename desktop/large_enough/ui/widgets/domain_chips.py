"""Offers ready questions by domain."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from large_enough.domain.prompt import Prompt
from large_enough.ui.safe_text import menu_text
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Chip, IconButton
from large_enough.ui.widgets.chip_lines import ChipLines
from large_enough.ui.widgets.exclusive_group import ExclusiveGroup
from large_enough.ui.widgets.flow_layout import FlowLayout
from large_enough.ui.widgets.labels import Label
from large_enough.wording.translate import _

_OWN = 0  # id of the chip for the user's own question; domains count from 1


class DomainChips(QWidget):
    """A chip for each domain, one for the user's own question, and steps within a domain.

    Signals:
        prompt_chosen: The user chose this `Prompt`.
        own_chosen: The user wants to write a question.
    """

    prompt_chosen = Signal(object)
    own_chosen = Signal()

    def __init__(
        self, theme: Theme, prompts: Sequence[Prompt], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._by_domain: dict[str, list[Prompt]] = {}
        for prompt in prompts:
            self._by_domain.setdefault(prompt.domain, []).append(prompt)
        self._domains = tuple(self._by_domain)
        self._index = 0
        self._group = ExclusiveGroup(self)
        self._place = Label(theme, Type.SOFT, tone="soft")
        self.step_back = IconButton(theme, "chevron-left", _("Previous question"))
        self.step_on = IconButton(theme, "chevron-right", _("Next question"))
        self._theme = theme
        self._lines = ChipLines(self)
        self._build(theme)
        self._group.idClicked.connect(self._on_chip_clicked)
        self.step_back.clicked.connect(self._on_back_clicked)
        self.step_on.clicked.connect(self._on_next_clicked)

    @property
    def chips(self) -> tuple[Chip, ...]:
        """All chips: the domains', then the one for an own question."""
        return tuple(chip for chip in self._group.buttons() if isinstance(chip, Chip))

    def choose_own(self) -> None:
        """Mark the question as the user's own."""
        self._group.button(_OWN).setChecked(True)
        self._show_place()

    def offer(self, name: str, prompts: Sequence[Prompt]) -> None:
        """Offer further questions under a chip of that name, and choose the first of them."""
        if name not in self._domains:
            self._domains += (name,)
            chip = Chip(self._theme, menu_text(_(name)), self._lines)
            self._add(chip, len(self._domains), self._lines.flow)
            self._lines.renew_height()
        self._by_domain[name] = list(prompts)
        number = self._domains.index(name) + 1
        self._group.button(number).setChecked(True)
        self._on_chip_clicked(number)

    def choose_first(self) -> None:
        """Choose the first question of the first domain, if there is one."""
        if self._domains:
            self._group.button(1).setChecked(True)
            self._on_chip_clicked(1)

    def _build(self, theme: Theme) -> None:
        chips = self._lines
        for number, domain in enumerate(self._domains, start=1):
            self._add(Chip(theme, menu_text(_(domain)), chips), number, chips.flow)
        own = Chip(theme, _("My own…"), chips)
        self._add(own, _OWN, chips.flow)
        own.setChecked(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(chips, 1)
        for widget in (self._place, self.step_back, self.step_on):
            row.addWidget(widget)
        self._show_place()

    def _add(self, chip: Chip, chip_id: int, flow: FlowLayout) -> None:
        self._group.add(chip, chip_id)
        flow.addWidget(chip)

    def _prompts(self) -> list[Prompt]:
        chosen = self._group.checkedId()
        return [] if chosen <= _OWN else self._by_domain[self._domains[chosen - 1]]

    def _show_place(self) -> None:
        count = len(self._prompts())
        has_steps = count > 1
        for widget in (self._place, self.step_back, self.step_on):
            widget.setVisible(has_steps)
        if has_steps:
            self._place.setText(
                _("Question {number} of {count}").format(number=self._index + 1, count=count)
            )

    @Slot(int)
    def _on_chip_clicked(self, chip_id: int) -> None:
        self._index = 0
        self._show_place()
        if chip_id == _OWN:
            self.own_chosen.emit()
        else:
            self.prompt_chosen.emit(self._prompts()[0])

    @Slot()
    def _on_back_clicked(self) -> None:
        self._step(-1)

    @Slot()
    def _on_next_clicked(self) -> None:
        self._step(1)

    def _step(self, direction: int) -> None:
        prompts = self._prompts()
        if prompts:
            self._index = (self._index + direction) % len(prompts)
            self._show_place()
            self.prompt_chosen.emit(prompts[self._index])
