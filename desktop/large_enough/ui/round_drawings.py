"""Makes the charts of a round, finished or running, for whoever shows them.

The modules that draw are loaded when the first chart is made: the window's start must not wait.
"""

from typing import NamedTuple

from large_enough.domain.costing import Costing
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import RoundPlan, RoundRecord
from large_enough.figures.primitives import Drawing
from large_enough.ui.round_progress import RoundProgress
from large_enough.ui.round_samples import Readings


class Look(NamedTuple):
    """How a chart over time looks."""

    height: float = 260.0
    """In logical units."""
    with_legend: bool = True
    """Whether it says which letter is whose."""


USUAL_LOOK = Look()


def has_power(readings: Readings | None) -> bool:
    """Return whether something measured power during the round."""
    return readings is not None and any(
        not isinstance(reading.power.power_w, Unavailable) for reading in readings.power
    )


def speed_drawing(record: RoundRecord, width: float, look: Look = USUAL_LOOK) -> Drawing:
    """Return tokens per second over the time of each answer."""
    from large_enough.report.round_charts import speed_chart

    return speed_chart(record, width=width, **look._asdict())


def live_speed_drawing(progress: RoundProgress, width: float, look: Look = USUAL_LOOK) -> Drawing:
    """Return the same for answers that are still being written."""
    from large_enough.report.round_charts import speed_chart_so_far

    chunks = {letter: known.timeline for letter, known in progress.contenders.items()}
    return speed_chart_so_far(progress.plan, chunks, width=width, **look._asdict())


def memory_drawing(
    plan: RoundPlan, readings: Readings, width: float, look: Look = USUAL_LOOK
) -> Drawing:
    """Return the memory that each contender needed over the time of the round."""
    from large_enough.report.round_charts import memory_chart

    return memory_chart(plan, readings.memory, readings.start_ns, width=width, **look._asdict())


def power_drawing(
    plan: RoundPlan, readings: Readings, width: float, look: Look = USUAL_LOOK
) -> Drawing:
    """Return what the machine drew over the time of the round."""
    from large_enough.report.round_charts import PowerMoment, power_chart

    moments = [
        PowerMoment(t_s=reading.t_s, letters=reading.letters, power=reading.power)
        for reading in readings.power
    ]
    return power_chart(plan, moments, width=width, **look._asdict())


def figures_drawing(record: RoundRecord, costing: Costing, width: float) -> Drawing:
    """Return the chief figures side by side."""
    from large_enough.report.round_charts import comparison_chart

    return comparison_chart(record, costing, width=width)
