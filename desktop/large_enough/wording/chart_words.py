"""Says in words what a chart shows, for people who cannot see it."""

from collections.abc import Sequence

import msgspec

from large_enough.wording.numbers import number_text, seconds_text
from large_enough.wording.translate import _


class LineFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a chart over time, in a few numbers."""

    name: str
    """As in the legend: "A, SmolLM2 135M"."""
    values: tuple[float, ...]
    """Its numbers; none for a line that could not be drawn."""
    end_s: float
    """When it ends."""


def time_chart_summary(title: str, unit: str, lines: Sequence[LineFacts]) -> str:
    """Return what a chart over time shows: for each line its average, its range and its end.

    Args:
        title: Of the chart, with what it was averaged over.
        unit: Of the numbers.
        lines: In the order of the legend.
    """
    sentences = [_("{title}, in {unit}.").format(title=title, unit=unit)]
    sentences += [_line_sentence(line) for line in lines]
    if not lines:
        sentences.append(nothing_to_draw())
    return " ".join(sentences)


def _line_sentence(line: LineFacts) -> str:
    if not line.values:
        return _("{name}: nothing to draw.").format(name=line.name)
    if len(line.values) == 1:
        return _("{name}: {value}, one reading only.").format(
            name=line.name, value=number_text(line.values[0])
        )
    return _("{name}: {mean} on average, between {low} and {high}; it ends at {end}.").format(
        name=line.name,
        mean=number_text(sum(line.values) / len(line.values)),
        low=number_text(min(line.values)),
        high=number_text(max(line.values)),
        end=seconds_text(line.end_s),
    )


def bar_chart_summary(title: str, groups: Sequence[tuple[str, Sequence[str], str]]) -> str:
    """Return what a chart of bars shows.

    Args:
        title: Of the chart.
        groups: For each measure its label, the numbers of all contenders ("A 40 tok/s") and the
            ratio in words, empty where there is none.
    """
    sentences = [_("{title}.").format(title=title)]
    for label, values, ratio in groups:
        sentences.append(figure_sentence(label, values, ratio))
    if not groups:
        sentences.append(nothing_to_draw())
    return " ".join(sentences)


def figure_sentence(label: str, values: Sequence[str], ratio: str) -> str:
    """Return one measure of all contenders: "First token: A 0.4 s, B 1.2 s; B took ...".

    Args:
        label: Of the measure.
        values: Letter, number and unit of each contender.
        ratio: In words, empty where there is none.
    """
    words = _("{label}: {values}; {ratio}.") if ratio else _("{label}: {values}.")
    return words.format(label=label, values=", ".join(values), ratio=ratio)


def nothing_to_draw() -> str:
    """Return what stands in a chart without numbers."""
    return _("There is nothing to draw.")


def legend_name(letter: str, name: str) -> str:
    """Return how a line is called where its mark cannot be seen."""
    return _("{letter}, {name}").format(letter=letter, name=name) if letter else name
