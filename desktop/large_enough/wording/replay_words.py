"""Says that what is shown is a recording, and at what speed it is shown."""

import datetime

from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import Mode, RoundRecord
from large_enough.domain.text import harmless_line
from large_enough.wording.numbers import number_text
from large_enough.wording.translate import _


def recorded_text(record: RoundRecord) -> str:
    """Return where and when a round was recorded, for a line that stays in sight while it plays.

    Args:
        record: The round.
    """
    cpu = record.machine.cpu_name
    machine = _("an unknown machine") if isinstance(cpu, Unavailable) else cpu
    words = _("Recorded on {date}, {machine}; nothing runs now.")
    return harmless_line(words.format(date=_date(record.started_utc), machine=machine))


def race_note(record: RoundRecord) -> str:
    """Return how a race came about: nobody ran beside the other, or they did."""
    if record.plan.mode is Mode.TOGETHER:
        return _("They ran at the same time, and shared the processor.")
    return _("They ran one after the other; here they start together, each at its own true speed.")


def replay_speed_text(speed: float) -> str:
    """Return a speed of the replay: "true speed", "2 times as fast", "half as fast"."""
    if speed == 1:
        return _("true speed")
    if speed == 0.5:
        return _("half as fast")
    number = f"{speed:.0f}" if float(speed).is_integer() else number_text(speed)
    return _("{number} times as fast").format(number=number)


def _date(started_utc: str) -> str:
    try:
        return f"{datetime.datetime.fromisoformat(started_utc):%Y-%m-%d}"
    except ValueError:
        return _("an unknown day")
