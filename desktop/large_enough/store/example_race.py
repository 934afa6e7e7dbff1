"""Reads the recorded round that comes with the program, so that there is a race to watch at once.

It was recorded with real models on a real machine, which its record names; only the folders of the
model files were taken out. `tests/helpers/example_race.py` makes it from a round's log.
"""

from pathlib import Path

from large_enough.domain.round import RoundRecord
from large_enough.resources.locate import asset_path
from large_enough.store.log_reading import read_round


def example_race_path() -> Path:
    """Return where the log of that round lies."""
    return asset_path("replay", "race.jsonl")


def example_race() -> RoundRecord:
    """Return the recorded round.

    Raises:
        StoreError: The file is missing or damaged.
    """
    return read_round(example_race_path())
