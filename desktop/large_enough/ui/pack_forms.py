"""What a pack can be written as, and what is found out about one."""

import enum
from typing import NamedTuple

from large_enough.domain.pack_fault import Fault
from large_enough.domain.pack_health import PackHealth


class PackForm(enum.Enum):
    """A format; the value is the ending of the file's name."""

    JSON = "pack.json"
    CSV = "csv"
    INSPECT = "inspect.jsonl"
    PROMPTFOO = "promptfoo.csv"
    LM_EVAL = "lm-eval.yaml"
    """Comes with a second file, which holds the questions."""


class PackFile(NamedTuple):
    """A file of a format."""

    name: str
    """As the other files of the format know it."""
    data: bytes


class Examination(NamedTuple):
    """How fit a pack is."""

    health: PackHealth
    faults: tuple[Fault, ...]
    """What is wrong with its keys."""
