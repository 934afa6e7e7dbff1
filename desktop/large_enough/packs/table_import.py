"""Makes a pack of somebody's table."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from large_enough.domain.pack_fault import Fault
from large_enough.packs.answers import Locale
from large_enough.packs.cells import unsafe_cell
from large_enough.packs.drafts import Draft, Imported, gather
from large_enough.packs.exact_table import exact_draft, exact_head
from large_enough.packs.promptfoo_table import is_promptfoo, promptfoo_drafts
from large_enough.packs.rows import row_draft
from large_enough.packs.table import Table, TableRow
from large_enough.packs.table_head import ANSWER, TYPE, Columns, find_columns
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _

_COMMA_DECIMALS = re.compile(
    r"[^\d]{0,4}[+-]?(\d+|\d{1,3}([. ]\d{3})+),(\d{1,2}|\d{4,})(?!\d).{0,6}"
)
_POINT_DECIMALS = re.compile(
    r"[^\d]{0,4}[+-]?(\d+|\d{1,3}([, ]\d{3})+)\.(\d{1,2}|\d{4,})(?!\d).{0,6}"
)

Cells = dict[str, str]


def import_table(table: Table, title: str) -> Imported:
    """Make a pack of a table; never raises.

    Args:
        table: Its rows.
        title: Of the pack.
    """
    if table.faults or not table.rows:
        faults = table.faults or table.row_faults or (Fault(problem=_("there is no question")),)
        return Imported(pack=None, faults=faults, notes=table.notes)
    if is_promptfoo(table.rows[0].cells):
        drafts = promptfoo_drafts(table.rows)
        return gather(drafts, title, notes=table.notes, faults=table.row_faults)
    columns = find_columns(table)
    notes = (*table.notes, *columns.notes)
    if columns.faults:
        return Imported(pack=None, faults=columns.faults, notes=notes)
    rows = [(row, _cells(row, columns)) for row in columns.rows]
    if columns.is_exact:
        drafts = [exact_draft(row.number, cells) for row, cells in rows if _has_item(cells)]
        head = exact_head(cells for _row, cells in rows)
        return gather(drafts, title, head=head, notes=notes, faults=table.row_faults)
    return _import_rows(table, rows, columns, title)


def _import_rows(
    table: Table, rows: Sequence[tuple[TableRow, Cells]], columns: Columns, title: str
) -> Imported:
    locale = Locale(has_decimal_comma=_has_decimal_comma(table, [cells for _row, cells in rows]))
    drafts = [row_draft(row.number, cells, locale) for row, cells in rows]
    extra = [
        Fault(row=row.number, problem=_surplus()) for row, _cells in rows if _is_long(row, columns)
    ]
    notes = (*table.notes, *columns.notes, *extra, *_guesses(drafts, rows))
    return gather(drafts, title, notes=notes, faults=table.row_faults)


def _cells(row: TableRow, columns: Columns) -> Cells:
    """Return the cells of a row by what they hold; empty ones are left out."""
    cells = {}
    for name, cell in zip(columns.names, row.cells, strict=False):
        text = unsafe_cell(cell) if columns.is_exact else unsafe_cell(cell.strip()).strip()
        if name and text:
            cells[name] = text
    return cells


def _has_item(cells: Cells) -> bool:
    return any(not name.startswith("pack.") for name in cells)


def _is_long(row: TableRow, columns: Columns) -> bool:
    return any(cell.strip() for cell in row.cells[len(columns.names) :])


def _surplus() -> str:
    return _("it has more cells than there are names of columns; the surplus is left out")


def _has_decimal_comma(table: Table, rows: Iterable[Cells]) -> bool:
    """Return which sign stands before decimals, by the answers that leave no doubt."""
    answers = [cells.get(ANSWER, "").strip() for cells in rows]
    commas = sum(bool(_COMMA_DECIMALS.fullmatch(answer)) for answer in answers)
    points = sum(bool(_POINT_DECIMALS.fullmatch(answer)) for answer in answers)
    if commas == points:
        return table.has_decimal_comma
    return commas > points


def _guesses(drafts: Sequence[Draft], rows: Sequence[tuple[TableRow, Cells]]) -> list[Fault]:
    """Return one note that says which types were guessed, how often each."""
    guessed = Counter(
        str(draft.content["type"])
        for draft, (_row, cells) in zip(drafts, rows, strict=True)
        if "type" in draft.content and not draft.faults and not cells.get(TYPE, "").strip()
    )
    if not guessed:
        return []
    parts = [f"{name} ({count_text(count)})" for name, count in guessed.most_common()]
    problem = _("guessed from the answers: {types}").format(types=", ".join(parts))
    return [Fault(field="type", problem=problem)]
