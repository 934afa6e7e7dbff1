"""The packs on the shelf as a list that Qt can show."""

from large_enough.ui.pack_rows import PackRow
from large_enough.ui.tables.row_list_model import RowLines, RowListModel


class PackListModel(RowListModel[PackRow]):
    """One row for each pack."""

    def key_of(self, row: PackRow) -> str:
        """Return where the pack lies."""
        return row.key

    def lines_of(self, row: PackRow) -> RowLines:
        """Return what is said about a pack."""
        return RowLines(row.title, row.second, row.third, not row.is_usable)
