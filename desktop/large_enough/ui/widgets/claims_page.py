"""About the idea: the video's claims, what sources say of them, and one's own measurements."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from large_enough.domain.claim import ClaimsView
from large_enough.domain.text import harmless_line
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button, card, line
from large_enough.ui.widgets.claim_row import ClaimRow, claim_columns
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.scrolling import scroll_up_and_down
from large_enough.ui.widgets.source_list import SourceList
from large_enough.wording.claim_words import (
    cautions,
    cautions_title,
    claims_lead,
    claims_title,
    column_titles,
)
from large_enough.wording.translate import _


class ClaimsPage(QScrollArea):
    """A page that works with and without a run; it scrolls by itself, by keys too.

    Signals:
        back_wanted: The user wants to go back to where the page was opened.
    """

    back_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.view: ClaimsView | None = None
        self.back_button = Button(theme, _("Back"))
        self.rows: tuple[ClaimRow, ...] = ()
        self.sources: SourceList | None = None
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._parts: QWidget | None = None
        self._arrange()
        self.back_button.clicked.connect(self._on_back_clicked)

    def show_claims(self, view: ClaimsView) -> None:
        """Show the claims beside one's own figures, in place of what was shown."""
        self.view = view
        if self._parts is not None:
            self._column.removeWidget(self._parts)
            self._parts.hide()
            self._parts.deleteLater()
        self._parts = self._made_parts(view)
        self._column.insertWidget(1, self._parts)

    @Slot()
    def focus_first(self) -> None:
        """Give the keyboard to the way back, from where Tab leads to the text."""
        self.back_button.setFocus()

    @Slot()
    def _on_back_clicked(self) -> None:
        self.back_wanted.emit()

    # --- building

    def _arrange(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self._head())
        self._column.addStretch(1)
        self.setAccessibleName(claims_title())
        scroll_up_and_down(self, self._content)
        self._content.setAutoFillBackground(False)

    def _head(self) -> QFrame:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Label(self._theme, Type.SENTENCE, claims_title(), wraps=True))
        words.addWidget(Label(self._theme, Type.BASE, claims_lead(), tone="soft", wraps=True))
        head = card()
        row = QHBoxLayout(head)
        row.setContentsMargins(18, 14, 18, 14)
        row.setSpacing(24)
        row.addLayout(words, 1)
        row.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _made_parts(self, view: ClaimsView) -> QWidget:
        self.rows = tuple(ClaimRow(self._theme, claim, view) for claim in view.claims)
        self.sources = SourceList(self._theme, view.sources)
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self._claims(view), self._cautions(), self.sources):
            column.addWidget(part)
        return place

    def _claims(self, view: ClaimsView) -> QFrame:
        place = card()
        column = QVBoxLayout(place)
        column.setContentsMargins(18, 14, 18, 4)
        column.setSpacing(0)
        column.addWidget(self._headings(view))
        for row in self.rows:
            column.addWidget(line())
            column.addWidget(row)
        return place

    def _headings(self, view: ClaimsView) -> QWidget:
        place = QWidget()
        grid = claim_columns(place)
        grid.setContentsMargins(0, 0, 0, 8)
        for column, title in enumerate(column_titles(view)):
            words = harmless_line(title)
            label = Label(self._theme, Type.SMALL, words, tone="soft", wraps=True)
            grid.addWidget(label, 0, column, Qt.AlignmentFlag.AlignBottom)
        return place

    def _cautions(self) -> QFrame:
        place = card()
        column = QVBoxLayout(place)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(8)
        column.addWidget(Label(self._theme, Type.STRONG, cautions_title()))
        for text in cautions():
            column.addWidget(Label(self._theme, Type.BASE, text, wraps=True))
        return place
