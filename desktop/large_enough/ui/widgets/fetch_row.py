"""One model that is being fetched: how far it is, and what can be done about it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from large_enough.comparison.fetch_items import GOING_ON, FetchItem, FetchState
from large_enough.domain.text import harmless_line
from large_enough.ui.fetch_words import item_fraction, item_line
from large_enough.ui.safe_text import tooltip
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import IconButton
from large_enough.ui.widgets.labels import ElidedLabel, Label
from large_enough.ui.widgets.progress_line import ProgressLine
from large_enough.wording.translate import _


class FetchRow(QWidget):
    """A name, two buttons, a line of progress, and words below it.

    Signals:
        pause_wanted: The user wants the model with that id to wait.
        resume_wanted: The user wants it to go on, or to be tried again.
        removal_wanted: The user does not want it any more, or not in the list.
    """

    pause_wanted = Signal(str)
    resume_wanted = Signal(str)
    removal_wanted = Signal(str)

    def __init__(self, theme: Theme, item: FetchItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item = item
        self._name = ElidedLabel(theme, Type.STRONG, harmless_line(item.name))
        self._words = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self.go_button = IconButton(theme, "pause", "")
        self.remove_button = IconButton(theme, "close", "")
        self.progress = ProgressLine(theme, height_px=6)
        self._arrange()
        self.go_button.clicked.connect(self._on_go_clicked)
        self.remove_button.clicked.connect(self._on_remove_clicked)
        self.show_item(item)

    @property
    def item(self) -> FetchItem:
        """What is shown."""
        return self._item

    @property
    def words(self) -> str:
        """How far it is."""
        return self._words.text()

    def show_item(self, item: FetchItem) -> None:
        """Show how far it is."""
        self._item = item
        name = harmless_line(item.name)
        self._words.set_tone("warning" if item.state is FetchState.FAILED else "soft")
        self._words.setText(harmless_line(item_line(item)))
        self.progress.setAccessibleName(_("Download of {name}").format(name=name))
        self.progress.show_fraction(item_fraction(item))
        self._show_buttons(item, name)

    def _show_buttons(self, item: FetchItem, name: str) -> None:
        is_done = item.state is FetchState.DONE
        if is_done and self.go_button.hasFocus():
            self.remove_button.setFocus()
        self.go_button.setVisible(not is_done)
        picture, words = _go_words(item.state)
        self.go_button.show_picture(picture)
        _say(self.go_button, words.format(name=name))
        removal = _("Take {name} off the list") if is_done else _("Give {name} up")
        _say(self.remove_button, removal.format(name=name))

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self._name, 1)
        head.addWidget(self.go_button)
        head.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.progress)
        column.addWidget(self._words)

    @Slot()
    def _on_go_clicked(self) -> None:
        if self._item.state in GOING_ON:
            self.pause_wanted.emit(self._item.id)
        else:
            self.resume_wanted.emit(self._item.id)

    @Slot()
    def _on_remove_clicked(self) -> None:
        self.removal_wanted.emit(self._item.id)


def _say(button: IconButton, words: str) -> None:
    """Say what a button does, with a name from outside in it."""
    button.say(words)
    button.setToolTip(tooltip(words))
    button.setAccessibleDescription(words)  # or screen readers would read the tooltip's HTML


def _go_words(state: FetchState) -> tuple[str, str]:
    """Return picture and words of the button that lets it wait or go on."""
    if state in GOING_ON:
        return "pause", _("Pause {name}")
    if state is FetchState.FAILED:
        return "retry", _("Try {name} again")
    return "play", _("Go on with {name}")
