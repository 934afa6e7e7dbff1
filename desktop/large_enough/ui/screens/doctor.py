"""The doctor: what can be measured on this machine, and what would unlock more."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from large_enough.domain.doctor import DoctorReport, EngineFound
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.text import harmless_line
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button, card
from large_enough.ui.widgets.fact_list import FactList
from large_enough.ui.widgets.instrument_list import InstrumentList
from large_enough.ui.widgets.labels import Label
from large_enough.wording.doctor import headline
from large_enough.wording.doctor_facts import Fact, engine_facts, machine_facts, model_facts
from large_enough.wording.failures import explain
from large_enough.wording.numbers import seconds_text
from large_enough.wording.translate import _


class DoctorScreen(QWidget):
    """One sentence, the instruments, and the machine.

    Signals:
        check_wanted: The user wants the machine examined.
        shown: The screen has come into view.
    """

    check_wanted = Signal()
    shown = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.report: DoctorReport | None = None
        self._is_busy = False
        self._hindrance = ""
        self.sentence = Label(theme, Type.SENTENCE, wraps=True)
        self.remark = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self.check_button = Button(theme, _("Check again"), picture="retry", kind="primary")
        self.instruments = InstrumentList(theme)
        self.machine = FactList(theme, _("Machine"))
        self.models = FactList(theme, _("Models and disk"))
        self.engine = FactList(theme, _("Engine"))
        self._facts = card()
        self._arrange()
        self.check_button.clicked.connect(self._on_check_clicked)
        self._say(_("What can be measured here?"), _no_harm())
        self._show_parts(is_shown=False)
        self._show_button()

    @property
    def may_check(self) -> bool:
        """Whether the machine may be examined now."""
        return not self._is_busy and not self._hindrance

    @Slot()
    def focus_first(self) -> None:
        """Give the keyboard to the first useful control."""
        self.check_button.setFocus()

    def show_busy(self) -> None:
        """Show that the machine is being examined."""
        self._is_busy = True
        self._say(
            _("Looking at the instruments, the engine and the disk…"),
            _("This takes up to six seconds."),
        )
        self._show_button()

    def show_report(self, report: DoctorReport) -> None:
        """Show what was found."""
        self.report, self._is_busy = report, False
        self.instruments.show_instruments(report.instruments)
        self.machine.show_facts(machine_facts(report))
        self.models.show_facts(model_facts(report))
        self.engine.show_facts(_engine_facts(report))
        self._show_parts(is_shown=True)
        self._tell()

    def show_failure(self, error: ErrorInfo) -> None:
        """Say why nothing was found out, and what to do."""
        self._is_busy = False
        explanation = explain(error)
        self._say(explanation.happened, explanation.next_step)
        self._show_button()

    def hinder(self, reason: str) -> None:
        """Say why the machine cannot be examined for now; empty when it can again."""
        self._hindrance = reason
        if not self._is_busy:
            self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that the screen has come into view."""
        super().showEvent(event)
        self.shown.emit()

    @Slot()
    def _on_check_clicked(self) -> None:
        if self.may_check:
            self.check_wanted.emit()

    # --- what it says

    def _tell(self) -> None:
        """Say what is known, and why no more can be found out now."""
        self._show_button()
        if self.report is None:
            self._say(_("What can be measured here?"), self._hindrance or _no_harm())
            return
        looked = _("Looked for {time}.").format(time=seconds_text(self.report.duration_s))
        self._say(headline(self.report), self._hindrance or f"{looked} {_no_harm()}")

    def _say(self, sentence: str, remark: str) -> None:
        self.sentence.setText(harmless_line(sentence))
        self.remark.setText(harmless_line(remark))

    def _show_button(self) -> None:
        # While it looks the button stays enabled, or the keyboard would lose its place.
        self.check_button.setEnabled(not self._hindrance)
        self.check_button.setText(
            _("Checking")
            if self._is_busy
            else _("Check again")
            if self.report is not None
            else _("Check")
        )
        self.check_button.setToolTip(self._hindrance)

    def _show_parts(self, *, is_shown: bool) -> None:
        self.instruments.setVisible(is_shown)
        self._facts.setVisible(is_shown)

    # --- building

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(12)
        column.addWidget(self._head())
        column.addWidget(self.instruments)
        self._arrange_facts()
        column.addWidget(self._facts)
        column.addStretch(1)

    def _head(self) -> QFrame:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.sentence)
        words.addWidget(self.remark)
        head = card()
        row = QHBoxLayout(head)
        row.setContentsMargins(18, 14, 18, 14)
        row.setSpacing(24)
        row.addLayout(words, 1)
        row.addWidget(self.check_button)
        return head

    def _arrange_facts(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(18)
        left.addWidget(self.machine)
        left.addWidget(self.models)
        left.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self.engine)
        right.addStretch(1)
        row = QHBoxLayout(self._facts)
        row.setContentsMargins(18, 14, 18, 16)
        row.setSpacing(32)
        row.addLayout(left, 1)
        row.addLayout(right, 1)


def _no_harm() -> str:
    return _("Looking changes nothing, wakes nothing and asks for no rights.")


def _engine_facts(report: DoctorReport) -> list[Fact]:
    if isinstance(report.engine, EngineFound):
        return engine_facts(report.engine)
    explanation = explain(report.engine.error)
    return [(_("no engine"), explanation.happened), (_("what to do"), explanation.next_step)]
