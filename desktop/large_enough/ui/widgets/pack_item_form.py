"""A form for one question of a pack."""

import itertools
from collections.abc import Callable

import msgspec
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from large_enough.domain.pack import PackItem
from large_enough.domain.pack_fault import Fault
from large_enough.ui.pack_draft import Unfinished
from large_enough.ui.pack_fields import FieldKind, FieldSpec
from large_enough.ui.pack_keys import Mistake
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import line
from large_enough.ui.widgets.choice_switch import ChoiceSwitch
from large_enough.ui.widgets.form_field import FormField
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.pack_key_form import KeyForm
from large_enough.ui.widgets.scrolling import scroll_up_and_down
from large_enough.wording.numbers import NOT_AVAILABLE
from large_enough.wording.translate import _

FindFaults = Callable[[PackItem], tuple[Fault, ...]]
QUESTION = "question"
LEVELS = (None, 1, 2, 3)


class ItemForm(QScrollArea):
    """The question, what is right, and what belongs to it.

    Signals:
        changed: The user wrote or chose something.
    """

    changed = Signal()

    def __init__(
        self, theme: Theme, find_faults: FindFaults, parent: QWidget | None = None
    ) -> None:
        """Make an empty form.

        Args:
            theme: Colours and type.
            find_faults: Returns what makes a question unusable.
            parent: What it lies in.
        """
        super().__init__(parent)
        self._theme = theme
        self._find_faults = find_faults
        self._item: PackItem | None = None
        lines, field = FieldKind.LINES, FieldKind.LINE
        self.question = FormField(theme, FieldSpec(QUESTION, lines, _("Question")))
        self.context = FormField(
            theme,
            FieldSpec(
                "context",
                FieldKind.CODE,
                _("Text that the question is about"),
                _("may be left empty"),
            ),
            least_lines=1,
        )
        self.key_form = KeyForm(theme)
        self.level = ChoiceSwitch(theme, _("Level"), (NOT_AVAILABLE, "1", "2", "3"))
        self.level.parts[0].setAccessibleName(_("no level"))
        self.group = FormField(
            theme,
            FieldSpec("group", field, _("Group"), _("questions of one kind share a name")),
        )
        self.explain = FormField(
            theme,
            FieldSpec("explain", lines, _("How the answer comes about"), _("shown after grading")),
            least_lines=1,
        )
        self.demo = FormField(
            theme, FieldSpec("demo", FieldKind.SWITCH, _("Only to look at, never graded"))
        )
        self._arrange()
        self._connect()

    @property
    def item(self) -> PackItem | None:
        """The question as it is written; with its old key while the new one has a mistake."""
        if self._item is None:
            return None
        key = self.key_form.key
        return msgspec.structs.replace(
            self._item,
            question=self.question.text.strip(),
            context=self.context.text.strip(),
            key=self._item.key if isinstance(key, Mistake) else key,
            level=LEVELS[self.level.index],
            group=self.group.text.strip(),
            explain=self.explain.text.strip(),
            demo=bool(self.demo.value),
        )

    @property
    def mistake(self) -> Mistake | None:
        """What is wrong with what is written, if anything."""
        if not self.question.text.strip():
            return Mistake(QUESTION, _("Write the question."))
        key, item = self.key_form.key, self.item
        if isinstance(key, Mistake) or item is None:
            return key if isinstance(key, Mistake) else None
        return next((self._as_mistake(fault) for fault in self._find_faults(item)), None)

    def _as_mistake(self, fault: Fault) -> Mistake:
        """Return a fault as a mistake in one of the fields; the first where it is in none."""
        fields = self.key_form.fields
        first = next(iter(fields))
        field = fault.field.partition(".")[0]
        return Mistake(field if field in {*fields, QUESTION} else first, fault.problem)

    @property
    def unfinished(self) -> Unfinished | None:
        """What is written, as long as it has a mistake."""
        mistake = self.mistake
        if mistake is None:
            return None
        return Unfinished(self.key_form.kind, self.key_form.values, mistake)

    def show_item(self, item: PackItem, unfinished: Unfinished | None = None) -> None:
        """Show a question, and what somebody began to write in place of its key."""
        self._item = item
        for field, value in (
            (self.question, item.question),
            (self.context, item.context),
            (self.group, item.group),
            (self.explain, item.explain),
            (self.demo, item.demo),
        ):
            field.show_value(value)
        self.level.choose(LEVELS.index(item.level) if item.level in LEVELS else 0)
        if unfinished is None:
            self.key_form.show_key(item.key)
        else:
            self.key_form.show_written(unfinished.kind, unfinished.values)
        self.complain(unfinished.mistake if unfinished is not None else None)
        self.verticalScrollBar().setValue(0)

    def complain(self, mistake: Mistake | None) -> None:
        """Say which field is wrong, and why."""
        is_question = mistake is not None and mistake.field == QUESTION
        self.question.complain(mistake.problem if mistake is not None and is_question else "")
        self.key_form.complain(None if is_question else mistake)

    def focus_first(self) -> None:
        """Give the keyboard to the question."""
        self.question.control.setFocus()

    def _arrange(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.question)
        column.addWidget(self.context)
        column.addWidget(line())
        column.addWidget(self.key_form)
        column.addWidget(line())
        level = QHBoxLayout()
        level.addWidget(Label(self._theme, Type.SOFT_STRONG, _("Level")), 1)
        level.addWidget(self.level)
        column.addLayout(level)
        for field in (self.group, self.explain, self.demo):
            column.addWidget(field)
        column.addStretch(1)
        scroll_up_and_down(self, content)
        content.setAutoFillBackground(False)

    def _connect(self) -> None:
        for field in (self.question, self.context, self.group, self.explain, self.demo):
            field.changed.connect(self._on_changed)
        self.key_form.changed.connect(self._on_changed)
        self.key_form.fields_changed.connect(self._order)
        self.level.chosen.connect(self._on_changed)
        self._order()

    @Slot()
    def _order(self) -> None:
        """Have Tab go through the fields from top to bottom, also those that are new."""
        controls = [
            self.question.control,
            self.context.control,
            *self.key_form.controls,
            *self.level.parts,
            self.group.control,
            self.explain.control,
            self.demo.control,
        ]
        for first, second in itertools.pairwise(controls):
            QWidget.setTabOrder(first, second)

    @Slot()
    def _on_changed(self) -> None:
        if self._item is not None:
            self.complain(self.mistake)
            self.changed.emit()
