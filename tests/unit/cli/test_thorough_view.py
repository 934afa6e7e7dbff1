import io

import pytest
from rich.console import Console
from tests.helpers.energy_uses import make_part
from tests.helpers.fake_clock import FakeClock
from tests.helpers.records import make_card, make_plan
from tests.helpers.thorough_bench import FakeBench, passes, thorough_plan, thorough_record

from large_enough.cli.thorough_view import show_thorough, thorough_view
from large_enough.comparison.thorough import run_thorough
from large_enough.domain.costing import Costing
from large_enough.domain.quantity import NumberQuality
from large_enough.domain.thorough import ThoroughEnd, ThoroughRecord

SIX = [(1.0, 2.0)] * 6


def shown(record: ThoroughRecord) -> str:
    stream = io.StringIO()
    show_thorough(Console(file=stream, width=110, force_terminal=False), record, Costing())
    return stream.getvalue()


def line_of(text: str, label: str) -> str:
    """Return a line of the table, with single blanks."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    (found,) = [line for line in lines if line.startswith(label)]
    return found


def with_quality(quality: NumberQuality) -> ThoroughRecord:
    return thorough_record(
        passes(SIX, lambda letter, _number: (
            make_part(net_j=30.0 if letter == "A" else 47.0, quality=quality),
        ))
    )  # fmt: skip


def test_medians_ratios_and_the_sentence_are_shown() -> None:
    text = shown(with_quality(NumberQuality.MEASURED))
    assert line_of(text, "Time for the answer, s 1.00 (") == (
        "Time for the answer, s 1.00 (1.00 to 1.00) 2.00 (2.00 to 2.00)"
    )
    assert line_of(text, "Energy, J 30 (") == "Energy, J 30 (30 to 30) 47 (47 to 47)"
    assert line_of(text, "Time, times the first's") == (
        "Time, times the first's 1 2.00 (2.00 to 2.00)"
    )
    assert line_of(text, "Energy, times the first's") == (
        "Energy, times the first's 1 1.57 (1.57 to 1.57)"
    )
    assert "answered 2.0 times faster" in " ".join(text.split())
    assert "answered equally" not in text


def test_medians_of_estimates_look_like_estimates() -> None:
    text = shown(with_quality(NumberQuality.ESTIMATED))
    assert "~ 30 (~ 30 to ~ 30)" in text
    assert "~ 50 (~ 50 to ~ 50)" in text
    assert "less energy" not in text


def test_what_is_not_known_is_a_dash() -> None:
    text = shown(thorough_record(passes(SIX[:2])))
    assert line_of(text, "Medians over all passes")
    assert line_of(text, "Energy, times the first's") == "Energy, times the first's — —"


def test_without_any_pass_only_the_sentence_is_shown() -> None:
    text = shown(thorough_record((), end=ThoroughEnd.STOPPED))
    assert "Stopped after 0 passes." in text
    assert "Medians" not in text


def test_names_of_models_are_not_obeyed() -> None:
    plan = make_plan(make_card("evil \x1b[2J[bold]"), make_card("good"))
    record = thorough_record(passes(SIX), plan=thorough_plan(template=plan))
    text = shown(record)
    assert "\x1b" not in text
    assert "[bold]" in text


@pytest.mark.parametrize("is_terminal", [False, True])
def test_progress_is_shown_while_it_goes_on(is_terminal: bool) -> None:
    stream = io.StringIO()
    console = Console(file=stream, width=110, force_terminal=is_terminal)
    bench = FakeBench(FakeClock())
    with thorough_view(console) as view:
        run_thorough(thorough_plan(), view, bench=bench, clock=bench.clock)
    text = stream.getvalue()
    assert "Pass 6 of at least 6." in text
    if not is_terminal:
        lines = text.splitlines()
        assert len(lines) == 2 + 6 + 5  # each step once, however often it is told
        assert lines[0].startswith("Warming up")
