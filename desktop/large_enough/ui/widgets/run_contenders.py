"""Chooses the contenders of a run."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from large_enough.comparison.run_matrix import small_and_large
from large_enough.domain.model_card import ModelCard
from large_enough.domain.pack_run import RUN_LETTERS
from large_enough.domain.round import Contender
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button, IconButton
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.marks import Badge
from large_enough.ui.widgets.model_picker import ModelPicker
from large_enough.wording.translate import _

LEAST_CONTENDERS = 2
_ROLE_WIDTH_PX = 110


class ContenderRow(QWidget):
    """A contender: its mark, its model, its part in the comparison.

    Signals:
        model_chosen: The user chose another model: letter, `ModelCard`.
        file_wanted: The user wants a model that is not listed: letter.
        adapter_wanted: The user wants an adapter on the model: letter.
        removal_wanted: The user wants this contender out: letter.
    """

    model_chosen = Signal(str, object)
    file_wanted = Signal(str)
    adapter_wanted = Signal(str)
    removal_wanted = Signal(str)

    def __init__(self, theme: Theme, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.letter = letter
        self.picker = ModelPicker(theme, letter)
        self.role = Label(theme, Type.SOFT, tone="soft")
        self.role.setFixedWidth(round(_ROLE_WIDTH_PX * theme.scale))
        self.adapter_button = IconButton(
            theme, "plus", _("Add an adapter to contender {letter}").format(letter=letter)
        )
        self.remove_button = IconButton(
            theme, "close", _("Take contender {letter} out").format(letter=letter)
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(8)
        row.addWidget(Badge(theme, letter))
        row.addWidget(self.picker, 1)
        row.addWidget(self.role)
        row.addWidget(self.adapter_button)
        row.addWidget(self.remove_button)
        menu = self.picker.menu_of_models
        menu.model_chosen.connect(self._on_model_chosen)
        menu.file_wanted.connect(self._on_file_wanted)
        menu.removal_wanted.connect(self._on_removal_wanted)
        self.adapter_button.clicked.connect(self._on_adapter_wanted)
        self.remove_button.clicked.connect(self._on_removal_wanted)

    def show_model(
        self, card: ModelCard | None, cards: Sequence[ModelCard], role: str, *, can_remove: bool
    ) -> None:
        """Show the model and those that could be there instead."""
        self.picker.show_model(card)
        self.picker.menu_of_models.offer(cards, card, can_remove=can_remove)
        self.role.setText(role)
        self.adapter_button.setEnabled(card is not None and card.adapter is None)
        self.remove_button.setEnabled(can_remove)

    def lock(self) -> None:
        """Show a contender that has answered already: it stays as it is."""
        self.picker.setEnabled(False)
        self.adapter_button.setEnabled(False)
        self.remove_button.setEnabled(False)

    @Slot(object)
    def _on_model_chosen(self, card: ModelCard) -> None:
        self.model_chosen.emit(self.letter, card)

    @Slot()
    def _on_file_wanted(self) -> None:
        self.file_wanted.emit(self.letter)

    @Slot()
    def _on_adapter_wanted(self) -> None:
        self.adapter_wanted.emit(self.letter)

    @Slot()
    def _on_removal_wanted(self) -> None:
        self.removal_wanted.emit(self.letter)


class RunContenders(QFrame):
    """A card with up to twelve contenders.

    Signals:
        changed: Others take part now.
        file_wanted: The user wants a model that is not listed: letter.
        adapter_wanted: The user wants an adapter on a contender's model: letter.
    """

    changed = Signal()
    file_wanted = Signal(str)
    adapter_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._theme = theme
        self._offered: tuple[ModelCard, ...] = ()
        self._cards: list[ModelCard] = []
        self._locked_count = 0
        self.rows: dict[str, ContenderRow] = {}
        self.add_button = Button(theme, _("Add a contender"), picture="plus", kind="small")
        self.remark = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self._place = QVBoxLayout()
        self._arrange()
        self.add_button.clicked.connect(self._on_add_wanted)

    @property
    def cards(self) -> tuple[ModelCard, ...]:
        """The models that take part, A first."""
        return tuple(self._cards)

    def offer(self, cards: Sequence[ModelCard]) -> None:
        """Offer these models."""
        self._offered = tuple(cards)
        self._show()

    def show_cards(self, cards: Sequence[ModelCard], *, locked_count: int = 0) -> None:
        """Let these models take part.

        Args:
            cards: A first.
            locked_count: How many of them have answered already, and stay.
        """
        self._cards = list(cards[: len(RUN_LETTERS)])
        self._locked_count = locked_count
        self._show()

    def put(self, letter: str, card: ModelCard) -> None:
        """Let a model be this contender."""
        place = RUN_LETTERS.index(letter)
        if place < self._locked_count:
            return
        if place < len(self._cards):
            self._cards[place] = card
        else:
            self._cards.append(card)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        while len(self.rows) < len(self._cards):
            self._add_row(RUN_LETTERS[len(self.rows)])
        roles = roles_of(self._cards)
        can_remove = len(self._cards) > max(1, self._locked_count)
        for place, row in enumerate(self.rows.values()):
            row.setVisible(place < len(self._cards))
            if place < len(self._cards):
                row.show_model(
                    self._cards[place], self._offered, roles[place], can_remove=can_remove
                )
            if place < self._locked_count:
                row.lock()
        self.add_button.setEnabled(len(self._cards) < len(RUN_LETTERS) and bool(self._offered))
        self.remark.setText(self._remark())

    def _remark(self) -> str:
        if len(self._cards) < LEAST_CONTENDERS:
            return _("Choose at least two contenders: one alone cannot be compared.")
        if small_and_large(_contenders(self._cards)) is None:
            return _("All are equally large. With an adapter on one of them, that is as it should.")
        return _("Small and large go by the number of parameters.")

    def _add_row(self, letter: str) -> None:
        row = ContenderRow(self._theme, letter)
        row.model_chosen.connect(self.put)
        row.file_wanted.connect(self.file_wanted)
        row.adapter_wanted.connect(self.adapter_wanted)
        row.removal_wanted.connect(self._on_removal_wanted)
        self.rows[letter] = row
        self._place.addWidget(row)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 14, 14)
        column.setSpacing(6)
        column.addWidget(Label(self._theme, Type.NAME, _("Contenders")))
        self._place.setSpacing(0)
        column.addLayout(self._place)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.remark)

    @Slot()
    def _on_add_wanted(self) -> None:
        """Add the first model that does not take part yet."""
        taken = {card.reference for card in self._cards}
        free = [card for card in self._offered if card.reference not in taken]
        card = next(iter(free), self._offered[0])
        self.put(RUN_LETTERS[len(self._cards)], card)
        self.rows[RUN_LETTERS[len(self._cards) - 1]].picker.setFocus()

    @Slot(str)
    def _on_removal_wanted(self, letter: str) -> None:
        place = RUN_LETTERS.index(letter)
        if self._locked_count <= place < len(self._cards) and len(self._cards) > 1:
            del self._cards[place]
            self._show()
            self.changed.emit()


def roles_of(cards: Sequence[ModelCard]) -> tuple[str, ...]:
    """Return for each contender what its part in the comparison is."""
    ends = small_and_large(_contenders(cards))
    if ends is None:
        return tuple(_("with adapter") if card.adapter else _("as it is") for card in cards)
    words = {ends[0]: _("the small one"), ends[1]: _("the large one")}
    return tuple(
        words.get(letter, _("in between"))
        for letter, _card in zip(RUN_LETTERS, cards, strict=False)
    )


def _contenders(cards: Sequence[ModelCard]) -> tuple[Contender, ...]:
    return tuple(
        Contender(letter=letter, card=card)
        for letter, card in zip(RUN_LETTERS, cards, strict=False)
    )
