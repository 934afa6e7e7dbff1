"""What the terminal shows of a finished round."""

import io

from rich.console import Console
from tests.helpers.records import make_answer, make_done, make_failed, make_record

from large_enough.cli.round_view import show_round


def shown(record: object) -> str:
    stream = io.StringIO()
    show_round(Console(file=stream, width=100, force_terminal=False), record)  # type: ignore[arg-type]
    return stream.getvalue()


def test_answers_table_and_sentence_are_there() -> None:
    record = make_record(
        [
            make_done("A", make_answer(text="Forty euros.")),
            make_done("B", make_answer(text="One euro.")),
        ]
    )
    text = shown(record)
    for part in ("Forty euros.", "One euro.", "tok/s", "Memory needed", "no instrument yet"):
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
