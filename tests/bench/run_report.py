"""Times the reports of a large run: 500 questions in groups of five, asked of five models.

    python -m tests.bench.run_report [--rounds 3]

Wanted: less than three seconds for each form, the verdict left out (`tests.bench.verdict`).
"""

import argparse
import random
import statistics
import sys
from collections.abc import Sequence

from tests.bench.decode_ratio import say
from tests.helpers.verdicts import COSTING, example_record

from large_enough.cli.report_output import RunReport
from large_enough.comparison.verdict import verdict
from large_enough.domain.clock import SystemClock
from large_enough.domain.pack_run import PackRunRecord

FORMS = ("report.html", "report.md", "report.csv", "report.json")
ITEM_COUNT = 500
RIGHT_SHARES = (0.3, 0.55, 0.68, 0.76, 0.86)
WANTED_S = 3.0
CLOCK = SystemClock()


def large_record() -> PackRunRecord:
    """Return the run that is written."""
    dice = random.Random(1)
    patterns = [
        "".join("+" if dice.random() < share else "-" for _item in range(ITEM_COUNT))
        for share in RIGHT_SHARES
    ]
    return example_record(*patterns, group_size=5)


def timed(report: RunReport, name: str) -> tuple[float, int]:
    """Return how many seconds a form takes, and its bytes."""
    start_s = CLOCK.monotonic_s()
    content = report.content(name)
    return CLOCK.monotonic_s() - start_s, len(content)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 if a form takes longer than wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args(arguments)
    record = large_record()
    report = RunReport(verdict=verdict(record, COSTING), record=record, costing=COSTING)
    is_quick = True
    for name in FORMS:
        rounds = [timed(report, name) for _round in range(max(1, chosen.rounds))]
        median_s = statistics.median(duration_s for duration_s, _size in rounds)
        say(f"{name:12}  {median_s:5.2f} s  {rounds[0][1] / 1e6:5.1f} MB")
        is_quick = is_quick and median_s < WANTED_S
    return 0 if is_quick else 1


if __name__ == "__main__":
    sys.exit(main())
