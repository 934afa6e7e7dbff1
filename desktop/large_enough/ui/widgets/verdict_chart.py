"""How right each model is against what it costs, drawn."""

import functools

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import CostMeasure, RunVerdict
from large_enough.figures.primitives import Drawing
from large_enough.ui.drawing_files import Picture
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.drawing_view import DrawingView
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.measure_switch import MEASURES, MeasureSwitch
from large_enough.ui.widgets.titled_card import TitledCard
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _
from large_enough.wording.verdict_words import measure_name

_HEIGHT = 330.0
_NOT_FOR_ALL = Unavailable(reason="it is known of fewer than one contender")


class EnoughCard(TitledCard):
    """The chart with a switch for the cost.

    Signals:
        saving_wanted: The user wants the `Drawing` as a file of this `Picture`.
    """

    saving_wanted = Signal(object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("How large is large enough?"), parent)
        self._verdict: RunVerdict | None = None
        self.switch = MeasureSwitch(theme)
        self.view = DrawingView(theme)
        self.nothing = Label(theme, Type.BASE, tone="soft", wraps=True)
        self.missing = Label(theme, Type.SMALL, tone="soft", wraps=True)
        self.save_button = Button(theme, _("Save"), picture="download", kind="small")
        self.save_button.setAccessibleName(
            _("Save the chart: {chart}").format(chart=self.title.text())
        )
        self.save_menu = QMenu(self.save_button)
        for picture, words in (
            (Picture.PNG, _("As a picture (PNG)")),
            (Picture.SVG, _("To edit (SVG)")),
            (Picture.PDF, _("To print (PDF)")),
        ):
            self.save_menu.addAction(words).setData(picture)
        self.save_button.setMenu(self.save_menu)
        self.head.addWidget(self.switch)
        self.head.addWidget(self.save_button)
        for widget in (self.view, self.nothing, self.missing):
            self.column.addWidget(widget)
        self.switch.measure_chosen.connect(self._on_measure_chosen)
        self.save_menu.triggered.connect(self._on_save_triggered)

    def show_verdict(self, verdict: RunVerdict) -> None:
        """Show the contenders of a run."""
        self._verdict = verdict
        missing = missing_measures(verdict)
        self.switch.offer(missing)
        has_any = len(missing) < len(MEASURES)
        self.view.setVisible(has_any)
        self.save_button.setEnabled(has_any)
        self.nothing.setVisible(not has_any)
        self.nothing.setText(_("Nothing that an answer costs is known of these contenders."))
        self.missing.setText(_missing_words(missing))
        self.missing.setVisible(bool(self.missing.text()))
        if has_any:
            self._draw()

    def _draw(self) -> None:
        if self._verdict is not None:
            self.view.show_drawing(functools.partial(_drawing, self._verdict, self.switch.measure))

    @Slot(object)
    def _on_measure_chosen(self, _measure: CostMeasure) -> None:
        self._draw()

    @Slot(QAction)
    def _on_save_triggered(self, action: QAction) -> None:
        drawing = self.view.file_drawing()
        if drawing is not None:
            self.saving_wanted.emit(drawing, action.data())


def missing_measures(verdict: RunVerdict) -> dict[CostMeasure, str]:
    """Return why a cost is known of no contender, by measure."""
    found = {measure: _why_missing(verdict, measure) for measure in MEASURES}
    return {measure: reason_text(why.reason) for measure, why in found.items() if why is not None}


def _why_missing(verdict: RunVerdict, measure: CostMeasure) -> Unavailable | None:
    costs = [
        standing.costs[measure].per_answer
        for standing in verdict.standings.values()
        if measure in standing.costs
    ]
    if any(not isinstance(cost, Unavailable) for cost in costs):
        return None
    return next((cost for cost in costs if isinstance(cost, Unavailable)), _NOT_FOR_ALL)


def _missing_words(missing: dict[CostMeasure, str]) -> str:
    told = (CostMeasure.ENERGY, CostMeasure.TIME, CostMeasure.MEMORY)
    return " ".join(
        _("No {measure}: {reason}.").format(measure=measure_name(measure), reason=missing[measure])
        for measure in told
        if measure in missing
    )


def _drawing(verdict: RunVerdict, measure: CostMeasure, width: float) -> Drawing:
    from large_enough.report.verdict_charts import cost_drawing

    return cost_drawing(verdict, measure, width, _HEIGHT)
