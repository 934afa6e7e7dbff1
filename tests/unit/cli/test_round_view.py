"""What the terminal shows of a finished round."""

import io

from rich.console import Console
from tests.helpers.energy_uses import done_with, make_part
from tests.helpers.records import make_answer, make_done, make_failed, make_record

from large_enough.cli.round_view import show_round
from large_enough.domain.costing import Costing
from large_enough.domain.round import RoundRecord


def shown(record: RoundRecord, costing: Costing | None = None) -> str:
    stream = io.StringIO()
    show_round(Console(file=stream, width=100, force_terminal=False), record, costing or Costing())
    return stream.getvalue()


def test_answers_table_and_sentence_are_there() -> None:
    record = make_record(
        [
            make_done("A", make_answer(text="Forty euros.")),
            make_done("B", make_answer(text="One euro.")),
        ]
    )
    text = shown(record)
    for part in ("Forty euros.", "One euro.", "tok/s", "Memory needed", "no instrument was read"):
        assert part in text


def test_a_failure_shows_what_happened_and_the_next_step() -> None:
    text = shown(make_record([make_done("A"), make_failed("B")]))
    assert "failed" in text


def test_terminal_escapes_of_a_model_are_not_obeyed() -> None:
    hostile = "before \x1b[2J\x1b]0;title\x07 after \u202egnirts [bold red]markup[/]"
    text = shown(make_record([make_done("A", make_answer(text=hostile)), make_done("B")]))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text
    assert "[bold red]markup[/]" in text


def test_a_money_of_any_name_is_shown_as_it_is() -> None:
    """What looks like markup to the terminal's library is none."""
    record = make_record([done_with("A", make_part()), done_with("B", make_part())])
    costing = Costing(price_per_kwh=0.3, currency="[/bold]\x1b[2J", price_source="[x] \x1b[0m")
    text = shown(record, costing)
    assert "Cost of 1,000 answers, [/bold]" in text
    assert "\x1b" not in text


def test_small_print_names_letters_only_where_it_differs() -> None:
    text = shown(make_record([done_with("A", make_part()), done_with("B", make_part(net_j=30))]))
    small_print = [line for line in text.splitlines() if " — " in line]
    (basis,) = [line for line in small_print if "measured, processor chip" in line]
    assert "A: measured" not in basis
    intervals = " ".join(small_print)
    assert "A: 72 to 88 J" in intervals
    assert "B: 26 to 34 J" in intervals


def test_a_remark_stands_once_with_all_its_rows() -> None:
    text = shown(make_record([make_done("A"), make_failed("B")]))
    assert " ".join(text.split()).count("B: failed") == 1


def test_the_result_may_be_left_to_somebody_else() -> None:
    record = make_record([make_done("A"), make_done("B")])
    stream = io.StringIO()
    show_round(Console(file=stream, width=100), record, Costing(), with_sentence=False)
    assert "answered equally fast" not in stream.getvalue()
    assert "answered equally fast" in shown(record)
