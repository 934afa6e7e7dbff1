"""Chooses which models of the catalogue are listed."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from large_enough.ui.catalogue_wish import CatalogueWish, domain_words
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.buttons import Button, Chip
from large_enough.ui.widgets.chip_lines import ChipLines
from large_enough.ui.widgets.exclusive_group import ExclusiveGroup
from large_enough.ui.widgets.menu_choice import MenuChoice
from large_enough.ui.widgets.text_field import TextField
from large_enough.wording.translate import _

_LONGEST_TEXT = 80
_ALL = 0  # id of the chip for all domains; the others count from 1


class CatalogueFilters(QWidget):
    """Words to look for, a chip for each domain, families in a menu, and what fits.

    Signals:
        changed: The user wants other models listed.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = TextField(
            theme,
            _("Search the catalogue"),
            longest=_LONGEST_TEXT,
            hint=_("search: a name, a publisher, a licence"),
        )
        self.family = MenuChoice(theme, _("Family"), _("All"))
        self.only_fitting = Chip(theme, _("Only what fits"))
        self.all_button = Button(theme, _("Show all"), kind="small")
        self._domains = tuple(domain_words())
        self._group = ExclusiveGroup(self)
        self._lines = ChipLines(self)
        self._build(theme)
        self.search.textEdited.connect(self.changed)
        self.family.chosen.connect(self.changed)
        self.only_fitting.clicked.connect(self.changed)
        self.all_button.clicked.connect(self._on_all_wanted)
        self._group.idClicked.connect(self.changed)
        theme.changed.connect(self._lines.renew_height)
        self.family.chosen.connect(self._lines.renew_height)

    @property
    def wish(self) -> CatalogueWish:
        """What is wanted."""
        number = self._group.checkedId()
        return CatalogueWish(
            text=self.search.text(),
            domain="" if number <= _ALL else self._domains[number - 1],
            family=self.family.choice,
            only_fitting=self.only_fitting.isChecked(),
        )

    @property
    def domain_chips(self) -> tuple[Chip, ...]:
        """The chip for all domains, then one for each."""
        return tuple(chip for chip in self._group.buttons() if isinstance(chip, Chip))

    def offer(self, domains: Collection[str], families: Sequence[str]) -> None:
        """Offer what the catalogue has."""
        for number, domain in enumerate(self._domains, start=1):
            self._group.button(number).setVisible(domain in domains)
        self.family.offer(families)
        self._lines.renew_height()

    def show_count(self, shown: int, known: int) -> None:
        """Offer to show all models where some are left out."""
        self.all_button.setEnabled(shown < known)

    def _build(self, theme: Theme) -> None:
        self._add(Chip(theme, _("All domains"), self._lines), _ALL)
        for number, words in enumerate(domain_words().values(), start=1):
            self._add(Chip(theme, words, self._lines), number)
        self._group.button(_ALL).setChecked(True)
        self._lines.flow.addWidget(self.family)
        self._lines.flow.addWidget(self.only_fitting)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.search, 1)
        first.addWidget(self.all_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(first)
        column.addWidget(self._lines)

    def _add(self, chip: Chip, number: int) -> None:
        self._group.add(chip, number)
        self._lines.flow.addWidget(chip)

    @Slot()
    def _on_all_wanted(self) -> None:
        self.search.clear()
        self.family.choose("")
        self.only_fitting.setChecked(False)
        self._group.button(_ALL).setChecked(True)
        self.search.setFocus()
        self.changed.emit()
