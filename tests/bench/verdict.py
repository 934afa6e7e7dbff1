"""Times the verdict of a large run: 500 questions, asked of five models.

    python -m tests.bench.verdict [--rounds 5]

Wanted: less than a second. The first round also draws the resamples that later ones find in memory;
it is shown apart, because that is what somebody waits for who opens one run.
"""

import argparse
import random
import statistics
import sys
from collections.abc import Sequence

from tests.bench.decode_ratio import say
from tests.helpers.verdicts import COSTING, example_record

from large_enough.comparison.verdict import verdict
from large_enough.domain.clock import SystemClock
from large_enough.domain.pack_run import PackRunRecord
from large_enough.domain.verdict import RunVerdict

ITEM_COUNT = 500
RIGHT_SHARES = (0.3, 0.55, 0.68, 0.76, 0.86)
CASES = (
    ("in groups", False, 5),
    ("in groups, parts of points", True, 5),
    ("each alone", False, 1),
    ("each alone, parts of points", True, 1),
)
WANTED_S = 1.0
CLOCK = SystemClock()


def large_record(*, parts: bool, group_size: int) -> PackRunRecord:
    """Return the run that is timed.

    Args:
        parts: Whether answers can be half right.
        group_size: Questions of each kind.
    """
    dice = random.Random(1)
    signs = "+-h" if parts else "+-"

    def pattern(share: float) -> str:
        right = (dice.random() < share for _item in range(ITEM_COUNT))
        return "".join("+" if is_right else dice.choice(signs[1:]) for is_right in right)

    return example_record(*map(pattern, RIGHT_SHARES), group_size=group_size)


def timed(record: PackRunRecord) -> tuple[float, RunVerdict]:
    """Return how many seconds the verdict takes, and the verdict."""
    start_s = CLOCK.monotonic_s()
    found = verdict(record, COSTING)
    return CLOCK.monotonic_s() - start_s, found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 if it takes longer than wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args(arguments)
    is_quick = True
    for name, parts, group_size in CASES:
        record = large_record(parts=parts, group_size=group_size)
        first_s, *later_s = [timed(record)[0] for _round in range(max(2, chosen.rounds))]
        median_s = statistics.median(later_s)
        is_quick = is_quick and first_s < WANTED_S
        say(
            f"verdict, {ITEM_COUNT} by {len(RIGHT_SHARES)}, {name}: first {first_s:.3f} s, "
            f"then {median_s:.3f} s (wanted: under {WANTED_S:g} s)"
        )
    return 0 if is_quick else 1


if __name__ == "__main__":
    sys.exit(main())
