"""What is said about models, and which count as large."""

import msgspec
from tests.helpers.records import make_card

from large_enough.domain.quantity import Unavailable
from large_enough.ui.model_facts import facts_line, model_name, which_are_large
from large_enough.ui.safe_text import menu_text, tooltip


def cards(*sizes_bytes: int):
    return [make_card(str(size), size_bytes=size) for size in sizes_bytes]


def test_facts_are_one_line():
    assert facts_line(make_card()) == "0.13 billion parameters · Q4_1 · 98 MB"


def test_unknown_facts_are_left_out():
    unknown = Unavailable(reason="the file does not say")
    card = msgspec.structs.replace(make_card(), parameter_count=unknown, quantisation=unknown)
    assert facts_line(card) == "98 MB"


def test_names_cannot_turn_the_order_or_break_the_line():
    card = msgspec.structs.replace(make_card(), name="evil\u202ename\nwith lines")
    assert model_name(card) == "evilname with lines"


def test_large_is_what_is_nearer_to_the_largest():
    assert which_are_large(cards(98, 491)) == (False, True)
    assert which_are_large(cards(1_100, 98)) == (True, False)
    assert which_are_large(cards(100, 200, 1_000)) == (False, False, True)
    assert which_are_large(cards(100, 500, 1_000)) == (False, True, True)


def test_alone_or_equal_the_size_decides():
    assert which_are_large(cards(98_000_000)) == (False,)
    assert which_are_large(cards(4_000_000_000, 4_000_000_000)) == (True, True)
    assert which_are_large([]) == ()


def test_tooltips_are_never_taken_for_html_of_the_file():
    assert tooltip("<img src='x'>") == "<p>&lt;img src=&#x27;x&#x27;&gt;</p>"
    assert tooltip("") == ""


def test_menus_underline_nothing():
    assert menu_text("A & B") == "A && B"
