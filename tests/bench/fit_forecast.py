"""Compares forecasts with what was measured: memory at several contexts, and speed.

    python -m tests.bench.fit_forecast MODEL.gguf [MODEL.gguf ...]

Part 1, for each model, context and cache type: the forecast (dry run, and formula) against the
program's own "needed" of a worker that really loaded the model and read a prompt of some 600
tokens, more than one micro-batch, so that all of its scratch space is touched. The engine clears
the whole cache when it sets it up, so every page of it is in use from then on, whether the context
is full or not. Wanted: within 10 %.

Part 2, for each model: the range of speeds that is forecast from memory's speed alone, and from
what the models before it reached, against the best of several short answers; memory's speed is the
best of several measurements in between. Wanted: the range contains the speed.
"""

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.decode_ratio import PROMPT, say
from tests.helpers.raw_worker import RawWorker, raw_worker

from large_enough.comparison.expected_speeds import expected_speed
from large_enough.comparison.needs import need_of
from large_enough.domain.clock import SystemClock
from large_enough.domain.dry_run import DryRun
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.expected_speed import ExpectedSpeed, SpeedRun
from large_enough.domain.generation import (
    CacheType,
    GenerationRequest,
    LoadSettings,
    Message,
    Placement,
    PromptStyle,
    Role,
)
from large_enough.domain.model_card import BackendKind, ModelCard
from large_enough.domain.speed_bound import Bandwidth, TokenReads
from large_enough.engine.dry_runs import DryRuns
from large_enough.engine.launcher import worker_command
from large_enough.gguf.card import read_card
from large_enough.gguf.memory import estimate_memory
from large_enough.gguf.split import read_model
from large_enough.gguf.token_reads import token_reads
from large_enough.measure.bandwidth_process import bandwidth_in_child
from large_enough.measure.cores import fast_core_ids
from large_enough.measure.memory import memory_reader

CONTEXTS_TOKENS = (2048, 8192, 32_768)
CACHE_TYPES = (CacheType.F16, CacheType.Q8_0)
LONG_PROMPT = "one two three four five six seven eight nine ten " * 60
WANTED_ERROR = 0.1
SPEED_TOKENS = 9
SPEED_CONTEXT_TOKENS = 1024
USUAL_TOKENS = 30
"""Length of text at the middle of such an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A model that is measured."""

    card: ModelCard
    path: Path
    placement: Placement


def request(text: str, max_tokens: int, placement: Placement) -> GenerationRequest:
    return GenerationRequest(
        messages=(Message(role=Role.USER, content=text),),
        style=PromptStyle.COMPLETION,
        max_tokens=max_tokens,
        placement=placement,
        reuse_prefix=False,
    )


def measured_bytes(subject: Subject, settings: LoadSettings) -> int:
    """Return what a worker needs that has loaded the model and read a prompt."""
    with raw_worker("llama") as worker:
        worker.load(subject.path, settings, subject.placement)
        worker.ask(1, request(LONG_PROMPT, 2, subject.placement))
        sample = memory_reader().read(worker.process.pid, subject.card.size_bytes)
    assert sample is not None
    needed = sample.needed_bytes
    assert isinstance(needed, int), needed
    return needed


def compare_memory(subject: Subject, dry_runs: DryRuns) -> list[float]:
    """Say forecast and measurement of each context and cache type; return the relative errors."""
    header = read_model(subject.path).header
    errors = []

    def ask(card: ModelCard, settings: LoadSettings) -> DryRun | ErrorInfo:
        return dry_runs.run(card.path, settings)

    for context_tokens in CONTEXTS_TOKENS:
        for cache_type in CACHE_TYPES:
            settings = LoadSettings(context_tokens=context_tokens, cache_type=cache_type)
            need, _dry_run = need_of(subject.card, header, settings, ask)
            by_formula = estimate_memory(header, settings).needed_bytes
            measured = measured_bytes(subject, settings)
            errors.append(need.needed_bytes / measured - 1)
            say(
                f"  {context_tokens:6d} tokens, {cache_type.value:4}: {need.method.value}"
                f" {need.needed_bytes / 1e6:7.1f} MB ({errors[-1]:+.1%}), formula"
                f" {by_formula / 1e6:7.1f} MB ({by_formula / measured - 1:+.1%}), measured"
                f" {measured / 1e6:7.1f} MB, context {need.context_tokens}"
            )
    return errors


