"""The charts of a round."""

import msgspec
import pytest
from tests.helpers.energy_uses import done_with, make_part
from tests.helpers.hostile_texts import HOSTILE_TEXTS, has_dangerous_characters
from tests.helpers.records import (
    make_answer,
    make_cancelled,
    make_card,
    make_done,
    make_failed,
    make_plan,
    make_record,
    make_timing,
)

from large_enough.domain.generation import Answer, Chunk, FinishReason
from large_enough.domain.power import Scope
from large_enough.domain.power_now import PowerNow, no_power
from large_enough.domain.quantity import NumberQuality
from large_enough.domain.resource_use import MemorySample
from large_enough.domain.round import RoundRecord
from large_enough.figures.primitives import Drawing, Marker, Polyline, Rectangle, Text
from large_enough.report.round_charts import (
    PowerMoment,
    comparison_chart,
    memory_chart,
    power_chart,
    speed_chart,
    speed_chart_so_far,
)
from large_enough.report.svg import svg_text

SECOND_NS = 1_000_000_000


def steady_answer(tokens_per_s: float, duration_s: float = 10.0) -> Answer:
    count = round(tokens_per_s * duration_s)
    chunks = tuple(Chunk(0.5 + n / tokens_per_s, n + 1, n + 1) for n in range(count + 1))
    timing = make_timing(
        total_s=chunks[-1].t_s, decode_s=duration_s, generated_token_count=count + 1
    )
    answer = make_answer(timing, text="a" * (count + 1))
    return msgspec.structs.replace(answer, timeline=chunks)


def lines(drawing: Drawing) -> int:
    """The number of lines, without the samples of the legend."""
    legend = sum(1 for each in drawing.primitives if isinstance(each, Marker | Polyline))
    markers = sum(1 for each in drawing.primitives if isinstance(each, Marker))
    return legend - markers


def texts(drawing: Drawing) -> list[str]:
    return [each.text for each in drawing.primitives if isinstance(each, Text)]


@pytest.fixture
def record() -> RoundRecord:
    return make_record([make_done("A", steady_answer(40)), make_done("B", steady_answer(10))])


def test_speed_over_time(record: RoundRecord) -> None:
    drawing = speed_chart(record)
    assert drawing.title == "Tokens per second over time, averaged over 2.00 s"
    assert "A, SmolLM2 135M Instruct: 40.0 on average, between 40.0 and 40.0" in drawing.summary
    assert "B, Qwen2.5 Coder 0.5B: 10.0 on average" in drawing.summary
    assert lines(drawing) == 4


def test_speed_of_answers_that_are_still_written() -> None:
    falling = [Chunk(5.0, 60, 70), Chunk(1.0, 10, 1), Chunk(float("nan"), -5, 1 << 62)]
    chunks = {"A": steady_answer(20).timeline, "B": falling}
    drawing = speed_chart_so_far(make_plan(), chunks)
    assert "A, SmolLM2 135M Instruct: 20.0 on average" in drawing.summary
    assert "B, Qwen2.5 Coder 0.5B: nothing to draw." in drawing.summary


def test_who_did_not_answer_has_no_line() -> None:
    stopped = make_cancelled("A", steady_answer(20))
    drawing = speed_chart(make_record([stopped, make_failed("B")]))
    assert "A, SmolLM2 135M Instruct: 20.0 on average" in drawing.summary
    assert "B, Qwen2.5 Coder 0.5B: nothing to draw." in drawing.summary
    none = speed_chart(make_record([make_cancelled("A"), make_failed("B")]))
    assert "There is nothing to draw." in texts(none)


def sample(t_s: float, size_bytes: int) -> MemorySample:
    return MemorySample(
        t_ns=round((100 + t_s) * SECOND_NS),
        resident_bytes=size_bytes,
        weights_bytes=size_bytes // 2,
        working_bytes=size_bytes - size_bytes // 2,
    )


def test_memory_over_time() -> None:
    samples = {"A": [sample(-1, 1), sample(0, 100_000_000), sample(2, 210_000_000)], "B": []}
    drawing = memory_chart(make_plan(), samples, 100 * SECOND_NS)
    assert "between 0.10 and 0.21; it ends at 2.00 s" in drawing.summary
    assert "B, Qwen2.5 Coder 0.5B: nothing to draw." in drawing.summary


def moment(t_s: float, power_w: float, *letters: str) -> PowerMoment:
    power = PowerNow(power_w=power_w, quality=NumberQuality.MEASURED, scopes=(Scope.CPU_PACKAGE,))
    return PowerMoment(t_s=t_s, letters=letters, power=power)


