"""Lists the instruments that were looked for, under their headings."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from large_enough.domain.doctor import InstrumentReport
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import line
from large_enough.ui.widgets.instrument_row import COLUMN_WIDTHS_PX, InstrumentRow
from large_enough.ui.widgets.labels import Label
from large_enough.wording.translate import _


class InstrumentList(QFrame):
    """A card with one row for each instrument."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("kind", "card")
        self.rows: tuple[InstrumentRow, ...] = ()
        self._place: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(18, 14, 18, 4)
        self._column.setSpacing(0)
        self._column.addWidget(Label(theme, Type.STRONG, _("Instruments")))
        self._column.addSpacing(8)
        self._column.addLayout(self._headings())

    def show_instruments(self, instruments: Sequence[InstrumentReport]) -> None:
        """Show these instruments in place of others."""
        if self._place is not None:
            self._column.removeWidget(self._place)
            self._place.hide()
            self._place.deleteLater()
        self._place = QWidget()
        column = QVBoxLayout(self._place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.rows = tuple(InstrumentRow(self._theme, each) for each in instruments)
        for row in self.rows:
            column.addWidget(line())
            column.addWidget(row)
        self._column.addWidget(self._place)

    def _headings(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 6)
        row.setSpacing(0)
        row.addWidget(Label(self._theme, Type.SMALL, _("covers"), tone="soft"), 1)
        titles = (_("state"), _("renewed every"), _("now"), _("kind of number"))
        for title, width_px in zip(titles, COLUMN_WIDTHS_PX, strict=True):
            heading = Label(self._theme, Type.SMALL, title, tone="soft")
            heading.setFixedWidth(round(width_px * self._theme.scale))
            row.addWidget(heading)
        return row
