"""Takes the address of a mirror of the Hugging Face Hub."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from large_enough.domain.text import harmless_line
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.text_field import TextField
from large_enough.wording.translate import _

_LONGEST_ADDRESS = 300


class HubSetting(QWidget):
    """A field, and a line that says what holds.

    Signals:
        changed: The user gave another address that can be used; "" for the usual one.
    """

    changed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._refusal_of: Callable[[str], str] = _no_refusal
        self._outcome_of: Callable[[str], str] = _no_refusal
        self._address = ""
        self.field = TextField(
            theme,
            _("Address to get models from"),
            longest=_LONGEST_ADDRESS,
            hint=_("usual: https://huggingface.co"),
        )
        self.remark = Label(theme, Type.SOFT, tone="soft", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.remark)
        self.field.textEdited.connect(self._on_edited)
        self.field.editingFinished.connect(self._on_finished)

    def judge_by(self, refusal_of: Callable[[str], str], outcome_of: Callable[[str], str]) -> None:
        """Say by these why an address cannot be used ("" if it can), and what one leads to."""
        self._refusal_of, self._outcome_of = refusal_of, outcome_of

    def show_address(self, address: str) -> None:
        """Show an address without telling anybody; "" for the usual one."""
        self._address = address
        self.field.setText(address)
        self._on_finished()

    @Slot()
    def _on_edited(self) -> None:
        """Take what can be used at once; what cannot is told when the user is done."""
        address = self.field.text().strip()
        if not self._refusal_of(address):
            self._address = address
            self._say(self._outcome_of(address), is_wrong=False)
            self.changed.emit(address)

    @Slot()
    def _on_finished(self) -> None:
        refusal = self._refusal_of(self.field.text().strip())
        if refusal:
            holds = self._outcome_of(self._address) if self._is_usable else ""
            self._say(f"{refusal} {holds}".strip(), is_wrong=True)
        else:
            self._say(self._outcome_of(self._address), is_wrong=False)

    @property
    def _is_usable(self) -> bool:
        return not self._refusal_of(self._address)

    def _say(self, words: str, *, is_wrong: bool) -> None:
        self.remark.set_tone("warning" if is_wrong else "soft")
        self.remark.setText(harmless_line(words))
        self.field.mark_wrong(is_wrong=is_wrong)
        self.field.setAccessibleDescription(harmless_line(words))


def _no_refusal(_address: str) -> str:
    return ""
