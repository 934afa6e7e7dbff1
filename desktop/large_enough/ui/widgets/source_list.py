"""Lists sources with addresses that can be copied; nothing opens by itself."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from large_enough.domain.claim import Source
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.copy_button import CopyButton
from large_enough.ui.widgets.labels import Label
from large_enough.wording.claim_words import source_text, sources_title
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _

_NUMBER_WIDTH_PX = 18


class SourceList(QFrame):
    """A card with numbered sources."""

    def __init__(
        self, theme: Theme, sources: Sequence[Source], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("kind", "card")
        self.copy_buttons: list[CopyButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addWidget(Label(theme, Type.STRONG, sources_title()))
        for number, source in enumerate(sources, 1):
            column.addLayout(self._row(number, source))

    def _row(self, number: int, source: Source) -> QHBoxLayout:
        place = Label(self._theme, Type.SOFT, count_text(number), tone="soft")
        place.setFixedWidth(round(_NUMBER_WIDTH_PX * self._theme.scale))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._text(source_text(source)))
        words.addWidget(self._text(source.address, tone="soft"))
        button = CopyButton(
            self._theme,
            lambda: source.address,
            _("Copy the address of {title}").format(title=source.title),
        )
        self.copy_buttons.append(button)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(place, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _text(self, words: str, tone: str = "ink") -> Label:
        label = Label(self._theme, Type.SOFT, words, tone=tone, wraps=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        return label
