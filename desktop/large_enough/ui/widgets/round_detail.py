"""One recorded round: the question, the result, and everything behind it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from large_enough.domain.clock import Clock
from large_enough.domain.costing import Costing
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.round import RoundRecord
from large_enough.domain.text import harmless_line
from large_enough.ui.round_samples import ReadingsOf
from large_enough.ui.round_words import when_and_how
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button, card
from large_enough.ui.widgets.chart_panel import ChartPanel
from large_enough.ui.widgets.choice_switch import ChoiceSwitch
from large_enough.ui.widgets.copy_round_button import Copied, CopyRoundButton
from large_enough.ui.widgets.difference_panel import DifferencePanel
from large_enough.ui.widgets.export_button import ExportButton
from large_enough.ui.widgets.figures_page import FiguresPage
from large_enough.ui.widgets.labels import ElidedLabel, Label
from large_enough.ui.widgets.pages import Pages
from large_enough.ui.widgets.question_text import MOST_LINES, QuestionText
from large_enough.ui.widgets.recorded_panes import RecordedPanes
from large_enough.ui.widgets.scrolling import Scrolling
from large_enough.ui.widgets.side_scrolling import SideScrolling
from large_enough.wording.failures import explain
from large_enough.wording.summary import Finding, round_finding
from large_enough.wording.translate import _

ANSWERS, FIGURES, CHARTS, DIFFERENCES = range(4)
"""The views, in the order of their switch."""
_LOW_HEIGHT_PX = 680


class RoundDetail(QWidget):
    """What is known of a round.

    Signals:
        replay_wanted: The user wants to watch it: `RoundRecord`.
        repeat_wanted: The user wants to ask the same again: `RoundRecord`.
        export_wanted: The user wants it as a file: `RoundRecord`, `Format`.
        picture_wanted: The user wants a chart as a file: `RoundRecord`, `Drawing`, `Picture`.
        comparing_wanted: The user wants to see how two texts differ.
        explanation_wanted: The user wants to know why it was so fast: `RoundRecord`.
    """

    replay_wanted = Signal(object)
    repeat_wanted = Signal(object)
    export_wanted = Signal(object, object)
    picture_wanted = Signal(object, object, object)
    comparing_wanted = Signal(str, str)
    explanation_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        clock: Clock,
        readings_of: ReadingsOf,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.record: RoundRecord | None = None
        self._costing = Costing()
        self._finding = Finding("", "")
        self._made: set[int] = set()
        self.question = QuestionText(theme)
        self.facts = ElidedLabel(theme, Type.SMALL, tone="soft")
        self.sentence = Label(theme, Type.NAME, wraps=True)
        self.remarks = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self.problem = Label(theme, Type.SOFT, tone="warning", wraps=True)
        self.replay_button = Button(theme, _("Replay"), picture="play", kind="primary")
        self.repeat_button = Button(theme, _("Ask again"), picture="retry")
        self.export_button = ExportButton(theme)
        self.copy_button = CopyRoundButton(theme, self._copied)
        views = (_("Answers"), _("All figures"), _("Charts"), _("Differences"))
        self.switch = ChoiceSwitch(theme, _("What is shown of the round"), views)
        self.panes = RecordedPanes(theme, clock)
        self.figures = FiguresPage(theme)
        self.charts = ChartPanel(theme, readings_of)
        self.differences = DifferencePanel(theme)
        self.pages = Pages()
        self._explain_buttons()
        self._arrange()
        self._connect()

    def show_record(
        self, record: RoundRecord, costing: Costing, problem: ErrorInfo | None = None
    ) -> None:
        """Show a round.

        Args:
            record: As far as it can be read.
            costing: The user's price of energy and intensity of the grid.
            problem: What is wrong with the rest of it.
        """
        self.problem.setText(harmless_line(explain(problem).happened) if problem else "")
        self.problem.setVisible(problem is not None)
        if (record, costing) == (self.record, self._costing):
            return  # what the user looks at stays where it is
        self.record, self._costing, self._finding = record, costing, round_finding(record)
        self.question.show_question(record.plan.prompt)
        self.facts.setText(when_and_how(record))
        self.sentence.setText(harmless_line(self._finding.result))
        self.remarks.setText(harmless_line(self._finding.remarks))
        self.remarks.setVisible(bool(self._finding.remarks))
        self._made.clear()
        self._show_view(self.switch.index)

    def _copied(self) -> Copied | None:
        if self.record is None:
            return None
        return Copied(self.record, self._finding.sentence, self._costing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room for the answers in a low window."""
        super().resizeEvent(event)
        is_low = self.height() < _LOW_HEIGHT_PX * self._theme.scale
        self.question.limit_lines(2 if is_low else MOST_LINES)
        self.panes.show_strips(is_shown=not is_low)

    @Slot(int)
    def _show_view(self, view: int) -> None:
        """Bring a view up, and make it if this is its first time for the round."""
        self.pages.setCurrentIndex(view)
        if self.record is None or view in self._made:
            return
        self._made.add(view)
        if view == ANSWERS:
            self.panes.show_record(self.record, is_narrow=True)
        elif view == FIGURES:
            self.figures.show_record(self.record, self._costing)
        elif view == CHARTS:
            self.charts.show_record(self.record, self._costing)
            self.explanation_wanted.emit(self.record)
        else:
            self.differences.show_record(self.record)

    # --- building

    def _explain_buttons(self) -> None:
        words = _("Ask again with the present models")
        self.repeat_button.setToolTip(words)
        self.repeat_button.setAccessibleName(words)
        self.replay_button.setToolTip(_("Watch the answers come, as fast as they did"))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._head())
        column.addWidget(self.pages, 1)
        pages = (
            SideScrolling(self.panes),
            self.figures,
            Scrolling(self.charts),
            self.differences,
        )
        for page in pages:
            self.pages.addWidget(page)

    def _head(self) -> QFrame:
        head = card()
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(head)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addLayout(self._buttons())
        column.addSpacing(2)
        for widget in (self.question, self.sentence, self.remarks, self.problem):
            column.addWidget(widget)
        column.addSpacing(2)
        column.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        return head

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.facts, 1)
        for button in (
            self.copy_button,
            self.export_button,
            self.repeat_button,
            self.replay_button,
        ):
            row.addWidget(button)
        return row

    def _connect(self) -> None:
        self.switch.chosen.connect(self._show_view)
        self.replay_button.clicked.connect(self._on_replay_clicked)
        self.repeat_button.clicked.connect(self._on_repeat_clicked)
        self.export_button.format_chosen.connect(self._on_format_chosen)
        self.charts.saving_wanted.connect(self._on_saving_wanted)
        self.differences.comparing_wanted.connect(self.comparing_wanted)

    @Slot()
    def _on_replay_clicked(self) -> None:
        self.replay_wanted.emit(self.record)

    @Slot()
    def _on_repeat_clicked(self) -> None:
        self.repeat_wanted.emit(self.record)

    @Slot(object)
    def _on_format_chosen(self, form: object) -> None:
        self.export_wanted.emit(self.record, form)

    @Slot(object, object)
    def _on_saving_wanted(self, drawing: object, picture: object) -> None:
        self.picture_wanted.emit(self.record, drawing, picture)