def test_watts_over_time_belong_to_who_answers() -> None:
    moments = [
        moment(0, 10.0, "A"),
        moment(1, 12.0, "A"),
        moment(2, 20.0, "B"),
        moment(3, 22.0, "B"),
    ]
    drawing = power_chart(make_plan(), moments)
    assert "A, SmolLM2 135M Instruct: 11.0 on average" in drawing.summary
    assert "B, Qwen2.5 Coder 0.5B: 21.0 on average" in drawing.summary


def test_watts_of_several_are_nobodys() -> None:
    drawing = power_chart(make_plan(), [moment(0, 10.0, "A", "B"), moment(1, 12.0, "A", "B")])
    assert "several at once: 11.0 on average" in drawing.summary
    assert "A, SmolLM2 135M Instruct: nothing to draw." in drawing.summary


def test_unknown_and_impossible_watts_are_gaps() -> None:
    unknown = PowerMoment(t_s=1, letters=("A",), power=no_power("no instrument"))
    moments = [moment(0, 10.0, "A"), unknown, moment(2, float("inf"), "A"), moment(3, 12.0, "A")]
    assert "between 10.0 and 12.0" in power_chart(make_plan(), moments).summary


def test_bars_with_their_ratios(record: RoundRecord) -> None:
    drawing = comparison_chart(record)
    assert "A is 4.0 times as fast" in texts(drawing)
    assert "Generating: A 40.0 tok/s, B 10.0 tok/s; A is 4.0 times as fast." in drawing.summary
    assert "Energy" not in drawing.summary


def energy_part(record: RoundRecord) -> str:
    return comparison_chart(record).summary.partition("Energy: ")[2]


def test_energies_have_a_ratio_only_if_they_may_be_compared() -> None:
    first = done_with("A", make_part(net_j=80.0))
    pair = make_record([first, done_with("B", make_part(net_j=20.0))])
    assert energy_part(pair) == "A 80 J, B 20 J; A took 4.0 times as much."
    close = make_record([first, done_with("B", make_part(net_j=78.0))])
    assert energy_part(close) == "A 80 J, B 78 J."
    estimated = [
        done_with(letter, make_part(net_j=net_j, quality=NumberQuality.ESTIMATED))
        for letter, net_j in (("A", 80.0), ("B", 20.0))
    ]
    assert energy_part(make_record(estimated)) == "A ~ 80 J, B ~ 20 J."


def test_energies_that_mean_something_else_have_no_bars() -> None:
    estimated = make_part(net_j=20.0, quality=NumberQuality.ESTIMATED)
    unlike = make_record([done_with("A", make_part(net_j=80.0)), done_with("B", estimated)])
    alike = make_record([done_with("A", make_part(net_j=80.0)), done_with("B", make_part())])
    assert energy_part(unlike) == "A 80 J, B ~ 20 J."
    assert _rectangle_count(unlike) == _rectangle_count(alike) - 2


def _rectangle_count(record: RoundRecord) -> int:
    primitives = comparison_chart(record).primitives
    return sum(isinstance(primitive, Rectangle) for primitive in primitives)


@pytest.mark.parametrize("finish", [FinishReason.LENGTH, FinishReason.END_OF_TEXT])
def test_times_of_unequal_answers_have_no_ratio(finish: FinishReason) -> None:
    timing = make_timing(total_s=4.0, character_count=200 if finish is FinishReason.LENGTH else 900)
    longer = make_done("B", make_answer(timing, finish=finish))
    summary = comparison_chart(make_record([make_done("A"), longer])).summary
    assert "Time for the answer: A 1.00 s, B 4.00 s." in summary


def test_equal_numbers_are_called_so() -> None:
    summary = comparison_chart(make_record([make_done("A"), make_done("B")])).summary
    assert "Time for the answer: A 1.00 s, B 1.00 s; about equal." in summary


def test_nobody_answered() -> None:
    drawing = comparison_chart(make_record([make_failed("A"), make_failed("B")]))
    assert not any(isinstance(each, Rectangle) for each in drawing.primitives)
    assert "There is nothing to draw." in drawing.summary


def test_impossible_numbers_of_a_record_are_no_bars() -> None:
    timing = make_timing(total_s=-5.0, decode_s=1e-308, generated_token_count=1 << 62)
    record = make_record([make_done("A", make_answer(timing)), make_done("B")])
    for drawing in (comparison_chart(record), speed_chart(record)):
        assert "inf" not in svg_text(drawing)
        assert "nan" not in svg_text(drawing)


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
def test_hostile_names(name: str) -> None:
    plan = make_plan(make_card(name), make_card(name))
    record = make_record([make_done("A", steady_answer(40)), make_failed("B")], plan)
    for drawing in (comparison_chart(record), speed_chart(record)):
        assert not has_dangerous_characters(svg_text(drawing))
