"""Charts in words."""

from large_enough.wording.chart_words import (
    LineFacts,
    bar_chart_summary,
    legend_name,
    time_chart_summary,
)


def test_lines_over_time() -> None:
    lines = [
        LineFacts(name="A, small", values=(10.0, 20.0), end_s=3.0),
        LineFacts(name="B, large", values=(5.0,), end_s=1.0),
        LineFacts(name="C, gone", values=(), end_s=0.0),
    ]
    assert time_chart_summary("Speed over time", "tok/s", lines) == (
        "Speed over time, in tok/s. A, small: 15.0 on average, between 10.0 and 20.0; it ends at "
        "3.00 s. B, large: 5.00, one reading only. C, gone: nothing to draw."
    )
    assert time_chart_summary("Speed", "tok/s", []).endswith("There is nothing to draw.")


def test_bars() -> None:
    groups = [("Time", ["A 1 s", "B 3 s"], "3.0 times"), ("Memory", ["A 1 GB", "B unknown"], "")]
    assert bar_chart_summary("Figures", groups) == (
        "Figures. Time: A 1 s, B 3 s; 3.0 times. Memory: A 1 GB, B unknown."
    )
    assert bar_chart_summary("Figures", []) == "Figures. There is nothing to draw."


def test_names() -> None:
    assert legend_name("A", "small") == "A, small"
    assert legend_name("", "several at once") == "several at once"