class Speeds:
    """The best of several short answers of each model, and of several readings of memory."""

    def __init__(self, subjects: Sequence[Subject], rounds: int) -> None:
        self.best = dict.fromkeys((subject.path for subject in subjects), 0.0)
        self.bandwidth: Bandwidth | None = None
        settings = LoadSettings(context_tokens=SPEED_CONTEXT_TOKENS)
        with contextlib.ExitStack() as stack:
            workers = [(each, stack.enter_context(raw_worker("llama"))) for each in subjects]
            for subject, worker in workers:
                worker.load(subject.path, settings, subject.placement)
            for number in range(1, rounds + 1):
                self._read_memory()
                for subject, worker in workers:
                    self._generate(subject, worker, number)
                best = ", ".join(f"{speed:.1f}" for speed in self.best.values())
                say(f"  round {number}: best so far {best} tok/s")

    def _read_memory(self) -> None:
        found = bandwidth_in_child(lambda: False)
        if not isinstance(found, Bandwidth):
            say(f"  memory: {found.reason}")
        elif self.bandwidth is None or found.bytes_per_s > self.bandwidth.bytes_per_s:
            self.bandwidth = found

    def _generate(self, subject: Subject, worker: RawWorker, number: int) -> None:
        answer = worker.ask(number, request(PROMPT, SPEED_TOKENS, subject.placement)).answer
        speed = answer.timing.generation_tokens_per_s
        assert isinstance(speed, float), speed
        self.best[subject.path] = max(self.best[subject.path], speed)


def compare_speeds(subjects: Sequence[Subject], rounds: int) -> list[bool]:
    """Say ranges and speeds; return whether each range contains the speed."""
    speeds = Speeds(subjects, rounds)
    assert speeds.bandwidth is not None
    say(f"  memory: {speeds.bandwidth.bytes_per_s / 1e9:.1f} GB/s (best of {rounds})")
    runs = [_run(subject, _reads(subject), speeds.best[subject.path]) for subject in subjects]
    outcomes = []
    for own in runs:
        others = [run for run in runs if run is not own]
        for words, known in (("from memory alone", []), ("from the other models", others)):
            reads = TokenReads(weights_bytes=own.read_bytes, cache_bytes=0, is_upper_bound=False)
            found = expected_speed(reads, speeds.bandwidth, known, model=own.model)
            assert isinstance(found, ExpectedSpeed)
            low, high = found.low_tokens_per_s, found.high_tokens_per_s
            outcomes.append(low <= own.tokens_per_s <= high)
            share = own.bytes_per_s / speeds.bandwidth.bytes_per_s
            say(
                f"  {own.name}: {words}: {low:.1f} to {high:.1f}, measured"
                f" {own.tokens_per_s:.1f} tok/s ({share:.2f} of the bound)"
                f" {'' if outcomes[-1] else 'OUTSIDE'}"
            )
    return outcomes


def _reads(subject: Subject) -> TokenReads:
    header = read_model(subject.path).header
    return token_reads(header, LoadSettings(), USUAL_TOKENS)


def _run(subject: Subject, reads: TokenReads, tokens_per_s: float) -> SpeedRun:
    return SpeedRun(
        machine="",
        model=str(subject.path),
        name=subject.card.name,
        thread_count=subject.placement.thread_count,
        tokens_per_s=tokens_per_s,
        read_bytes=reads.total_bytes,
        utc="",
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("models", nargs="+", type=Path, metavar="MODEL.gguf")
    parser.add_argument("--threads", type=int, default=len(fast_core_ids()))
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--only", choices=["memory", "speed"])
    options = parser.parse_args()
    placement = Placement(thread_count=options.threads)
    subjects = [
        Subject(card=read_card(path), path=path, placement=placement) for path in options.models
    ]
    is_good = True
    if options.only != "speed":
        command = worker_command(BackendKind.LLAMA, os.environ)
        with contextlib.closing(DryRuns(command, SystemClock())) as dry_runs:
            for subject in subjects:
                say(subject.card.name)
                errors = compare_memory(subject, dry_runs)
                is_good = is_good and max(map(abs, errors)) <= WANTED_ERROR
    if options.only != "memory":
        say("speed")
        is_good = all(compare_speeds(subjects, options.rounds)) and is_good
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
