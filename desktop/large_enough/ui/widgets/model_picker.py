"""Lets the user choose the model of a contender."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from large_enough.domain.model_card import ModelCard
from large_enough.ui.model_facts import facts_line, model_name
from large_enough.ui.safe_text import menu_text, tooltip
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.wording.translate import _

_CHEVRON_PX = 14
_INSET_PX = 6


class ModelMenu(QMenu):
    """The models on this disk, and a way to one elsewhere.

    Signals:
        model_chosen: The user chose this `ModelCard`.
        file_wanted: The user wants to open a file that is not listed.
        removal_wanted: The user wants this contender out.
    """

    model_chosen = Signal(object)
    file_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cards: Sequence[ModelCard] = ()
        self._chosen: ModelCard | None = None
        self._can_remove = False
        self.setToolTipsVisible(True)
        self.triggered.connect(self._on_triggered)
        self._file_action: QAction | None = None
        self._remove_action: QAction | None = None

    def offer(
        self, cards: Sequence[ModelCard], chosen: ModelCard | None, *, can_remove: bool
    ) -> None:
        """List these models, the chosen one marked."""
        self._cards, self._chosen, self._can_remove = tuple(cards), chosen, can_remove
        self._fill()

    def _fill(self) -> None:
        self.clear()
        for index, card in enumerate(self._cards):
            # What stands behind a tab is set right, in the column of shortcuts.
            action = self.addAction(f"{menu_text(card.name)}\t{menu_text(facts_line(card))}")
            action.setData(index)
            action.setCheckable(True)
            action.setChecked(self._chosen is not None and card.reference == self._chosen.reference)
            action.setToolTip(tooltip(card.reference))
        if self._cards:
            self.addSeparator()
        ink = self._theme.tokens.ink
        self._file_action = self.addAction(self._theme.icon("folder", ink), _("Open a model file…"))
        self._remove_action = None
        if self._can_remove:
            self._remove_action = self.addAction(
                self._theme.icon("close", ink), _("Take this model out")
            )

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        if action is self._file_action:
            self.file_wanted.emit()
        elif action is self._remove_action:
            self.removal_wanted.emit()
        else:
            self.model_chosen.emit(self._cards[action.data()])


class ModelPicker(QToolButton):
    """Shows a contender's model; opens the list of models."""

    def __init__(self, theme: Theme, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._letter = letter
        self._name = ""
        self._facts = ""
        self.setProperty("kind", "flat")
        self.menu_of_models = ModelMenu(theme, self)
        self.setMenu(self.menu_of_models)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self.show_model(None)

    def show_model(self, card: ModelCard | None) -> None:
        """Show a model's name and facts."""
        self._name = _("Choose a model") if card is None else model_name(card)
        self._facts = "" if card is None else facts_line(card)
        self.setAccessibleName(
            _("Model of contender {letter}: {name}").format(letter=self._letter, name=self._name)
        )
        self.setAccessibleDescription(self._facts)
        self._offer_whole()
        self.update()

    def sizeHint(self) -> QSize:
        """Return two lines' height; the width is what is left."""
        return QSize(120, round(44 * self._theme.scale))

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(40, round(44 * self._theme.scale))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer what does not fit as a tooltip."""
        super().resizeEvent(event)
        self._offer_whole()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the name with its mark of a list, and the facts below."""
        theme, scale = self._theme, self._theme.scale
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.menu_of_models.isVisible():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.tokens.chip))
            painter.drawRoundedRect(self.rect(), 8, 8)
        inset, chevron = round(_INSET_PX * scale), round(_CHEVRON_PX * scale)
        room = self.width() - 2 * inset
        name_font = theme.font(Type.NAME)
        metrics = QFontMetrics(name_font)
        name = metrics.elidedText(
            self._name, Qt.TextElideMode.ElideRight, max(0, room - chevron - 4)
        )
        painter.setFont(name_font)
        painter.setPen(QColor(theme.tokens.ink))
        baseline = round(19 * scale)
        painter.drawText(QPoint(inset, baseline), name)
        mark = theme.icon("chevron-down", theme.tokens.soft_ink)
        left = inset + metrics.horizontalAdvance(name) + 4
        mark.paint(painter, QRect(left, baseline - chevron + 2, chevron, chevron))
        self._paint_facts(painter, inset, room)
        painter.end()

    def _paint_facts(self, painter: QPainter, inset: int, room: int) -> None:
        font = self._theme.font(Type.SMALL)
        facts = QFontMetrics(font).elidedText(self._facts, Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.tokens.soft_ink))
        painter.drawText(QPoint(inset, round(37 * self._theme.scale)), facts)

    def _offer_whole(self) -> None:
        room = self.width() - round(2 * _INSET_PX * self._theme.scale)
        name_width = QFontMetrics(self._theme.font(Type.NAME)).horizontalAdvance(self._name)
        facts_width = QFontMetrics(self._theme.font(Type.SMALL)).horizontalAdvance(self._facts)
        fits = name_width + _CHEVRON_PX + 4 <= room and facts_width <= room
        whole = " · ".join(part for part in (self._name, self._facts) if part)
        self.setToolTip("" if fits else tooltip(whole))
