"""One chart with a menu to save it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from large_enough.ui.drawing_files import Picture
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.drawing_view import DrawingView, MakeDrawing
from large_enough.ui.widgets.labels import Label
from large_enough.wording.translate import _


class ChartCard(QFrame):
    """A chart, what it shows in words on demand, and a button that saves it.

    Signals:
        saving_wanted: The user wants the `Drawing` as a file of this `Picture`.
    """

    saving_wanted = Signal(object, object)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.view = DrawingView(theme)
        self.words = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.hide()
        self.words_button = Button(theme, _("In words"), kind="small")
        self.words_button.setCheckable(True)
        self.words_button.setAccessibleName(_("{chart}, in words").format(chart=name))
        self.save_button = Button(theme, _("Save"), picture="download", kind="small")
        self.save_button.setAccessibleName(_("Save the chart: {chart}").format(chart=name))
        self.save_menu = QMenu(self.save_button)
        self._fill_menu()
        self._arrange()
        self.words_button.toggled.connect(self._on_words_toggled)
        self.save_menu.triggered.connect(self._on_save_triggered)

    def show_drawing(self, make: MakeDrawing) -> None:
        """Show another drawing."""
        self.view.show_drawing(make)
        if self.view.drawing is not None:
            self.words.setText(self.view.drawing.summary)

    def _fill_menu(self) -> None:
        for picture, words in (
            (Picture.PNG, _("As a picture (PNG)")),
            (Picture.SVG, _("To edit (SVG)")),
            (Picture.PDF, _("To print (PDF)")),
        ):
            self.save_menu.addAction(words).setData(picture)
        self.save_button.setMenu(self.save_menu)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.words_button)
        row.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.view)
        column.addWidget(self.words)
        column.addLayout(row)

    @Slot(bool)
    def _on_words_toggled(self, is_open: bool) -> None:
        self.words.setVisible(is_open)

    @Slot(QAction)
    def _on_save_triggered(self, action: QAction) -> None:
        drawing = self.view.file_drawing()
        if drawing is not None:
            self.saving_wanted.emit(drawing, action.data())
