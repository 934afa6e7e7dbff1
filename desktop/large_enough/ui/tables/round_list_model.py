"""The rounds of the past as a list that Qt can show."""

from typing import TYPE_CHECKING

from large_enough.ui.round_words import row_facts, row_models, row_title
from large_enough.ui.tables.row_list_model import RowLines, RowListModel

if TYPE_CHECKING:
    from large_enough.comparison.history import RoundSummary


class RoundListModel(RowListModel["RoundSummary"]):
    """One row for each round."""

    def key_of(self, row: "RoundSummary") -> str:
        """Return the path of the record."""
        return row.path

    def lines_of(self, row: "RoundSummary") -> RowLines:
        """Return what is said about a round."""
        has_problem = row.problem is not None
        return RowLines(row_title(row), row_models(row), row_facts(row), has_problem)
