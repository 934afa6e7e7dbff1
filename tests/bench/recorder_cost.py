"""Tells what reading power instruments costs, and whether it slows a model down.

    python -m tests.bench.recorder_cost MODEL.gguf

The instruments are two counters of a made-up file tree (processor and memory chips), read through
the real adapters with one file access each, and the estimate from processor time, which asks the
system as often. The recorder reads them at its usual rate.

Part 1: processor time of this process, idle but for the recorder. Wanted: under 1 % of one core.

Part 2: a worker generates, with and without the recorder running, in the order A B B A. Wanted: a
ratio of at least 0.98, which is what two runs of the same differ by on a quiet machine.
"""

import argparse
import os
import statistics
import sys
import tempfile
import threading
from pathlib import Path

import psutil
from tests.bench.decode_ratio import PROBE_TOKENS, MeasuredWorker, say
from tests.helpers.raw_worker import raw_worker

from large_enough.domain.clock import SystemClock
from large_enough.domain.generation import Placement
from large_enough.domain.power import Absent
from large_enough.measure.channel import Verdict
from large_enough.measure.load import processor_times
from large_enough.measure.power.estimate import find_estimate
from large_enough.measure.power.rapl import find_rapl
from large_enough.measure.power.source import PowerSource
from large_enough.measure.power.sysfs import read_file
from large_enough.measure.recorder import Recorder

WANTED_SHARE = 0.01
WANTED_RATIO = 0.98
IDLE_S = 20.0
OBSERVATION_S = 5.0
POWER_W = {"package-0": 20.0, "dram": 3.0}
INSTRUMENT_COUNT = 3
CLOCK = SystemClock()


def lay_out_counters(root: Path) -> None:
    """Make a processor with two counters and a power limit."""
    for name, folder in (("package-0", "intel-rapl:0"), ("dram", "intel-rapl:0:2")):
        zone = root / "sys/class/powercap" / folder
        zone.mkdir(parents=True, exist_ok=True)
        (zone / "name").write_text(name + "\n")
        (zone / "energy_uj").write_text("1\n")
        (zone / "max_energy_range_uj").write_text("262143328850\n")
        (zone / "constraint_0_power_limit_uw").write_text("28000000\n")


def read_counter(path: Path) -> str:
    """Read the file, as a kernel's; a counter shows what a steady power makes of the time."""
    text = read_file(path)
    if path.name != "energy_uj":
        return text
    power_w = POWER_W[read_file(path.with_name("name"))]
    return str(int(CLOCK.monotonic_s() * power_w * 1e6) % 262_143_328_850)


def instruments(root: Path) -> list[PowerSource]:
    """Return the sources."""
    found = (
        find_rapl(root, CLOCK, read_counter),
        find_estimate(
            root,
            CLOCK,
            lambda: (processor_times().busy_s,),
            psutil.cpu_count(logical=False) or 1,
            is_wanted=True,
            read_text=read_counter,
        ),
    )
    return [source for part in found if not isinstance(part, Absent) for source in part]


def pause(duration_s: float) -> None:
    threading.Event().wait(duration_s)


def cpu_share(duration_s: float) -> float:
    """Return this process's processor time over the next seconds, as a share of one core."""
    before = os.times()
    pause(duration_s)
    after = os.times()
    return (after.user + after.system - before.user - before.system) / duration_s


def started_recorder(root: Path) -> Recorder:
    """Return a recorder that has finished observing its instruments."""
    recorder = Recorder(instruments(root), CLOCK)
    recorder.start()
    recorder.wait_observed(OBSERVATION_S)
    states = recorder.states()
    assert len(states) == INSTRUMENT_COUNT, states
    assert all(state.verdict is Verdict.IN_USE for state in states), states
    return recorder


def measure_share(root: Path) -> float:
    """Return what the recorder costs, over what this process costs without it."""
    without = cpu_share(IDLE_S / 4)
    recorder = started_recorder(root)
    share = cpu_share(IDLE_S) - without
    count = sum(len(recorder.series(state.identity.key).readings) for state in recorder.states())
    recorder.close()
    say(f"recorder: {share:.2%} of one core, {count} readings of {INSTRUMENT_COUNT} instruments")
    return share


def measure_slowdown(path: Path, root: Path, threads: int, tokens: int, rounds: int) -> float:
    """Return the median speed with the recorder over that without."""
    ratios = []
    with raw_worker("llama") as raw:
        worker = MeasuredWorker(raw, path, Placement(thread_count=threads))
        worker.tokens_per_s(PROBE_TOKENS)
        for number in range(1, rounds + 1):
            alone = [worker.tokens_per_s(tokens)]
            recorder = started_recorder(root)
            watched = [worker.tokens_per_s(tokens) for _ in range(2)]
            recorder.close()
            alone.append(worker.tokens_per_s(tokens))
            ratios.append(statistics.mean(watched) / statistics.mean(alone))
            say(
                f"  round {number}: watched {statistics.mean(watched):7.1f} tok/s,"
                f" alone {statistics.mean(alone):7.1f} tok/s, ratio {ratios[-1]:.3f}"
            )
    return statistics.median(ratios)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("model", type=Path, metavar="MODEL.gguf")
    parser.add_argument("--threads", type=int, default=psutil.cpu_count(logical=False) or 1)
    parser.add_argument("--tokens", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        lay_out_counters(root)
        share = measure_share(root)
        say(f"{options.model.name}: {options.threads} threads, {options.tokens} tokens")
        ratio = measure_slowdown(
            options.model, root, options.threads, options.tokens, options.rounds
        )
    say(f"  median ratio {ratio:.3f} (wanted: at least {WANTED_RATIO})")
    say(f"  recorder {share:.2%} of one core (wanted: under {WANTED_SHARE:.0%})")
    return 0 if ratio >= WANTED_RATIO and share < WANTED_SHARE else 1


if __name__ == "__main__":
    sys.exit(main())
