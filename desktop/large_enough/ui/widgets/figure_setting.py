"""Takes a figure that the user gives, with where it is from; an empty field switches it off."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import harmless_line
from large_enough.ui.amounts import amount_text, read_amount
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.text_field import TextField
from large_enough.wording.translate import _

_LONGEST_AMOUNT = 12
_LONGEST_SOURCE = 120
_AMOUNT_WIDTH_PX = 104


class FigureSetting(QWidget):
    """An amount, its unit, where it is from, and a line that says what came of it.

    Signals:
        changed: The user gave another figure, or another source.
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        unit: tuple[QWidget, ...],
        outcome: Callable[[float | None], str],
        source_hint: str,
        parent: QWidget | None = None,
    ) -> None:
        """Make empty fields.

        Args:
            theme: Colours and type.
            name: Of the figure, for screen readers.
            unit: What stands behind the amount.
            outcome: Says what a figure leads to; None is for switched off.
            source_hint: An example of where it may be from.
            parent: What it lies in.
        """
        super().__init__(parent)
        self._outcome = outcome
        self._amount: float | None = None
        self.amount_field = TextField(
            theme, name, longest=_LONGEST_AMOUNT, width_px=_AMOUNT_WIDTH_PX, hint=_("none")
        )
        self.source_field = TextField(
            theme,
            _("{name}: where it is from").format(name=name),
            longest=_LONGEST_SOURCE,
            hint=source_hint,
        )
        self.remark = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self._arrange(unit)
        self.amount_field.textEdited.connect(self._on_amount_edited)
        self.amount_field.editingFinished.connect(self._on_amount_finished)
        self.source_field.textEdited.connect(self.changed)

    @property
    def amount(self) -> float | None:
        """The last figure that could be used; None for off."""
        return self._amount

    @property
    def source(self) -> str:
        """Where it is from, in the user's words."""
        return harmless_line(self.source_field.text())

    def show_figure(self, amount: float | None, source: str) -> None:
        """Show a figure without telling anybody."""
        self._amount = amount
        self.amount_field.setText(amount_text(amount))
        self.source_field.setText(source)
        self.renew_outcome()

    def renew_outcome(self) -> None:
        """Say again what the figure leads to."""
        self._say(self._outcome(self._amount))

    @Slot()
    def _on_amount_edited(self) -> None:
        """Take what can be used at once; what cannot is told when the user is done."""
        amount = read_amount(self.amount_field.text())
        if not isinstance(amount, Unavailable):
            self._amount = amount
            self.renew_outcome()
            self.changed.emit()

    @Slot()
    def _on_amount_finished(self) -> None:
        amount = read_amount(self.amount_field.text())
        if isinstance(amount, Unavailable):
            self._say(self._refusal(amount), is_wrong=True)

    def _refusal(self, why: Unavailable) -> str:
        written = harmless_line(self.amount_field.text())
        words = {
            "thousands or decimals": _(
                "“{written}” may mean thousands or decimals. Write it without the comma."
            ),
            "less than 0": _("“{written}” is less than 0."),
            "not a number": _("“{written}” is not a number. Write it like 0.32 or 0,32."),
        }[why.reason].format(written=written)
        if self._amount is None:
            return _("{words} It stays off.").format(words=words)
        return _("{words} What holds is {amount}.").format(
            words=words, amount=amount_text(self._amount)
        )

    def _say(self, words: str, *, is_wrong: bool = False) -> None:
        self.remark.set_tone("warning" if is_wrong else "soft")
        self.remark.setText(harmless_line(words))
        self.amount_field.mark_wrong(is_wrong=is_wrong)
        self.amount_field.setAccessibleDescription(harmless_line(words))

    def _arrange(self, unit: tuple[QWidget, ...]) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.amount_field)
        for widget in unit:
            row.addWidget(widget)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.source_field)
        column.addWidget(self.remark)
