"""A form for what a right answer is; its fields depend on the type of the answer."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from large_enough.domain.pack import AnswerType, Key, TextKey
from large_enough.ui.pack_field_values import Values, values_of
from large_enough.ui.pack_fields import fields_of
from large_enough.ui.pack_keys import Mistake, key_of
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.form_field import FormField
from large_enough.ui.widgets.labels import Label
from large_enough.wording.item_words import type_meaning
from large_enough.wording.pack_words import type_word
from large_enough.wording.translate import _

_USUALLY_ON = frozenset({"shuffle", "is_day_first"})


class KeyForm(QWidget):
    """The type, and the fields for it.

    Signals:
        changed: The user wrote or chose something.
        fields_changed: There are other fields now.
    """

    changed = Signal()
    fields_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind = AnswerType.TEXT
        self._kept: Values = {}  # what stood in fields of other types, if the user comes back
        self.fields: dict[str, FormField] = {}
        self.type_button = Button(theme, "", picture="chevron-down", is_picture_behind=True)
        self.types = QMenu(self.type_button)
        self._group = QActionGroup(self.types)
        self.meaning = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self.more_button = Button(theme, _("More about this answer"), kind="small")
        self.more_button.setCheckable(True)
        self._near = QVBoxLayout()
        self._further = QVBoxLayout()
        self._arrange()
        self.types.triggered.connect(self._on_type_chosen)
        self.more_button.toggled.connect(self._show_further)
        self.show_key(TextKey(answers=()))

    @property
    def kind(self) -> AnswerType:
        """The type that is chosen."""
        return self._kind

    @property
    def values(self) -> Values:
        """What stands in the fields."""
        return {name: field.value for name, field in self.fields.items()}

    @property
    def key(self) -> Key | Mistake:
        """What is written, as a key; or what is wrong with it."""
        return key_of(self._kind, self.values)

    @property
    def controls(self) -> list[QWidget]:
        """What the keyboard goes through, in that order."""
        fields = list(self.fields.values())
        near = [field.control for field in fields if not field.spec.is_further]
        further = [field.control for field in fields if field.spec.is_further]
        return [self.type_button, *near, self.more_button, *further]

    def show_key(self, key: Key) -> None:
        """Show a key without telling anybody."""
        written = values_of(key)
        self.show_written(AnswerType(str(key.__struct_config__.tag)), written)

    def show_written(self, kind: AnswerType, values: Values) -> None:
        """Show what somebody wrote, whether it is a key or not."""
        self._kept = dict(values)
        self._show_type(kind)
        for name, field in self.fields.items():
            field.show_value(values.get(name, _default(field)))
        self.complain(None)

    def complain(self, mistake: Mistake | None) -> None:
        """Say which field is wrong, and why."""
        for name, field in self.fields.items():
            is_it = mistake is not None and mistake.field == name
            field.complain(mistake.problem if mistake is not None and is_it else "")
            if is_it and field.spec.is_further:
                self.more_button.setChecked(True)

    def _show_type(self, kind: AnswerType) -> None:
        self.type_button.setText(type_word(kind))
        self.type_button.setAccessibleName(_("Type of answer: {name}").format(name=type_word(kind)))
        self.meaning.setText(type_meaning(kind))
        for action in self._group.actions():
            action.setChecked(action.data() == kind.value)
        if self.fields and kind is self._kind:
            return
        self._kind = kind
        self._build_fields()

    def _build_fields(self) -> None:
        for field in self.fields.values():
            field.hide()
            field.deleteLater()
        specs = fields_of(self._kind)
        self.fields = {spec.name: FormField(self._theme, spec) for spec in specs}
        has_further = any(spec.is_further for spec in specs)
        near = [field for field in self.fields.values() if not field.spec.is_further]
        further = [field for field in self.fields.values() if field.spec.is_further]
        _fill(self._near, near)
        _fill(self._further, further)
        for field in self.fields.values():
            field.changed.connect(self.changed)
        self.more_button.setVisible(has_further)
        self._show_further(self.more_button.isChecked())
        self.fields_changed.emit()

    def _arrange(self) -> None:
        for kind in AnswerType:
            action = self.types.addAction(type_word(kind))
            action.setCheckable(True)
            action.setData(kind.value)
            self._group.addAction(action)
        self.type_button.setMenu(self.types)
        for place in (self._near, self._further):
            place.setSpacing(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(Label(self._theme, Type.SOFT_STRONG, _("Type of answer")), 1)
        head.addWidget(self.type_button)
        column.addLayout(head)
        column.addWidget(self.meaning)
        column.addSpacing(2)
        column.addLayout(self._near)
        column.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._further)

    @Slot(bool)
    def _show_further(self, is_shown: bool) -> None:
        for field in self.fields.values():
            if field.spec.is_further:
                field.setVisible(is_shown)

    @Slot(QAction)
    def _on_type_chosen(self, action: QAction) -> None:
        kind = AnswerType(str(action.data()))
        if kind is self._kind:
            return
        self._kept = {**self._kept, **self.values}
        self._show_type(kind)
        for name, field in self.fields.items():
            field.show_value(self._kept.get(name, _default(field)))
        self.changed.emit()


def _fill(place: QVBoxLayout, fields: Iterable[FormField]) -> None:
    """Put fields below each other, short ones side by side."""
    while place.count():
        place.takeAt(0)
    row: QHBoxLayout | None = None
    for field in fields:
        if not field.spec.is_short:
            row = None
            place.addWidget(field)
            continue
        if row is None:
            row = QHBoxLayout()
            row.setSpacing(10)
            place.addLayout(row)
        row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)


def _default(field: FormField) -> str | bool:
    """Return what stands in a field of which nobody said anything; most switches are off."""
    name = field.spec.name
    if isinstance(field.value, bool):
        return name in _USUALLY_ON
    return ""
