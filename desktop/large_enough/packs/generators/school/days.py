"""Draws days on which there is school."""

import datetime

from large_enough.packs.generators.dice import Dice


def school_day(dice: Dice) -> datetime.date:
    """Draw a day on which there is school: no weekend, and neither summer nor Christmas."""
    day = datetime.date(2026, dice.pick((1, 2, 3, 5, 6, 9, 10, 11)), dice.whole(8, 26))
    return day - datetime.timedelta(days=max(day.weekday() - 4, 0))
