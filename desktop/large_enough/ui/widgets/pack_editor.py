"""Edits a pack: what it is called, and its questions."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from large_enough.domain.pack import Pack
from large_enough.ui.pack_draft import PackDraft
from large_enough.ui.pack_understanding import Understanding
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.pack_facts_form import PackFactsForm
from large_enough.ui.widgets.pack_item_desk import ItemDesk
from large_enough.ui.widgets.pack_item_form import FindFaults
from large_enough.ui.widgets.pack_reading_notes import ReadingNotes
from large_enough.ui.widgets.text_field import TextField
from large_enough.wording.translate import _

_LONGEST_TITLE = 120


class PackEditor(QWidget):
    """The title and the buttons above, the questions below.

    Signals:
        save_wanted: The user wants to keep the pack as it is now: `Pack`.
        closed: The user wants to leave the editor.
    """

    save_wanted = Signal(object)
    closed = Signal()

    def __init__(
        self, theme: Theme, find_faults: FindFaults, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._draft: PackDraft | None = None
        self._is_edited = False
        self._sent: Pack | None = None  # what was to be kept the last time
        self.title = TextField(
            theme, _("Name of the pack"), longest=_LONGEST_TITLE, hint=_("Name of the pack")
        )
        self.state = Label(theme, Type.SOFT, tone="soft")
        self.facts_button = Button(theme, _("About"))
        self.facts_button.setCheckable(True)
        self.facts_button.setToolTip(_("Language, domain, licence and what the pack is about"))
        self.facts = PackFactsForm(theme)
        self.facts.hide()
        self.close_button = Button(theme, _("Close"))
        self.save_button = Button(theme, _("Save"), kind="primary")
        self.notes = ReadingNotes(theme)
        self.desk = ItemDesk(theme, find_faults)
        self._arrange()
        self.title.textEdited.connect(self._on_title_edited)
        self.desk.changed.connect(self._on_desk_changed)
        self.facts.changed.connect(self._show_state)
        self.facts_button.toggled.connect(self.facts.setVisible)
        self.save_button.clicked.connect(self._on_save_clicked)
        self.save_button.setToolTip(_("Save this pack (Ctrl+S)"))
        keys = QShortcut(QKeySequence("Ctrl+S"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self._on_save_clicked)
        self.close_button.clicked.connect(self.closed)

    @property
    def draft(self) -> PackDraft | None:
        """What is being edited."""
        return self._draft

    @property
    def is_edited(self) -> bool:
        """Whether somebody has worked on the questions since the editor was opened."""
        return self._is_edited

    @property
    def is_changed(self) -> bool:
        """Whether something would be lost."""
        return self._draft is not None and self._draft.is_changed

    def edit(self, draft: PackDraft, place: int = 0) -> None:
        """Begin to edit, with the question at a place."""
        self._draft = draft
        self._is_edited = False
        self.notes.hide()
        self.title.setText(draft.title)
        self.facts.show_draft(draft)
        self.facts_button.setChecked(False)
        self.desk.show_draft(draft, place)
        self._show_state()

    def look_over(self, draft: PackDraft, understanding: Understanding) -> None:
        """Begin to edit what was pasted or read from a file, with what needs help first."""
        problems = draft.problems
        self.edit(draft, min(problems) if problems else 0)
        self.notes.show_understanding(understanding)
        self.notes.show()
        self.title.setFocus()
        self.title.selectAll()

    def take_saved(self, pack: Pack) -> None:
        """Take note that the pack is kept; what was written since then stays to be saved."""
        if self._draft is None:
            return
        self.notes.hide()
        if self._draft.problems or self._draft.pack != self._sent:
            self._draft.take_kept(pack)
            return
        place = self.desk.table.current
        self._draft = PackDraft(pack, pack)
        self.facts.show_draft(self._draft)
        self.desk.show_draft(self._draft, place)
        self._show_state()

    def forget(self) -> None:
        """Let go of what was edited."""
        self._draft = None

    def focus_first(self) -> None:
        """Give the keyboard to the table."""
        self.desk.table.setFocus()

    def save(self) -> bool:
        """Have the pack kept, unless something must be finished first; return whether it is."""
        if self._draft is None:
            return False
        if not self._draft.title.strip():
            self._say(_("Give the pack a name first."))
            self.title.setFocus()
            return False
        problems = self._draft.problems
        if problems:
            place = min(problems)
            self._say(
                _("Question {number} is not finished: {problem}").format(
                    number=place + 1, problem=problems[place]
                )
            )
            self.desk.go_to(place)
            return False
        self._sent = self._draft.pack
        self.save_wanted.emit(self._sent)
        return True

    @Slot()
    def _on_save_clicked(self) -> None:
        self.save()

    def _say(self, words: str) -> None:
        self.state.set_tone("warning")
        self.state.setText(words)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.title, 2)
        head.addWidget(self.state, 3)
        head.addWidget(self.facts_button)
        head.addWidget(self.close_button)
        head.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.notes)
        column.addWidget(self.facts)
        column.addWidget(self.desk, 1)

    @Slot(str)
    def _on_title_edited(self, text: str) -> None:
        if self._draft is not None:
            self._draft.change(title=text)
            self._show_state()

    @Slot()
    def _on_desk_changed(self) -> None:
        self._is_edited = True
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        is_touched = self._draft is not None and self._draft.is_touched
        self.state.set_tone("soft")
        self.state.setText(_("not saved yet") if is_touched else _("everything is saved"))
