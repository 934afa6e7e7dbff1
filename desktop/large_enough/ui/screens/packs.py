"""The packs: a library of graded questions, a page for each, and the editor."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from large_enough.domain.pack import Pack
from large_enough.ui.pack_rows import PackRow
from large_enough.ui.tables.pack_list_model import PackListModel
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button, card
from large_enough.ui.widgets.in_the_middle import put_in_the_middle
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.pack_editor import PackEditor
from large_enough.ui.widgets.pack_item_form import FindFaults
from large_enough.ui.widgets.pack_page import PackPage
from large_enough.ui.widgets.pack_paste_page import PastePage
from large_enough.ui.widgets.pages import LonePages
from large_enough.ui.widgets.row_list import RowList
from large_enough.ui.widgets.text_field import TextField
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _, ngettext

SEARCH_PAUSE_MS = 150
"""The list is renewed when nothing was typed for so long."""
_LIST_WIDTH_PX = 264
_LIST_SHARE = 0.27
"""Of the width, at most: a list that is large for a projector must leave room for the pack."""
_LONGEST_SEARCH = 200
_WORDS_WIDTH_PX = 480


class PacksScreen(QWidget):
    """The library at the left, the chosen pack at the right; the editor takes all the room.

    Signals:
        pack_chosen: The user went to this pack: `PackRow`.
        paste_wanted: The user wants to paste questions.
        file_wanted: The user wants to read questions from a file.
        new_wanted: The user wants to write a pack.
        runs_wanted: The user wants to see the runs there are.
        shown: The screen has come into view.
    """

    pack_chosen = Signal(object)
    paste_wanted = Signal()
    file_wanted = Signal()
    new_wanted = Signal()
    runs_wanted = Signal()
    shown = Signal()

    def __init__(
        self, theme: Theme, find_faults: FindFaults, parent: QWidget | None = None
    ) -> None:
        """Make the screen without packs.

        Args:
            theme: Colours and type.
            find_faults: Returns what makes a question unusable.
            parent: What it lies in.
        """
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[PackRow, ...] = ()
        hint = _("Search packs")
        self.search = TextField(theme, hint, longest=_LONGEST_SEARCH, hint=hint)
        self.search.setClearButtonEnabled(True)
        self.count = Label(theme, Type.SMALL, tone="soft")
        self.list = RowList(theme, PackListModel(), _("Packs of questions"))
        self.paste_button = Button(theme, _("Paste questions"), picture="paste")
        self.file_button = Button(theme, _("Open a file…"), picture="folder")
        self.new_button = Button(theme, _("Write a new pack"), picture="plus")
        self.runs_button = Button(theme, _("Runs and results"), picture="table")
        self.message = Label(theme, Type.SENTENCE, wraps=True)
        self.advice = Label(theme, Type.BASE, tone="soft", wraps=True)
        self.page = PackPage(theme)
        self.editor = PackEditor(theme, find_faults)
        self.paste = PastePage(theme)
        self._finder = card()
        self._note = card()
        self._places = LonePages()
        self._timer = QTimer(self)
        self._arrange()
        self._connect()
        self.say(_("Reading the packs…"))

    @property
    def is_editing(self) -> bool:
        """Whether the editor is open."""
        return self._places.currentWidget() is self.editor

    @property
    def is_changed(self) -> bool:
        """Whether something in the editor would be lost."""
        return self.editor.is_changed

    @Slot()
    def focus_first(self) -> None:
        """Give the keyboard to what the user does here."""
        if self.is_editing:
            self.editor.focus_first()
        elif self._places.currentWidget() is self.paste:
            self.paste.focus_first()
        else:
            self.search.setFocus()

    def show_rows(self, rows: Sequence[PackRow], wanted: str = "") -> None:
        """List these packs, and go to the one with the wanted key if there is one."""
        self._rows = tuple(rows)
        if wanted:
            self.search.clear()
        self._list(wanted)

    def show_pack(self, pack: Pack, *, is_shipped: bool) -> None:
        """Show a pack."""
        self.page.show_pack(pack, is_shipped=is_shipped)
        if self._places.currentWidget() in (self._note, self.page):
            self._go_to(self.page)

    def show_page(self) -> None:
        """Go back to the chosen pack, or to a few words where there is none."""
        self._go_to(self.page if self.page.pack is not None and self._rows else self._note)
        self.list.setFocus()

    def show_editor(self) -> None:
        """Go to the editor."""
        self._go_to(self.editor)

    def show_paste(self, text: str, problems: str = "") -> None:
        """Go to the box for text."""
        self.paste.show_text(text, problems)
        self._go_to(self.paste)
        self.paste.focus_first()

    def say(self, message: str, advice: str = "") -> None:
        """Say something in the place of a pack."""
        self.message.setText(message)
        self.advice.setText(advice)
        if self._places.currentWidget() in (self._note, self.page):
            self._go_to(self._note)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width between the list and the pack."""
        super().resizeEvent(event)
        self._renew()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that the screen has come into view."""
        super().showEvent(event)
        self.shown.emit()

    def _go_to(self, place: QWidget) -> None:
        self._places.setCurrentWidget(place)
        self._finder.setVisible(place in (self._note, self.page))

    def _list(self, wanted: str = "") -> None:
        fitting = [row for row in self._rows if row.has(self.search.text())]
        words = ngettext("{count} pack", "{count} packs", len(fitting))
        self.count.setText(words.format(count=count_text(len(fitting))))
        self.list.show_rows(fitting, wanted)
        if not fitting:
            self._tell_of_nothing()

    def _tell_of_nothing(self) -> None:
        if self._rows:
            self.say(_("No pack fits."), _("All words must occur in what is known of a pack."))
            return
        self.say(
            _("There are no packs yet."),
            _(
                "A pack is a set of questions with their right answers. Paste some from a "
                "spreadsheet: two columns, question and answer, are enough."
            ),
        )

    # --- building

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 14, 18, 14)
        row.setSpacing(16)
        row.addWidget(self._finder)
        row.addWidget(self._places, 1)
        self._fill_finder()
        self._fill_note()
        for place in (self._note, self.page, self.editor, self.paste):
            self._places.addWidget(place)

    def _fill_finder(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(11, 12, 11, 4)
        head.setSpacing(8)
        head.addWidget(self.search)
        head.addWidget(self.count)
        foot = QVBoxLayout()
        foot.setContentsMargins(11, 8, 11, 4)
        foot.setSpacing(8)
        for button in (self.paste_button, self.file_button, self.new_button, self.runs_button):
            foot.addWidget(button)
        column = QVBoxLayout(self._finder)
        column.setContentsMargins(1, 1, 1, 8)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        self._renew()

    def _fill_note(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(10)
        words.addStretch(2)
        words.addWidget(self.message)
        words.addWidget(self.advice)
        words.addStretch(3)
        put_in_the_middle(self._note, words, _WORDS_WIDTH_PX * self._theme.scale)

    def _connect(self) -> None:
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_PAUSE_MS)
        self._timer.timeout.connect(self._list)
        self.search.textChanged.connect(self._on_text_changed)
        self.list.chosen.connect(self.pack_chosen)
        self.paste_button.clicked.connect(self.paste_wanted)
        self.file_button.clicked.connect(self.file_wanted)
        self.paste.file_wanted.connect(self.file_wanted)
        self.new_button.clicked.connect(self.new_wanted)
        self.runs_button.clicked.connect(self.runs_wanted)
        self._theme.changed.connect(self._renew)

    @Slot()
    def _on_text_changed(self) -> None:
        self._timer.start()

    @Slot()
    def _renew(self) -> None:
        wanted, most = _LIST_WIDTH_PX * self._theme.scale, self.width() * _LIST_SHARE
        self._finder.setFixedWidth(round(max(_LIST_WIDTH_PX, min(wanted, most))))
