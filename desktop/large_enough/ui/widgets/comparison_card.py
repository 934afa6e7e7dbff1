"""What the round shows: one sentence, bars for each measure, and on demand every figure."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from large_enough.domain.round import LETTERS, RoundRecord
from large_enough.domain.text import harmless_line
from large_enough.report.comparison_table import comparison_rows
from large_enough.ui.bar_values import bar_measures, empty_bars, final_bars, live_bars
from large_enough.ui.live_words import live_sentence
from large_enough.ui.model_facts import model_name
from large_enough.ui.round_progress import RoundProgress
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.bars import BarValue, MeasureBars
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.comparison_table import ComparisonTable
from large_enough.ui.widgets.labels import Label
from large_enough.wording.summary import round_sentence
from large_enough.wording.translate import _

_MOST_LINES = 2  # of a large sentence
_LEEWAY_PX = 4


class ComparisonCard(QFrame):
    """The comparison, live and afterwards.

    Signals:
        table_toggled: All figures are shown (True) or the bars (False).
    """

    table_toggled = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._record: RoundRecord | None = None
        self.sentence = Label(theme, Type.SENTENCE, wraps=True)
        self.table_button = Button(theme, _("All figures"), picture="table")
        self.copy_button = Button(theme, _("Copy"), picture="copy")
        self.table = ComparisonTable(theme)
        self.measures = {
            measure.key: MeasureBars(theme, measure.title) for measure in bar_measures()
        }
        self._bars = QWidget()
        self._arrange()
        self.table_button.setCheckable(True)
        self.table_button.toggled.connect(self._on_table_toggled)
        self.copy_button.clicked.connect(self._on_copy_clicked)
        self.show_nothing(2)

    def show_nothing(self, contender_count: int) -> None:
        """Show that nothing has been asked yet."""
        self._set_record(None)
        self._say(_("Ask, and see here what each answer takes."))
        self._show_bars(empty_bars(LETTERS[:contender_count]))

    def show_progress(self, progress: RoundProgress) -> None:
        """Show how a running round stands."""
        self._set_record(None)
        self._say(live_sentence(progress))
        self._show_bars(live_bars(progress))

    def show_record(self, record: RoundRecord) -> None:
        """Show the outcome of a round."""
        self._set_record(record)
        self._say(harmless_line(round_sentence(record)))
        self._show_bars(final_bars(record))
        headings = [
            f"{contender.letter}  {model_name(contender.card)}"
            for contender in record.plan.contenders
        ]
        self.table.show_rows(comparison_rows(record), headings)

    def as_text(self) -> str:
        """Return the sentence and all figures as text that a spreadsheet takes."""
        if self._record is None:
            return ""
        names = [model_name(contender.card) for contender in self._record.plan.contenders]
        lines = [round_sentence(self._record), "", "\t".join(["", "", *names])]
        lines.extend(
            "\t".join([row.label, row.unit, *(cell.text for cell in row.cells)])
            for row in comparison_rows(self._record)
        )
        return "\n".join(lines) + "\n"

    def _set_record(self, record: RoundRecord | None) -> None:
        self._record = record
        for button in (self.table_button, self.copy_button):
            button.setVisible(record is not None)
        if record is None:
            self.table_button.setChecked(False)

    def _say(self, words: str) -> None:
        self.sentence.setText(words)
        self._fit_sentence()

    def _fit_sentence(self) -> None:
        """Say it large, unless it takes too many lines for that."""
        width = self.sentence.width()
        for kind in (Type.SENTENCE, Type.NAME):
            self.sentence.set_kind(kind)
            self.sentence.ensurePolished()
            height = self.sentence.heightForWidth(width)
            if height <= _MOST_LINES * self.sentence.fontMetrics().lineSpacing() + _LEEWAY_PX:
                break
        self.sentence.setFixedHeight(self.sentence.heightForWidth(width))

    def hasHeightForWidth(self) -> bool:
        """Return no: otherwise Qt would not let the table be lower than all of its rows."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the sentence to the new width."""
        super().resizeEvent(event)
        self._fit_sentence()

    def _show_bars(self, values: dict[str, tuple[BarValue, ...]]) -> None:
        for key, bars in self.measures.items():
            bars.show_values(values[key])

    def _arrange(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for button in (self.table_button, self.copy_button):
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)  # the card keeps its height when they appear
            button.setSizePolicy(policy)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.sentence, 1)
        head.addWidget(self.table_button)
        head.addWidget(self.copy_button)
        groups = QHBoxLayout(self._bars)
        groups.setContentsMargins(0, 0, 0, 0)
        groups.setSpacing(28)
        for bars in self.measures.values():
            groups.addWidget(bars, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(15, 12, 15, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._bars)
        column.addWidget(self.table)
        self.table.hide()

    @Slot(bool)
    def _on_table_toggled(self, is_open: bool) -> None:
        self.table.setVisible(is_open)
        self._bars.setVisible(not is_open)
        self.table_toggled.emit(is_open)

    @Slot()
    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.as_text())
