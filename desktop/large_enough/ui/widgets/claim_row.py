"""Shows one claim: what the video says, what sources say of it, what one's own run has measured."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from large_enough.domain.claim import Claim, ClaimsView, Support
from large_enough.domain.text import harmless_line
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.picture import Picture
from large_enough.wording.claim_words import (
    claim_name,
    claim_text,
    finding_text,
    own_text,
    sources_text,
    support_word,
)

COLUMN_SHARES = (30, 40, 34)
"""Of claim, sources and one's own run."""
COLUMN_GAP_PX = 28
_TONES = {
    Support.CONFIRMED: "good",
    Support.PLAUSIBLE: "ink",
    Support.NO_SOURCE: "soft",
    Support.NOT_SUPPORTED: "warning",
}
_PICTURES = {Support.CONFIRMED: "check", Support.NOT_SUPPORTED: "warning"}
_PICTURE_PX = 14


class ClaimRow(QWidget):
    """One claim in three columns."""

    def __init__(
        self, theme: Theme, claim: Claim, view: ClaimsView, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.words = tuple(
            harmless_line(text)
            for text in (
                claim_name(claim.kind),
                claim_text(claim.kind),
                support_word(claim.support),
                finding_text(claim.kind),
                sources_text(claim, view),
                own_text(claim.kind, view),
            )
        )
        self.setAccessibleName(self.words[0])
        self.setAccessibleDescription(" ".join(word for word in self.words[1:] if word))
        self._arrange(claim.support)

    def _arrange(self, support: Support) -> None:
        name, claimed, word, finding, sources, own = self.words
        grid = claim_columns(self)
        grid.setContentsMargins(0, 11, 0, 12)
        first = (self._label(name, Type.STRONG), self._label(claimed, Type.BASE))
        second = [self._support(support, word), self._label(finding, tone="soft")]
        if sources:
            second.append(self._label(sources, Type.SMALL, tone="soft"))
        for place, widgets in enumerate((first, second, (self._label(own, Type.BASE),))):
            column = QVBoxLayout()
            column.setSpacing(4)
            for widget in widgets:
                column.addWidget(widget)
            column.addStretch(1)
            grid.addLayout(column, 0, place)

    def _support(self, support: Support, word: str) -> QWidget:
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        tone = _TONES[support]
        if support in _PICTURES:
            row.addWidget(Picture(self._theme, _PICTURES[support], _PICTURE_PX, tone))
        row.addWidget(Label(self._theme, Type.SOFT_STRONG, word, tone=tone), 1)
        return place

    def _label(self, text: str, kind: Type = Type.SOFT, tone: str = "ink") -> Label:
        label = Label(self._theme, kind, text, tone=tone, wraps=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        return label


def claim_columns(place: QWidget) -> QGridLayout:
    """Return three columns that are equally wide in every row."""
    grid = QGridLayout(place)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(COLUMN_GAP_PX)
    for column, share in enumerate(COLUMN_SHARES):
        grid.setColumnStretch(column, share)
    return grid
