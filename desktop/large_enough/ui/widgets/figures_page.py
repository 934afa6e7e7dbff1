"""All figures of a recorded round, with the small print about the whole of it."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from large_enough.domain.costing import Costing
from large_enough.domain.round import RoundRecord
from large_enough.domain.text import harmless_line
from large_enough.report.comparison_table import comparison_rows
from large_enough.report.round_facts import round_facts
from large_enough.ui.figures_text import column_headings
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.comparison_table import ComparisonTable
from large_enough.ui.widgets.labels import Label


class FiguresPage(QFrame):
    """The table and its facts."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.table = ComparisonTable(theme)
        self.facts = Label(theme, Type.SMALL, tone="soft", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(15, 12, 15, 12)
        column.setSpacing(10)
        column.addWidget(self.table, 1)
        column.addWidget(self.facts)
        column.addStretch(0)

    def show_record(self, record: RoundRecord, costing: Costing) -> None:
        """Show the figures of a round."""
        self.table.show_rows(comparison_rows(record, costing), column_headings(record))
        facts = harmless_line(" ".join(round_facts(record, costing)))
        self.facts.setText(facts)
        self.facts.setVisible(bool(facts))
