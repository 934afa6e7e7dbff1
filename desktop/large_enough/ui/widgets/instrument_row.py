"""Shows one instrument that was looked for: what it covers, how it stands, what would unlock it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from large_enough.domain.doctor import InstrumentReport, InstrumentVerdict
from large_enough.domain.text import harmless_line
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.command_field import CommandField
from large_enough.ui.widgets.copy_button import CopyButton
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.picture import Picture
from large_enough.wording.doctor import (
    is_command,
    period_text,
    power_text,
    remark_texts,
    scope_text,
    verdict_text,
)
from large_enough.wording.numbers import quantity_text
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _

COLUMN_WIDTHS_PX = (142, 112, 88, 196)
"""State, renewed every, now, kind of number; what an instrument covers gets the rest."""

_TONES = {
    InstrumentVerdict.IN_USE: "good",
    InstrumentVerdict.OBSERVING: "ink",
    InstrumentVerdict.RESTING: "ink",
    InstrumentVerdict.OUT: "warning",
    InstrumentVerdict.NOT_AVAILABLE: "soft",
}
_PICTURES = {InstrumentVerdict.IN_USE: "check", InstrumentVerdict.OUT: "warning"}
_PICTURE_PX = 14


class InstrumentRow(QWidget):
    """One instrument."""

    def __init__(
        self, theme: Theme, instrument: InstrumentReport, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._instrument = instrument
        self.command: CommandField | None = None
        self.copy_button: CopyButton | None = None
        self.setAccessibleName(harmless_line(_(instrument.instrument)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 11, 0, 12)
        column.setSpacing(4)
        column.addLayout(self._cells())
        for words in self._details():
            column.addWidget(Label(theme, Type.SOFT, words, tone="soft", wraps=True))
        if instrument.unlock:
            self._add_unlock(column)

    @property
    def words(self) -> str:
        """All that the row says, but for the command."""
        return " | ".join(label.text() for label in self.findChildren(QLabel) if label.text())

    def _cells(self) -> QHBoxLayout:
        instrument = self._instrument
        remarks = remark_texts(instrument)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._label(_capital(scope_text(instrument.scope)), Type.STRONG), 1)
        widgets = (
            self._state(),
            self._label(quantity_text(instrument.update_period_s, period_text)),
            self._label(quantity_text(instrument.power_w, power_text)),
            self._label(remarks[0] if remarks else ""),
        )
        for widget, width_px in zip(widgets, COLUMN_WIDTHS_PX, strict=True):
            widget.setFixedWidth(round(width_px * self._theme.scale))
            row.addWidget(widget)
        return row

    def _label(self, text: str, kind: Type = Type.SOFT) -> Label:
        return Label(self._theme, kind, harmless_line(text))

    def _state(self) -> QWidget:
        verdict = self._instrument.verdict
        words = Label(
            self._theme, Type.SOFT_STRONG, verdict_text(self._instrument), tone=_TONES[verdict]
        )
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        if verdict in _PICTURES:
            row.addWidget(Picture(self._theme, _PICTURES[verdict], _PICTURE_PX, _TONES[verdict]))
        row.addWidget(words, 1)
        return place

    def _details(self) -> tuple[str, ...]:
        """Return name and reason, and what else is to be known."""
        instrument = self._instrument
        name = harmless_line(_(instrument.instrument))
        reason = harmless_line(reason_text(instrument.reason)) if instrument.reason else ""
        further = [_capital(text) + "." for text in remark_texts(instrument)[1:]]
        first = _("{name}: {reason}.").format(name=name, reason=reason) if reason else name
        return (first, *further)

    # --- unlocking

    def _add_unlock(self, column: QVBoxLayout) -> None:
        unlock = harmless_line(self._instrument.unlock)
        if is_command(unlock):
            self._add_command(column, unlock)
        else:
            words = _("What to do: {step}.").format(step=reason_text(unlock).rstrip("."))
            column.addWidget(Label(self._theme, Type.SOFT, words, wraps=True))
        if self._instrument.unlock_note:
            note = harmless_line(_(self._instrument.unlock_note))
            column.addWidget(Label(self._theme, Type.SOFT, note, tone="soft", wraps=True))

    def _add_command(self, column: QVBoxLayout, command: str) -> None:
        column.addSpacing(4)
        column.addWidget(
            Label(
                self._theme,
                Type.SOFT,
                _("An administrator unlocks it with this line in a terminal:"),
                wraps=True,
            )
        )
        self.command = CommandField(self._theme, command)
        self.copy_button = CopyButton(
            self._theme, self.command.toPlainText, _("Copy the command that unlocks it")
        )
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.command, 1)
        row.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)


def _capital(text: str) -> str:
    """Return a phrase as the beginning of a line."""
    return text[:1].upper() + text[1:]
