"""All that one run says, from the sentence down to what it rests on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import PairVerdict, RunVerdict
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.scrolling import scroll_up_and_down
from large_enough.ui.widgets.two_columns import TwoColumns
from large_enough.ui.widgets.verdict_cascade import CascadeCard
from large_enough.ui.widgets.verdict_chart import EnoughCard
from large_enough.ui.widgets.verdict_costs import CostCard
from large_enough.ui.widgets.verdict_differences import DifferenceCard
from large_enough.ui.widgets.verdict_kinds import FieldCard, KindsCard
from large_enough.ui.widgets.verdict_ladders import Ladders
from large_enough.ui.widgets.verdict_power import PowerCard
from large_enough.ui.widgets.verdict_remarks import RemarksCard
from large_enough.ui.widgets.verdict_sentence import SentenceCard
from large_enough.wording.verdict_words import verdict_sentence

_GAP_PX = 12


class VerdictPage(QScrollArea):
    """The sentence above, then the remarks, then two columns of cards.

    Signals:
        question_wanted: The user wants to see a question with its answers: its id.
        saving_wanted: The user wants a `Drawing` as a file of this `Picture`.
    """

    question_wanted = Signal(str)
    saving_wanted = Signal(object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pair: PairVerdict | None = None
        self.sentence = SentenceCard(theme)
        self.remarks = RemarksCard(theme)
        self.chart = EnoughCard(theme)
        self.ladders = Ladders(theme)
        self.kinds = KindsCard(theme)
        self.costs = CostCard(theme)
        self.differences = DifferenceCard(theme)
        self.cascade = CascadeCard(theme)
        self.fields = FieldCard(theme)
        self.power = PowerCard(theme)
        self._columns = TwoColumns(theme)
        self._verdict: RunVerdict | None = None
        self._arrange()
        self.differences.question_wanted.connect(self.question_wanted)
        self.chart.saving_wanted.connect(self.saving_wanted)

    @property
    def verdict(self) -> RunVerdict | None:
        """What is shown."""
        return self._verdict

    def show_verdict(self, verdict: RunVerdict) -> None:
        """Show another run, or the same one with other answers."""
        self._verdict = verdict
        self.remarks.show_verdict(verdict)
        self.chart.show_verdict(verdict)
        self.ladders.show_verdict(verdict)
        self.kinds.show_verdict(verdict)
        self.cascade.show_verdict(verdict)
        self.cascade.setVisible(len(verdict.contenders) > 1)
        self.fields.show_verdict(verdict)
        if isinstance(verdict.headline, Unavailable):
            self._show_reason(verdict)
        else:
            self.show_pair(verdict.headline)

    def show_pair(self, pair: PairVerdict) -> None:
        """Show another pair of the same run."""
        verdict = self._verdict
        if verdict is None:
            return
        self.pair = pair
        self.sentence.show_pair(verdict, pair)
        self.costs.show_verdict(verdict, pair)
        self.differences.show_pair(verdict, pair)
        self.differences.show()
        self.power.show_count(pair.telling_count)

    def to_top(self) -> None:
        """Bring the sentence into view."""
        self.verticalScrollBar().setValue(0)

    def _show_reason(self, verdict: RunVerdict) -> None:
        self.pair = None
        self.sentence.show_reason(verdict_sentence(verdict))
        self.costs.show_verdict(verdict, None)
        self.differences.hide()
        self.power.show_count(verdict.telling_count)

    def _arrange(self) -> None:
        for card in (self.chart, self.ladders, self.kinds):
            self._columns.first.addWidget(card)
        for side in (self.costs, self.differences, self.cascade, self.fields, self.power):
            self._columns.second.addWidget(side)
        self._columns.first.addStretch(1)
        self._columns.second.addStretch(1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP_PX)
        for widget in (self.sentence, self.remarks, self._columns):
            column.addWidget(widget)
        column.addStretch(1)
        scroll_up_and_down(self, content)
        content.setAutoFillBackground(False)
