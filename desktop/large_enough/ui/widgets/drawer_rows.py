"""The rows of the drawer with settings: a title, what it means, and a control."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import harmless_line
from large_enough.ui.setting_numbers import NumberSpec, read_number, refusal_words
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.text_field import TextField
from large_enough.wording.translate import _

_FIELD_WIDTH_PX = 104
_LONGEST_NUMBER = 16


class DrawerRow(QWidget):
    """A title with a control beside or below it, and one line that explains it."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        explanation: str,
        control: QWidget,
        *,
        is_beside: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.explanation = Label(theme, Type.SOFT, explanation, tone="soft", wraps=True)
        control.setAccessibleDescription(explanation)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(theme, Type.STRONG, title, wraps=True), 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 8, 0, 8)
        self.column.setSpacing(5)
        self.column.addLayout(head)
        if is_beside:
            head.addWidget(control)
        else:
            self.column.addWidget(control)
        self.column.addWidget(self.explanation)


class NumberRow(DrawerRow):
    """A number within limits; an empty field means the usual one.

    Signals:
        changed: The user gave another number that can be used, or none.
    """

    changed = Signal()

    def __init__(self, theme: Theme, spec: NumberSpec, parent: QWidget | None = None) -> None:
        self.spec = spec
        self._value: float | None = None
        self._before: float | None = None  # what held when the user began to write
        self.field = TextField(
            theme, spec.title, longest=_LONGEST_NUMBER, width_px=_FIELD_WIDTH_PX, hint=spec.hint
        )
        words = f"{spec.explanation} {spec.range_words}"
        super().__init__(theme, spec.title, words, self.field, parent=parent)
        self.remark = Label(theme, Type.SOFT, tone="warning", wraps=True)
        self.remark.hide()
        self.column.addWidget(self.remark)
        self.field.textEdited.connect(self._on_edited)
        self.field.editingFinished.connect(self._on_finished)

    @property
    def value(self) -> float | None:
        """The last number that could be used; None for the usual one."""
        return self._value

    def show_value(self, value: float | None) -> None:
        """Show a number without telling anybody."""
        self._value = self._before = value
        self.field.setText("" if value is None else self.spec.number_text(value))
        self._say("")

    @Slot()
    def _on_edited(self) -> None:
        """Take what can be used at once; what cannot is told when the user is done.

        Until then what was before holds: the beginning of nonsense may look like a number.
        """
        value = read_number(self.field.text(), self.spec)
        if isinstance(value, Unavailable):
            value = self._before
        else:
            self._say("")
        if value != self._value:
            self._value = value
            self.changed.emit()

    @Slot()
    def _on_finished(self) -> None:
        why = read_number(self.field.text(), self.spec)
        if isinstance(why, Unavailable):
            written = harmless_line(self.field.text())
            held = self.spec.hint if self._value is None else self.spec.number_text(self._value)
            kept = _("What holds is {amount}.").format(amount=held)
            self._say(f"{refusal_words(written, why, self.spec)} {kept}")
        else:
            self._before = self._value

    def _say(self, words: str) -> None:
        self.remark.setText(words)
        self.remark.setVisible(bool(words))
        self.field.mark_wrong(is_wrong=bool(words))
        self.field.setAccessibleDescription(words or self.explanation.text())
