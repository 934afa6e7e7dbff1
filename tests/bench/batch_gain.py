"""Compares answering several prompts at once with answering them one by one.

    python -m tests.bench.batch_gain MODEL.gguf [MODEL.gguf ...]

For each model, two workers hold it: one answers eight prompts one after the other, the other one
all of them at once. Prompts are short and answers as long as they are allowed to be, so that nearly
all of the time is generation. They take turns in the order A B B A, one idle while the other works.
Wanted: at least 1.7 times as many tokens in the same time, over all models together.
"""

import argparse
import statistics
import sys
from pathlib import Path

from tests.bench.decode_ratio import say
from tests.helpers.raw_worker import RawWorker, raw_worker

from large_enough.domain.clock import SystemClock
from large_enough.domain.generation import (
    GenerationRequest,
    LoadSettings,
    Message,
    Placement,
    PromptStyle,
    Role,
)
from large_enough.measure.machine import fast_core_ids
from large_enough.protocol.messages import Generate, Generated

WANTED_GAIN = 1.7
COUNT = 8
CONTEXT_TOKENS = 512
MAX_TOKENS = 96
ROUNDS = 2
PROMPTS = tuple(
    f"Counting from {number}0: {number}0, {number}1, {number}2," for number in range(COUNT)
)


def request(prompt: str, placement: Placement) -> GenerationRequest:
    return GenerationRequest(
        messages=(Message(role=Role.USER, content=prompt),),
        style=PromptStyle.COMPLETION,
        max_tokens=MAX_TOKENS,
        placement=placement,
        reuse_prefix=False,
    )


class Side:
    """A worker that answers all prompts, its own way."""

    def __init__(self, worker: RawWorker, path: Path, sequences: int) -> None:
        self._placement = Placement(thread_count=len(fast_core_ids()))
        settings = LoadSettings(context_tokens=CONTEXT_TOKENS, parallel_sequences=sequences)
        worker.load(path, settings, self._placement)
        self._worker = worker
        self._at_once = sequences
        self._clock = SystemClock()
        self._last_id = 0

    def answer_all(self) -> tuple[int, float]:
        """Return how many tokens were generated, and in how many seconds."""
        waiting = list(PROMPTS)
        began_s = self._clock.monotonic_s()
        in_flight = tokens = 0
        while waiting or in_flight:
            while waiting and in_flight < self._at_once:
                self._last_id += 1
                prompt = request(waiting.pop(0), self._placement)
                self._worker.send(Generate(request_id=self._last_id, request=prompt))
                in_flight += 1
            ended = self._worker.wait_for(Generated)
            tokens += ended.answer.timing.generated_token_count
            in_flight -= 1
        return tokens, self._clock.monotonic_s() - began_s


def gain_of(path: Path) -> tuple[float, float, float]:
    """Return the gain, and the seconds that each side took for as many tokens as the first one."""
    with raw_worker("llama") as first, raw_worker("llama") as second:
        single, several = Side(first, path, 1), Side(second, path, COUNT)
        single.answer_all()
        several.answer_all()
        gains, alone_s, at_once_s = [], 0.0, 0.0
        for number in range(1, ROUNDS + 1):
            turns = [side.answer_all() for side in (single, several, several, single)]
            alone = sum(turns[place][1] / turns[place][0] for place in (0, 3)) / 2
            at_once = sum(turns[place][1] / turns[place][0] for place in (1, 2)) / 2
            gains.append(alone / at_once)
            alone_s += alone
            at_once_s += at_once
            say(
                f"  round {number}: one by one {1 / alone:6.1f} tok/s,"
                f" {COUNT} at once {1 / at_once:6.1f} tok/s, gain {gains[-1]:.2f}"
            )
    return statistics.median(gains), alone_s / ROUNDS, at_once_s / ROUNDS


def main() -> int:
    """Measure and print; return 1 if it is less than wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="+", type=Path)
    alone_s = at_once_s = 0.0
    for path in parser.parse_args().models:
        say(path.name)
        gain, alone, at_once = gain_of(path)
        say(f"  median gain {gain:.2f}")
        alone_s += alone
        at_once_s += at_once
    together = alone_s / at_once_s
    is_good = together >= WANTED_GAIN
    say(f"all models together: {together:.2f} times: {'as wanted' if is_good else 'NOT as wanted'}")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
