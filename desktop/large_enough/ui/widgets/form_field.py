"""One field of a form: a title, a control, and below it what is wrong with it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from large_enough.ui.pack_fields import FieldKind, FieldSpec
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.lines_box import LinesBox
from large_enough.ui.widgets.text_field import TextField
from large_enough.ui.widgets.toggle_switch import ToggleSwitch

LONGEST_LINE = 4_000


class FormField(QWidget):
    """A field whose control suits what is to be written.

    Signals:
        changed: The user wrote or switched something.
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        spec: FieldSpec,
        *,
        least_lines: int = 2,
        most_lines: int = 6,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.spec = spec
        self.control = _control(theme, spec, least_lines, most_lines)
        self.title = Label(theme, Type.SOFT_STRONG, spec.title, wraps=True)
        self.problem = Label(theme, Type.SOFT, tone="warning", wraps=True)
        self.problem.hide()
        self._arrange()
        match self.control:
            case TextField():
                self.control.textEdited.connect(self._on_changed)
            case LinesBox():
                self.control.textChanged.connect(self._on_changed)
            case ToggleSwitch():
                self.control.toggled.connect(self._on_changed)

    @property
    def value(self) -> str | bool:
        """What stands in the field."""
        match self.control:
            case TextField():
                return self.control.text()
            case LinesBox():
                return self.control.toPlainText()
            case ToggleSwitch():
                return self.control.isChecked()

    @property
    def text(self) -> str:
        """What is written in it."""
        return str(self.value)

    def show_value(self, value: str | bool) -> None:
        """Show something else without telling anybody."""
        if value == self.value:
            return
        self.control.blockSignals(True)
        match self.control:
            case TextField():
                self.control.setText(str(value))
            case LinesBox():
                self.control.setPlainText(str(value))
            case ToggleSwitch():
                self.control.setChecked(bool(value))
        self.control.blockSignals(False)
        self.control.update()

    def complain(self, words: str) -> None:
        """Say what is wrong with it; "" for nothing."""
        if words == self.problem.text():
            return
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        self.control.setAccessibleDescription(words or self.spec.hint)
        if not isinstance(self.control, ToggleSwitch):
            self.control.mark_wrong(is_wrong=bool(words))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if isinstance(self.control, ToggleSwitch):
            row = QHBoxLayout()
            row.setSpacing(10)
            row.addWidget(self.title, 1)
            row.addWidget(self.control, 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
        else:
            column.addWidget(self.title)
            column.addWidget(self.control)
        column.addWidget(self.problem)

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()


def _control(
    theme: Theme, spec: FieldSpec, least_lines: int, most_lines: int
) -> TextField | LinesBox | ToggleSwitch:
    match spec.kind:
        case FieldKind.LINE:
            control = TextField(theme, spec.title, longest=LONGEST_LINE, hint=spec.hint)
            control.setAccessibleDescription(spec.hint)
            return control
        case FieldKind.SWITCH:
            return ToggleSwitch(theme, spec.title)
        case FieldKind.LINES | FieldKind.CODE:
            box = LinesBox(
                theme,
                spec.title,
                hint=spec.hint,
                least_lines=least_lines,
                most_lines=most_lines,
                is_code=spec.kind is FieldKind.CODE,
            )
            box.setAccessibleDescription(spec.hint)
            return box
