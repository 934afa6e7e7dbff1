"""One pack: its questions, what it is about, how fit it is, and what can be done with it."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from large_enough.domain.pack import Pack
from large_enough.domain.text import harmless_line
from large_enough.ui.pack_forms import PackForm
from large_enough.ui.pack_health_rows import HealthWords
from large_enough.ui.pack_rows import questions_text
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button, IconButton, card
from large_enough.ui.widgets.choice_switch import ChoiceSwitch
from large_enough.ui.widgets.item_table import ItemTable
from large_enough.ui.widgets.labels import ElidedLabel, Label
from large_enough.ui.widgets.pack_about_page import AboutPage
from large_enough.ui.widgets.pack_export_button import PackExportButton
from large_enough.ui.widgets.pack_health_page import HealthPage
from large_enough.ui.widgets.pack_item_view import ItemView
from large_enough.ui.widgets.pages import LonePages
from large_enough.ui.widgets.text_field import TextField
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _, ngettext

QUESTIONS, HEALTH, ABOUT = range(3)
"""The views, in the order of their switch."""
SEARCH_PAUSE_MS = 120
_LONGEST_SEARCH = 200
_SEARCH_WIDTH_PX = 280
_LEAST_SEARCH_WIDTH_PX = 100


class PackPage(QWidget):
    """What is known of a pack.

    Signals:
        run_wanted: The user wants to run it: `Pack`.
        edit_wanted: The user wants to edit it, beginning with the question at that place.
        export_wanted: The user wants it as a file: `Pack`, `PackForm`.
        deletion_wanted: The user wants to be rid of it.
        health_wanted: The user wants to know how fit it is: `Pack`.
        demos_wanted: The user wants its questions for looking and voting in the Arena: `Pack`.
    """

    run_wanted = Signal(object)
    edit_wanted = Signal(int)
    export_wanted = Signal(object, object)
    deletion_wanted = Signal()
    health_wanted = Signal(object)
    demos_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.pack: Pack | None = None
        self._is_examined = False
        self.title = ElidedLabel(theme, Type.SENTENCE)
        self.facts = ElidedLabel(theme, Type.SOFT, tone="soft")
        self.run_button = Button(
            theme, _("Run this pack"), picture="play", is_picture_behind=True, kind="primary"
        )
        self.edit_button = Button(theme, _("Edit questions"), picture="edit")
        self.demos_button = Button(theme, _("Open questions"), picture="arena")
        self.demos_button.setToolTip(
            _("Ask its questions without a key in the Arena: to look, discuss and vote")
        )
        self.export_button = PackExportButton(theme)
        self.delete_button = IconButton(theme, "trash", _("Delete this pack"))
        views = (_("Questions"), _("Health"), _("About"))
        self.switch = ChoiceSwitch(theme, _("What is shown of the pack"), views)
        hint = _("Search these questions")
        self.search = TextField(theme, hint, longest=_LONGEST_SEARCH, hint=hint)
        self.search.setMinimumWidth(_LEAST_SEARCH_WIDTH_PX)
        self.found = Label(theme, Type.SOFT, tone="soft")
        self.table = ItemTable(theme, _("Questions of this pack"))
        self.view = ItemView(theme)
        self.health = HealthPage(theme)
        self.about = AboutPage(theme)
        self.pages = LonePages()
        self._timer = QTimer(self)
        self._arrange()
        self._connect()

    def show_pack(self, pack: Pack, *, is_shipped: bool) -> None:
        """Show a pack.

        Args:
            pack: What to show.
            is_shipped: Whether it comes with the program: it is copied before it is edited.
        """
        is_other = self.pack is None or pack.id != self.pack.id
        self.pack, self._is_examined = pack, False
        self.title.setText(harmless_line(pack.title))
        self.facts.setText(_facts_line(pack))
        self.delete_button.setVisible(not is_shipped)
        self.demos_button.setVisible(any(item.demo for item in pack.items))
        words = _("Edit questions")
        if is_shipped:
            words = _("Edit a copy of this pack")
        self.edit_button.setToolTip(words)
        if is_other:
            self.search.clear()
        self.table.show_items(pack.items, wanted=0 if is_other else None)
        self.about.show_pack(pack)
        self._on_searched()
        self._show_view(self.switch.index)

    def forget(self) -> None:
        """Let go of the pack that is shown."""
        self.pack = None

    def show_health(self, words: HealthWords, problems: dict[int, str]) -> None:
        """Show how fit the pack is, and mark questions with faults."""
        self._is_examined = True
        self.health.show_health(words)
        self.table.warn(problems)

    def go_to(self, place: int) -> None:
        """Show the question at that place."""
        self.switch.choose(QUESTIONS)
        self._show_view(QUESTIONS)
        self.search.clear()
        self._on_searched()
        self.table.go_to(place)
        self.table.setFocus()

    # --- building

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._head())
        column.addLayout(self._bar())
        column.addWidget(self.pages, 1)
        for page in (self._questions(), self.health, self.about):
            self.pages.addWidget(page)

    def _head(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self.title)
        words.addWidget(self.facts)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addLayout(words, 1)
        for button in (
            self.delete_button,
            self.export_button,
            self.edit_button,
            self.run_button,
        ):
            head.addWidget(button)
        return head

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(12)
        bar.addWidget(self.switch)
        bar.addWidget(self.demos_button)
        bar.addStretch(1)
        bar.addWidget(self.found)
        bar.addWidget(self.search, 2)
        self._renew()
        return bar

    def _questions(self) -> QWidget:
        place = card()
        inner = QVBoxLayout(place)
        inner.setContentsMargins(10, 8, 10, 8)
        inner.addWidget(self.table)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(place, 1)
        column.addWidget(self.view)
        return page

    def _connect(self) -> None:
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_PAUSE_MS)
        self._timer.timeout.connect(self._on_searched)
        self.search.textChanged.connect(self._on_text_changed)
        self._theme.changed.connect(self._renew)
        self.switch.chosen.connect(self._show_view)
        self.table.chosen.connect(self._on_item_chosen)
        self.table.wanted.connect(self.edit_wanted)
        self.health.place_wanted.connect(self.go_to)
        self.run_button.clicked.connect(self._on_run_clicked)
        self.edit_button.clicked.connect(self._on_edit_clicked)
        self.demos_button.clicked.connect(self._on_demos_clicked)
        self.delete_button.clicked.connect(self.deletion_wanted)
        self.export_button.form_chosen.connect(self._on_form_chosen)

    # --- what happens

    @Slot()
    def _renew(self) -> None:
        self.search.setMaximumWidth(round(_SEARCH_WIDTH_PX * self._theme.scale))

    @Slot(int)
    def _show_view(self, view: int) -> None:
        self.pages.setCurrentIndex(view)
        is_table = view == QUESTIONS
        self.search.setVisible(is_table)
        self.found.setVisible(is_table)
        if self.pack is not None and not self._is_examined:
            self.health.show_busy()
            self.health_wanted.emit(self.pack)

    @Slot()
    def _on_text_changed(self) -> None:
        self._timer.start()

    @Slot()
    def _on_searched(self) -> None:
        self.table.search(self.search.text())
        words = ""
        if self.search.text().strip():
            count = self.table.shown_count
            words = ngettext("{count} found", "{count} found", count).format(
                count=count_text(count)
            )
        self.found.setText(words)

    @Slot(int)
    def _on_item_chosen(self, place: int) -> None:
        items = self.table.items
        self.view.setVisible(0 <= place < len(items))
        if 0 <= place < len(items):
            self.view.show_item(place + 1, items[place])

    @Slot()
    def _on_run_clicked(self) -> None:
        self.run_wanted.emit(self.pack)

    @Slot()
    def _on_demos_clicked(self) -> None:
        self.demos_wanted.emit(self.pack)

    @Slot()
    def _on_edit_clicked(self) -> None:
        self.edit_wanted.emit(max(self.table.current, 0))

    @Slot(object)
    def _on_form_chosen(self, form: PackForm) -> None:
        self.export_wanted.emit(self.pack, form)


def _facts_line(pack: Pack) -> str:
    groups = len({item.cluster for item in pack.graded_items})
    parts = [questions_text(len(pack.graded_items))]
    if groups != len(pack.graded_items):
        words = ngettext("of {count} kind", "of {count} kinds", groups)
        parts[0] = f"{parts[0]} {words.format(count=count_text(groups))}"
    if pack.domain:
        parts.append(_(pack.domain))
    parts.append(_("version {version}").format(version=pack.version))
    if pack.licence:
        parts.append(pack.licence)
    return " · ".join(harmless_line(part) for part in parts)
