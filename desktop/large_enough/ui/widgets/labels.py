"""Shows short text, never as HTML."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from large_enough.ui.safe_text import tooltip
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type


class Label(QLabel):
    """Text of one kind, in ink or in a softer tone."""

    def __init__(
        self,
        theme: Theme,
        kind: Type,
        text: str = "",
        *,
        tone: str = "ink",
        wraps: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._kind = kind
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tone", tone)
        self.setWordWrap(wraps)
        self.setFont(theme.font(kind))
        theme.changed.connect(self._on_theme_changed)

    def set_kind(self, kind: Type) -> None:
        """Show the text as another kind."""
        if kind is not self._kind:
            self._kind = kind
            self.setFont(self._theme.font(kind))

    def set_tone(self, tone: str) -> None:
        """Show the text in another tone: "ink", "soft", "good" or "warning"."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)
            self.setFont(self._theme.font(self._kind))  # polishing restores an older one

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(self._kind))


class ElidedLabel(Label):
    """One line that ends in "…" where there is no room; the tooltip has it all."""

    def __init__(self, theme: Theme, kind: Type, text: str = "", *, tone: str = "ink") -> None:
        super().__init__(theme, kind, text, tone=tone)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Return that any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint as much as fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect(), self.alignment().value, self._fitting())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text where it does not fit any more."""
        super().resizeEvent(event)
        self._offer_whole()

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self._offer_whole()

    def _offer_whole(self) -> None:
        whole = self.text() if self._fitting() != self.text() else ""
        self.setToolTip(tooltip(whole))
        self.setAccessibleDescription(whole)  # or screen readers would read the tooltip's HTML

    def _fitting(self) -> str:
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())


class FittingLabel(ElidedLabel):
    """One line in the longest of several wordings that fits; screen readers get the first one."""

    def __init__(self, theme: Theme, kind: Type, *wordings: str, tone: str = "ink") -> None:
        self._wordings = wordings or ("",)
        super().__init__(theme, kind, self._wordings[0], tone=tone)

    def offer(self, *wordings: str) -> None:
        """Show another text: the same in several wordings, the longest first.

        Where not even the last one fits it is cut; an empty one leaves the place empty.
        """
        self._wordings = wordings
        self.setText(wordings[0])

    @property
    def shown(self) -> str:
        """What there is room for."""
        return self._fitting()

    def _fitting(self) -> str:
        metrics = self.fontMetrics()
        for wording in self._wordings:
            if metrics.horizontalAdvance(wording) <= self.width():
                return wording
        last = self._wordings[-1]
        return metrics.elidedText(last, Qt.TextElideMode.ElideRight, self.width())
