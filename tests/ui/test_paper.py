"""Printing: pieces fill pages, headings stay with what follows, tables repeat their headings."""

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QGuiApplication, QPdfWriter
from PySide6.QtWidgets import QApplication

from large_enough.figures.primitives import ColourRole, Drawing, Line, Point
from large_enough.ui.fonts import font
from large_enough.ui.paper import Page, paginated, pdf_bytes
from large_enough.ui.paper_blocks import (
    Block,
    Bullets,
    Figure,
    Heading,
    Paragraph,
    Sentence,
    Subheading,
    Table,
    Title,
)
from large_enough.ui.paper_pieces import Piece, pieces_of
from large_enough.ui.paper_table import column_widths
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type

LONG = "The small one was right on 81 questions, the large one on 84. " * 12


def piece(height: float, **how: object) -> Piece:
    return Piece(height, lambda _painter, _top: None, **how)  # type: ignore[arg-type]


def pages(*pieces: Piece) -> list[Page]:
    return list(paginated(iter(pieces), 0.0, 100.0))


def heights(page: Page) -> list[tuple[float, float]]:
    return [(top, one.height) for top, one in page]


def test_pieces_stand_below_each_other_and_go_on_overleaf():
    first, second = pages(piece(60), piece(40), piece(30))
    assert heights(first) == [(0, 60), (60, 40)]
    assert heights(second) == [(0, 30)]


def test_a_heading_goes_overleaf_with_what_follows_it():
    first, second = pages(piece(80), piece(10, keeps_next=True), piece(20))
    assert heights(first) == [(0, 80)]
    assert heights(second) == [(0, 10), (10, 20)]


def test_no_space_is_left_at_the_top_of_a_page_and_headings_of_tables_come_again():
    head = piece(5)
    row = piece(50, repeated=(head,))
    _first, second, third = pages(piece(90), piece(20, is_space=True), row, row)
    assert heights(second) == [(0, 5), (5, 50)]
    assert heights(third) == [(0, 5), (5, 50)]


def test_what_is_higher_than_a_page_gets_one_of_its_own():
    assert [heights(page) for page in pages(piece(10), piece(300), piece(10))] == [
        [(0, 10)],
        [(0, 300)],
        [(0, 10)],
    ]


def test_nothing_is_one_empty_page():
    assert pages() == [[]]


def test_columns_share_the_width_and_words_are_not_broken(theme: Theme):
    rows = (("question", "points"), ("a question that is long " * 20, "1"))
    wide, narrow = column_widths(rows, font(Type.BASE), 600)
    assert wide + narrow == pytest.approx(600)
    assert wide > narrow > 30
    many = column_widths((tuple("unbreakable" * 4 for _each in range(9)),), font(Type.BASE), 300)
    assert sum(many) == pytest.approx(300)


@pytest.fixture
def blocks() -> tuple[Block, ...]:
    drawing = Drawing(
        width=640,
        height=120,
        primitives=(Line(start=Point(0, 0), end=Point(640, 120), role=ColourRole.INK),),
        title="A line",
        summary="It falls.",
    )
    rows = tuple((f"fee-{number:03}", "right", "1.00 EUR") for number in range(90))
    return (
        Title("Retail banking"),
        Sentence("Not settled yet."),
        Paragraph(LONG),
        Figure(drawing),
        Heading("Every answer"),
        Bullets((LONG, "short")),
        Subheading("All of them"),
        Table(("question", "grade", "answer"), rows, frozenset({1})),
        Table(("", ""), (("Seed", "1"),), frozenset({1}), (0.3, 0.7)),
        Paragraph("Small print.\nIn two lines.", is_soft=True),
        Paragraph("", keeps_next=True),
    )


def test_a_document_becomes_a_pdf_of_several_pages(theme: Theme, blocks: tuple[Block, ...]):
    data = pdf_bytes("Retail banking", blocks)
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert data.count(b"/Type /Page\n") == 3
    assert b"/Subtype /Image" not in data  # figures stay drawings


def test_headings_below_each_other_stay_with_what_follows(theme: Theme):
    writer = QPdfWriter(QBuffer())
    blocks = (Heading("One"), Subheading("Two"), Table(("a", "b"), (("c", "d"),)))
    made = [piece for block in blocks for piece in pieces_of(block, writer)]
    first_row = next(number for number, one in enumerate(made) if one.repeated)
    assert all(one.keeps_next for one in made[:first_row])


def test_it_is_printed_from_right_to_left_too(
    theme: Theme,
    blocks: tuple[Block, ...],
):
    application = QGuiApplication.instance()
    assert isinstance(application, QApplication)
    application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert pdf_bytes("Retail banking", blocks).startswith(b"%PDF-")
    finally:
        application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_what_belongs_together_is_divided_where_it_is_higher_than_a_page():
    pieces = [piece(40, keeps_next=True) for _number in range(4)]
    found = pages(piece(30), *pieces, piece(40))
    assert all(top + height <= 100 for page in found for top, height in heights(page))
    assert sum(len(page) for page in found) == 6
    assert all(found)
