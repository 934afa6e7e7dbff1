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


class PackDocument(NamedTuple):
    """A pack as the files of a format."""

    files: dict[str, bytes]
    """By name; the first one is what was asked for, the others lie beside it."""
    notes: tuple[str, ...] = ()
    """What the format cannot say, in words."""


class Examination(NamedTuple):
    """How fit a pack is."""

    health: PackHealth
    faults: tuple[Fault, ...]
    """What is wrong with its keys."""
