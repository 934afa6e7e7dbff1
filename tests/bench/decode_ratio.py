"""Compares the speed of our worker with that of a bare loop over the same engine.

    python -m tests.bench.decode_ratio MODEL.gguf [MODEL.gguf]

Part 1, for each model: the worker generates over its real protocol; a bare `llama_decode` loop in
this process computes the same tokens with the same settings, without sampling, text or messages.
They take turns in the order A B B A, one idle while the other works. Wanted: a ratio of at least
0.95.

Part 2: two workers at once, one thread each, pinned to a core of their own, against each one's own
speed alone on that core. Wanted: at least 0.9 each.

All figures are medians of rounds, and ratios within one run; the absolute ones depend on the
machine and on what else it does.
"""

import argparse
import contextlib
import statistics
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import psutil
from tests.helpers.bare_loop import BareLoop
from tests.helpers.raw_worker import RawWorker, raw_worker

from large_enough.domain.generation import (
    GenerationRequest,
    LoadSettings,
    Message,
    Placement,
    PromptStyle,
    Role,
)

PROMPT = "Counting slowly: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,"
"""Small models go on with this for a long time."""
CONTEXT_TOKENS = 1024
LOAD = LoadSettings(context_tokens=CONTEXT_TOKENS)
WANTED_RATIO = 0.95
WANTED_TOGETHER = 0.9
TOGETHER_S = 4.0
"""How long two workers run side by side in one measurement."""
MAX_TOKENS = 900
PROBE_TOKENS = 32


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def request(max_tokens: int, placement: Placement) -> GenerationRequest:
    return GenerationRequest(
        messages=(Message(role=Role.USER, content=PROMPT),),
        style=PromptStyle.COMPLETION,
        max_tokens=max_tokens,
        placement=placement,
        reuse_prefix=False,
    )


class MeasuredWorker:
    """A worker with its share of the processor."""

    def __init__(self, worker: RawWorker, path: Path, placement: Placement) -> None:
        worker.load(path, LOAD, placement)
        self._worker = worker
        self._placement = placement
        self._request_count = 0

    def tokens_per_s(self, max_tokens: int) -> float:
        """Generate, and return the speed the worker measured."""
        self._request_count += 1
        answer = self._worker.ask(self._request_count, request(max_tokens, self._placement)).answer
        speed = answer.timing.generation_tokens_per_s
        assert isinstance(speed, float), speed
        return speed


def compare_with_bare_loop(path: Path, thread_count: int, count: int, rounds: int) -> float:
    """Say the speeds of each round; return the median ratio."""
    bare = BareLoop(path, thread_count, CONTEXT_TOKENS)
    with contextlib.closing(bare), raw_worker("llama") as raw:
        worker = MeasuredWorker(raw, path, Placement(thread_count=thread_count))
        prompt = bare.tokenize(PROMPT)
        tokens = bare.greedy(prompt, count)
        say(f"{path.name}: {thread_count} threads, {len(tokens)} tokens")
        worker.tokens_per_s(PROBE_TOKENS)
        ratios = []
        for number in range(1, rounds + 1):
            ours = [worker.tokens_per_s(len(tokens))]
            theirs = [bare.tokens_per_s(prompt, tokens) for _ in range(2)]
            ours.append(worker.tokens_per_s(len(tokens)))
            worker_speed, bare_speed = statistics.mean(ours), statistics.mean(theirs)
            ratios.append(worker_speed / bare_speed)
            say(
                f"  round {number}: worker {worker_speed:7.1f} tok/s,"
                f" bare loop {bare_speed:7.1f} tok/s, ratio {ratios[-1]:.3f}"
            )
    return statistics.median(ratios)


def compare_together(paths: Sequence[Path], rounds: int) -> list[float]:
    """Say each worker's speed alone and beside the others; return the median ratios."""
    cores = usable_cores()[: len(paths)]
    if len(cores) < len(paths):
        say("  needs a core for each model")
        return []
    with contextlib.ExitStack() as stack:
        workers = [
            MeasuredWorker(
                stack.enter_context(raw_worker("llama")),
                path,
                Placement(thread_count=1, cpu_ids=(core,)),
            )
            for path, core in zip(paths, cores, strict=True)
        ]
        lengths = [
            min(MAX_TOKENS, round(TOGETHER_S * worker.tokens_per_s(PROBE_TOKENS)))
            for worker in workers
        ]
        ratios: list[list[float]] = [[] for _ in paths]
        for number in range(1, rounds + 1):
            # Alone before and after: what else the machine does changes from minute to minute.
            before = one_by_one(workers, lengths)
            together = at_once(workers, lengths)
            after = one_by_one(workers, lengths)
            for index, path in enumerate(paths):
                alone = statistics.mean((before[index], after[index]))
                ratios[index].append(together[index] / alone)
                say(
                    f"  round {number}: {path.name}: alone {alone:6.1f} tok/s,"
                    f" together {together[index]:6.1f} tok/s, ratio {ratios[index][-1]:.3f}"
                )
    return [statistics.median(kept) for kept in ratios]


def one_by_one(workers: Sequence[MeasuredWorker], lengths: Sequence[int]) -> list[float]:
    """Let the workers generate one after the other; return their speeds."""
    return [worker.tokens_per_s(length) for worker, length in zip(workers, lengths, strict=True)]


def at_once(workers: Sequence[MeasuredWorker], lengths: Sequence[int]) -> list[float]:
    """Let all workers generate at the same time; return their speeds."""
    speeds = [0.0] * len(workers)

    def run(number: int) -> None:
        speeds[number] = workers[number].tokens_per_s(lengths[number])

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(workers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return speeds


def usable_cores() -> list[int]:
    """Return the processors this process may use (macOS does not tell: all of them)."""
    process = psutil.Process()
    if hasattr(process, "cpu_affinity"):
        return list(process.cpu_affinity())
    return list(range(psutil.cpu_count() or 1))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("models", nargs="+", type=Path, metavar="MODEL.gguf")
    parser.add_argument("--threads", type=int, default=psutil.cpu_count(logical=False) or 1)
    parser.add_argument("--tokens", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    say(f"load average before: {psutil.getloadavg()[0]:.2f}")
    is_good = True
    for path in options.models:
        ratio = compare_with_bare_loop(path, options.threads, options.tokens, options.rounds)
        is_good = is_good and ratio >= WANTED_RATIO
        say(f"  median ratio {ratio:.3f} (wanted: at least {WANTED_RATIO})")
    pair = [options.models[0], options.models[-1]]
    say("together, one thread on a core of its own each")
    for path, ratio in zip(pair, compare_together(pair, options.rounds), strict=False):
        is_good = is_good and ratio >= WANTED_TOGETHER
        say(f"  {path.name}: median ratio {ratio:.3f} (wanted: at least {WANTED_TOGETHER})")
    return 0 if is_good else 1


if __name__ == "__main__":
    raise SystemExit(main())
