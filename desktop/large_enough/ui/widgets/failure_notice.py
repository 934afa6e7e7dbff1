"""Says in a pane what went wrong and what to do next."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.text import harmless_line
from large_enough.ui import icons
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.flow_layout import FlowLayout
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.markdown_pieces import for_plain_view
from large_enough.wording.failures import explain
from large_enough.wording.translate import _

MEMORY_FAILURES = frozenset(
    {FailureKind.DOES_NOT_FIT, FailureKind.OUT_OF_MEMORY, FailureKind.KILLED}
)
"""Causes that a smaller context may get round."""

_DETAILS_HEIGHT_PX = 140
_LEAST_NOTICE_PX = 64
_LONGEST_DETAILS = 20_000


class _Sign(QLabel):
    """The warning sign."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(_("Warning"))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(22, 22) * self._theme.scale

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        edge = min(self.width(), self.height())
        area = QRectF(0, 0, edge, edge)
        icons.paint_picture(painter, "warning", area, self._theme.tokens.warning)
        painter.end()


class FailureNotice(QFrame):
    """A failure in words, with the next step, buttons and foldable details.

    Signals:
        retry_wanted: Ask again, as before.
        safer_retry_wanted: Ask again with settings that need less memory.
        completion_wanted: Have the text continued instead.
        resized: The notice needs more or less room.
    """

    retry_wanted = Signal()
    safer_retry_wanted = Signal()
    completion_wanted = Signal()
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "notice")
        self._theme = theme
        self._happened = Label(theme, Type.STRONG, wraps=True)
        self._next_step = Label(theme, Type.SOFT, wraps=True)
        self._retry = Button(theme, _("Try again"), picture="retry", kind="small")
        self._safer = Button(theme, _("Try again with safer settings"), kind="small")
        self.completion_button = Button(theme, _("Continue the text instead"), kind="small")
        self._details_button = Button(theme, _("Details"), kind="small")
        self._details = QPlainTextEdit(self)
        self._build_details()
        self._arrange()
        self._retry.clicked.connect(self.retry_wanted)
        self._safer.clicked.connect(self.safer_retry_wanted)
        self.completion_button.clicked.connect(self.completion_wanted)
        self._details_button.toggled.connect(self._on_details_toggled)

    def show_error(self, error: ErrorInfo) -> None:
        """Put a failure into words."""
        explanation = explain(error)
        self._happened.setText(harmless_line(explanation.happened))
        self._next_step.setText(harmless_line(explanation.next_step))
        self._safer.setVisible(error.kind in MEMORY_FAILURES)
        self.completion_button.setVisible(error.kind is FailureKind.NOT_A_CHAT_MODEL)
        self._details.setPlainText(for_plain_view(error.detail[:_LONGEST_DETAILS]))
        self._details_button.setChecked(False)
        self._details_button.setVisible(bool(error.detail.strip()))
        self.resized.emit()

    @property
    def is_about_chat(self) -> bool:
        """Whether the failure was that the model cannot chat."""
        return not self.completion_button.isHidden()

    @property
    def words(self) -> str:
        """All that is said without the details."""
        return f"{self._happened.text()} {self._next_step.text()}"

    @property
    def retry_buttons(self) -> tuple[Button, Button]:
        """Try again, and try again with safer settings."""
        return self._retry, self._safer

    @Slot(bool)
    def _on_details_toggled(self, is_open: bool) -> None:
        self._details.setVisible(is_open)
        self.resized.emit()

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons, from left to right."""
        return self._retry, self._safer, self.completion_button, self._details_button

    def _build_details(self) -> None:
        self._details_button.setCheckable(True)
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._details.setAccessibleName(_("Technical details"))
        self._details.setFixedHeight(_DETAILS_HEIGHT_PX)
        self._details.setFont(self._theme.code_font())
        self._details.hide()

    def _arrange(self) -> None:
        sign = _Sign(self._theme, self)
        sign.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._happened)
        words.addWidget(self._next_step)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        buttons = FlowLayout(8)
        buttons.setContentsMargins(32, 4, 0, 0)
        for button in self.buttons:
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(buttons)
        column.addWidget(self._details)


class NoticeArea(QScrollArea):
    """A place for a notice: as high as it, and scrolling where a pane is too low for that."""

    def __init__(self, notice: FailureNotice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notice = notice
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        place = QWidget()
        self._column = QVBoxLayout(place)
        self._column.setContentsMargins(14, 12, 14, 0)
        self._column.addWidget(notice)
        self.setWidget(place)
        for surface in (self.viewport(), place):
            surface.setAutoFillBackground(False)
        notice.resized.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return the height of the whole notice at this width."""
        width = max(1, self.width())
        return QSize(width, self._column.totalHeightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return room for a line or two; the rest scrolls."""
        return QSize(100, _LEAST_NOTICE_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for another height where words wrap otherwise."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
