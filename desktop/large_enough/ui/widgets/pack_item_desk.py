"""Where the questions of a pack are worked on: a table at the left, the chosen one at the right."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from large_enough.domain.pack import Key
from large_enough.ui.pack_draft import PackDraft
from large_enough.ui.pack_keys import Mistake
from large_enough.ui.tables.item_table_model import Column
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button, IconButton, card
from large_enough.ui.widgets.item_table import ItemTable
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.pack_item_form import FindFaults, ItemForm
from large_enough.ui.widgets.pack_trial import TrialBox
from large_enough.wording.translate import _

_COLUMNS = (Column.NUMBER, Column.QUESTION, Column.ANSWER, Column.TYPE)
_FORM_WIDTH_PX = 404


class ItemDesk(QWidget):
    """Works on a draft.

    Signals:
        changed: The draft has changed.
        grading_wanted: The user wants to know how an answer is graded by a key: `Key`, text.
    """

    changed = Signal()
    grading_wanted = Signal(object, str)

    def __init__(
        self, theme: Theme, find_faults: FindFaults, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._draft: PackDraft | None = None
        self._shown = -1
        self.table = ItemTable(theme, _("Questions of this pack"), _COLUMNS, tells_problems=True)
        self.add_button = Button(theme, _("Add"), picture="plus", kind="small")
        self.copy_button = Button(theme, _("Duplicate"), picture="copy", kind="small")
        self.delete_button = IconButton(theme, "trash", _("Delete this question (Del)"))
        self.undo_button = Button(theme, _("Undo deleting"), kind="small")
        self.count = Label(theme, Type.SOFT, tone="soft")
        self.form = ItemForm(theme, find_faults)
        self.trial = TrialBox(theme)
        self._right = QWidget()
        self._arrange()
        self._connect()

    @property
    def key(self) -> Key | Mistake:
        """What is right for the question that is shown, as it is written now."""
        return self.form.key_form.key

    def show_draft(self, draft: PackDraft, wanted: int = 0) -> None:
        """Work on this draft, beginning at a place."""
        self._draft = draft
        self._show_items(wanted)

    def go_to(self, place: int) -> None:
        """Show the question at a place, and give it the keyboard."""
        self.table.go_to(place)
        self.form.focus_first()

    # --- building

    def _arrange(self) -> None:
        self.add_button.setToolTip(_("Add a question after this one"))
        self.copy_button.setToolTip(_("Add a copy of this question"))
        buttons = QHBoxLayout()
        buttons.setContentsMargins(4, 0, 4, 0)
        buttons.setSpacing(8)
        for button in (
            self.add_button,
            self.copy_button,
            self.delete_button,
            self.undo_button,
        ):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.count)
        left = card()
        column = QVBoxLayout(left)
        column.setContentsMargins(8, 10, 8, 8)
        column.setSpacing(8)
        column.addLayout(buttons)
        column.addWidget(self.table, 1)
        place = QFrame()
        place.setProperty("kind", "card")
        inner = QVBoxLayout(place)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.form)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(12)
        right.addWidget(place, 1)
        right.addWidget(self.trial)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(left, 1)
        row.addWidget(self._right)
        self._on_theme_changed()

    def _connect(self) -> None:
        self.table.chosen.connect(self._on_chosen)
        self.table.wanted.connect(self.go_to)
        self.table.deletion_wanted.connect(self._on_delete_clicked)
        self.form.changed.connect(self._on_form_changed)
        self.trial.wanted.connect(self._on_trial_wanted)
        self.add_button.clicked.connect(self._on_add_clicked)
        self.copy_button.clicked.connect(self._on_copy_clicked)
        self.delete_button.clicked.connect(self._on_delete_clicked)
        self.undo_button.clicked.connect(self._on_undo_clicked)
        self._theme.changed.connect(self._on_theme_changed)

    # --- what happens

    def _show_items(self, wanted: int) -> None:
        if self._draft is None:
            return
        self._shown = -1
        self.table.show_items(self._draft.items, wanted)
        self.table.warn(self._draft.problems, self._draft.kinds)
        self._show_counts()
        self._on_chosen(self.table.current)

    def _show_counts(self) -> None:
        has_any = bool(self.table.items)
        self._right.setEnabled(has_any)
        self.copy_button.setEnabled(has_any)
        self.delete_button.setEnabled(has_any)
        can_restore = self._draft is not None and self._draft.can_restore
        self.undo_button.setVisible(can_restore)
        problems = len(self._draft.problems) if self._draft is not None else 0
        words = _("{count} to finish").format(count=problems)
        self.count.setText(words if problems else "")
        self.count.set_tone("warning")

    @Slot(int)
    def _on_chosen(self, place: int) -> None:
        if self._draft is None or place < 0 or place == self._shown:
            return
        self._shown = place
        self.form.show_item(self._draft.items[place], self._draft.unfinished(place))
        self.trial.clear()

    @Slot()
    def _on_form_changed(self) -> None:
        item = self.form.item
        if self._draft is None or item is None or self._shown < 0:
            return
        self._draft.replace(self._shown, item, self.form.unfinished)
        self.table.change_item(self._shown, item)
        self.table.warn(self._draft.problems, self._draft.kinds)
        self._show_counts()
        self.trial.renew()
        self.changed.emit()

    @Slot(str)
    def _on_trial_wanted(self, text: str) -> None:
        key = self.key
        if isinstance(key, Mistake):
            self.trial.show_unfinished()
        else:
            self.grading_wanted.emit(key, text)

    @Slot()
    def _on_add_clicked(self) -> None:
        if self._draft is not None:
            self._show_items(self._draft.add(self.table.current))
            self.form.focus_first()
            self.changed.emit()

    @Slot()
    def _on_copy_clicked(self) -> None:
        if self._draft is not None and self.table.current >= 0:
            self._show_items(self._draft.duplicate(self.table.current))
            self.form.focus_first()
            self.changed.emit()

    @Slot()
    def _on_delete_clicked(self) -> None:
        if self._draft is not None and self.table.current >= 0:
            self._show_items(self._draft.delete(self.table.current))
            (self.table if self.table.items else self.add_button).setFocus()
            self.changed.emit()

    @Slot()
    def _on_undo_clicked(self) -> None:
        if self._draft is not None and self._draft.can_restore:
            self._show_items(self._draft.restore())
            self.table.setFocus()
            self.changed.emit()

    @Slot()
    def _on_theme_changed(self) -> None:
        self._right.setFixedWidth(round(_FORM_WIDTH_PX * self._theme.scale))
