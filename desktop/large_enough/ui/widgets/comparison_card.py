"""What the round shows: one sentence, bars for each measure; on demand charts, or every figure."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from large_enough.domain.costing import Costing
from large_enough.domain.round import LETTERS, RoundRecord
from large_enough.domain.text import harmless_line
from large_enough.report.comparison_table import comparison_rows
from large_enough.report.ratios import row_ratios
from large_enough.report.round_facts import round_facts
from large_enough.ui.bar_values import (
    ENERGY_KEY,
    bar_measures,
    empty_bars,
    energy_headings,
    final_bars,
    live_bars,
)
from large_enough.ui.figures_text import column_headings
from large_enough.ui.live_words import live_sentence
from large_enough.ui.round_progress import RoundProgress
from large_enough.ui.round_samples import ReadingsOf
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.bars import BarValue, MeasureBars
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.charts_strip import ChartsStrip
from large_enough.ui.widgets.comparison_table import ComparisonTable
from large_enough.ui.widgets.copy_round_button import Copied, CopyRoundButton
from large_enough.ui.widgets.labels import Label
from large_enough.wording.summary import Finding, round_finding
from large_enough.wording.translate import _

_KINDS = ((Type.SENTENCE, 2), (Type.NAME, 3), (Type.SOFT_STRONG, 99))
"""How large the sentence is said, and in how many lines at most."""
_LEEWAY_PX = 4
_MARGIN_PX = 15
_GAP_PX = 10
_ENDLESS_PX = 10_000


class ComparisonCard(QFrame):
    """The comparison, live and afterwards.

    Signals:
        view_changed: Something else is shown now: bars, charts or all figures.
        replay_wanted: The user wants to watch the round as a race: `RoundRecord`.
    """

    view_changed = Signal()
    replay_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        readings_of: ReadingsOf,
        parent: QWidget | None = None,
    ) -> None:
        """Show that nothing has been asked yet.

        Args:
            theme: Colours and type.
            readings_of: Finds the readings of a round.
            parent: What it lies in.
        """
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._theme = theme
        self._progress: RoundProgress | None = None
        self._record: RoundRecord | None = None
        self._finding = Finding("", "")
        self._costing = Costing()
        self.facts = Label(theme, Type.SMALL, tone="soft", wraps=True)
        self.sentence = Label(theme, Type.SENTENCE, wraps=True)
        self.remarks = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self.replay_button = Button(theme, _("Replay"), picture="play")
        self.replay_button.setToolTip(_("Watch both side by side, each at its true speed"))
        self.table_button = Button(theme, _("All figures"), picture="table")
        self.charts_button = Button(theme, _("Charts"), picture="gauge")
        self.charts_button.setToolTip(_("Speed, memory and power over time, also while it runs"))
        self.copy_button = CopyRoundButton(theme, self._copied)
        self.charts = ChartsStrip(theme, readings_of)
        self.table = ComparisonTable(theme)
        self.measures = {
            measure.key: MeasureBars(theme, measure.title) for measure in bar_measures()
        }
        self._bars = QWidget()
        self._arrange()
        for button in (self.table_button, self.charts_button):
            button.setCheckable(True)
        self.table_button.toggled.connect(self._on_table_toggled)
        self.charts_button.toggled.connect(self._on_charts_toggled)
        self.replay_button.clicked.connect(self._on_replay_clicked)
        self.show_nothing(2)

    @property
    def _buttons(self) -> tuple[Button, ...]:
        return self.replay_button, self.copy_button, self.table_button, self.charts_button

    @property
    def focus_order(self) -> tuple[QWidget, ...]:
        """What Tab goes through."""
        return (
            *self._buttons,
            self.charts.speed,
            self.charts.memory,
            self.charts.power,
            self.table,
        )

    def show_nothing(self, contender_count: int) -> None:
        """Show that nothing has been asked yet."""
        self._set_record(None)
        self.charts_button.setChecked(False)
        self.charts_button.hide()
        self._say(_("Ask, and see here what each answer takes."))
        self._show_bars(empty_bars(LETTERS[:contender_count]))

    def show_progress(self, progress: RoundProgress, words: str | None = None) -> None:
        """Show how a running round stands, in these words if there are any."""
        self._set_record(None)
        self._progress = progress
        self.charts_button.show()
        self._say(words or live_sentence(progress))
        self._show_bars(live_bars(progress))
        self._show_charts()

    def show_finding(self, finding: Finding, contender_count: int) -> None:
        """Say what came out where there is no record of a round, and so nothing to draw."""
        self._show_bars(empty_bars(LETTERS[:contender_count]))
        self._say(harmless_line(finding.result), harmless_line(finding.remarks))

    def show_record(self, record: RoundRecord, finding: Finding | None = None) -> None:
        """Show the outcome of a round, or of many rounds of which it is the last.

        Args:
            record: Of the round.
            finding: What came out of the many rounds.
        """
        self._set_record(record)
        self._finding = finding or round_finding(record)
        remarks = self._finding.remarks
        if finding is not None:
            remarks = _("{remarks} Bars and figures are of the last pass.").format(remarks=remarks)
        self._say(harmless_line(self._finding.result), harmless_line(remarks))
        self._show_bars(final_bars(record), energy_headings(record), row_ratios(record))
        self._show_table(record)
        self._show_charts()

    def use_costing(self, costing: Costing) -> None:
        """Take the user's price of energy and intensity of the grid, from now on."""
        self._costing = costing
        if self._record is not None:
            self._show_table(self._record)

    def _show_table(self, record: RoundRecord) -> None:
        self.table.show_rows(comparison_rows(record, self._costing), column_headings(record))
        self.facts.setText(harmless_line(" ".join(round_facts(record, self._costing))))

    def _copied(self) -> Copied | None:
        if self._record is None:
            return None
        return Copied(self._record, self._finding.sentence, self._costing)

    def _show_charts(self) -> None:
        """Draw what there is, if anybody looks."""
        if not self.charts_button.isChecked():
            return
        if self._record is not None:
            self.charts.show_record(self._record)
        elif self._progress is not None:
            self.charts.show_progress(self._progress)

    def _set_record(self, record: RoundRecord | None) -> None:
        self._record, self._progress = record, None
        for button in self._buttons:
            if button is not self.charts_button or record is not None:
                button.setVisible(record is not None)
        if record is None:
            self.table_button.setChecked(False)

    def _say(self, words: str, remarks: str = "") -> None:
        self.sentence.setText(words)
        self.remarks.setText(remarks)
        self.remarks.setVisible(bool(remarks))
        self._fit_words()

    def _fit_words(self) -> None:
        """Say the sentence large, unless it takes too many lines for that."""
        room = max(1, self.width() - 2 * _MARGIN_PX)
        width = room - sum(button.sizeHint().width() + _GAP_PX for button in self._buttons)
        kind, height = self._fitting_kind(width)
        self.sentence.set_kind(kind)
        self.sentence.setFixedHeight(height)
        soft = QFontMetrics(self._theme.font(Type.SOFT))
        self.remarks.setFixedHeight(_wrapped_height(soft, self.remarks.text(), room))

    def _fitting_kind(self, width: int) -> tuple[Type, int]:
        """Return the largest type that does not take too many lines, and its height."""
        kind, height = Type.SENTENCE, 0
        for kind, most_lines in _KINDS:
            metrics = QFontMetrics(self._theme.font(kind))
            height = _wrapped_height(metrics, self.sentence.text(), width)
            if height <= most_lines * metrics.lineSpacing() + _LEEWAY_PX:
                break
        return kind, height

    def hasHeightForWidth(self) -> bool:
        """Return no: otherwise Qt would not let the table be lower than all of its rows."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the sentence to the new width."""
        super().resizeEvent(event)
        self._fit_words()

    def _show_bars(
        self,
        values: dict[str, tuple[BarValue, ...]],
        energy_words: Sequence[str] = (),
        ratios: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:
        for key, bars in self.measures.items():
            bars.show_values(values[key])
            bars.show_ratio(*(ratios or {}).get(key, ()))
            bars.show_headings(*(energy_words if key == ENERGY_KEY else ()))

    def _arrange(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for button in self._buttons:
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)  # the card keeps its height when they appear
            button.setSizePolicy(policy)
        head = QHBoxLayout()
        head.setSpacing(_GAP_PX)
        head.addWidget(self.sentence, 1)
        for button in self._buttons:
            head.addWidget(button)
        groups = QHBoxLayout(self._bars)
        groups.setContentsMargins(0, 0, 0, 0)
        groups.setSpacing(28)
        for bars in self.measures.values():
            groups.addWidget(bars, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN_PX, 12, _MARGIN_PX, 12)
        column.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addLayout(head)
        words.addWidget(self.remarks)
        column.addLayout(words)
        column.addWidget(self._bars)
        column.addWidget(self.charts)
        column.addWidget(self.table)
        column.addWidget(self.facts)
        self.charts.hide()
        self.table.hide()
        self.facts.hide()
        self.remarks.hide()

    @Slot(bool)
    def _on_table_toggled(self, is_open: bool) -> None:
        if is_open:
            self.charts_button.setChecked(False)
        self.table.setVisible(is_open)
        self.facts.setVisible(is_open and bool(self.facts.text()))
        self._share_place()

    @Slot(bool)
    def _on_charts_toggled(self, is_open: bool) -> None:
        if is_open:
            self.table_button.setChecked(False)
        self.charts.setVisible(is_open)
        self._share_place()
        self._show_charts()

    @property
    def is_tall(self) -> bool:
        """Whether charts or all figures take the place of the bars, which are lower."""
        return self.table_button.isChecked() or self.charts_button.isChecked()

    def be_low(self, *, is_low: bool) -> None:
        """Draw charts lower than usual, or as usual."""
        if self.charts.use_height(is_low=is_low):
            self._show_charts()

    def _share_place(self) -> None:
        """Show the bars where neither charts nor figures are wanted."""
        self._bars.setVisible(not self.is_tall)
        self.view_changed.emit()

    @Slot()
    def _on_replay_clicked(self) -> None:
        self.replay_wanted.emit(self._record)


def _wrapped_height(metrics: QFontMetrics, text: str, width: int) -> int:
    """Return the height of a text that is broken into lines."""
    area = QRect(0, 0, max(1, width), _ENDLESS_PX)
    return metrics.boundingRect(area, Qt.TextFlag.TextWordWrap.value, text).height()
