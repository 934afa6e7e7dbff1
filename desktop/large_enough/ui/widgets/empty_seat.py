"""Stands where a second contender is missing."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.domain.model_card import ModelCard
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import CARD_RADIUS, Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.fetch_card import FetchCard
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.model_picker import ModelMenu
from large_enough.wording.translate import _


class EmptySeat(QWidget):
    """An invitation to choose or get one more model."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = Label(theme, Type.NAME, _("One more model, and you can compare."), wraps=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.fetch_card = FetchCard(theme)
        self.choose_button = Button(theme, _("Choose a model…"), picture="folder")
        self.menu = ModelMenu(theme, self.choose_button)
        self.choose_button.setMenu(self.menu)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.choose_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(14)
        column.addStretch(1)
        column.addWidget(self._words)
        column.addWidget(self.fetch_card)
        column.addLayout(row)
        column.addStretch(1)
        theme.changed.connect(self.update)

    def offer(self, cards: Sequence[ModelCard], starters: Sequence[CatalogueEntry]) -> None:
        """Offer models that are here, and those that can be fetched."""
        self.menu.offer(cards, None, can_remove=False)
        self.fetch_card.setVisible(bool(starters))
        if starters:
            self.fetch_card.offer(starters, title=_("Get one from the catalogue"))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the outline of a pane that is not there."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(self._theme.tokens.line), 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        edge = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(edge, CARD_RADIUS, CARD_RADIUS)
        painter.end()
