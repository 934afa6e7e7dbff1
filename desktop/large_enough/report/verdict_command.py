"""Writes the command that repeats a run, as it is typed in a terminal."""

import shlex
from collections.abc import Iterator

from large_enough.domain.generation import LoadSettings
from large_enough.domain.model_card import Adapter, ModelCard, file_name_of
from large_enough.domain.pack_run import (
    AnswerWay,
    LimitRise,
    PackRunPlan,
    PackRunSettings,
    RunLimits,
    RunMode,
    RunOrder,
    Variant,
)
from large_enough.domain.round import Contender
from large_enough.domain.text import harmless_line


def repeat_command(plan: PackRunPlan) -> str:
    """Return the command, or the commands, that ask the same of the same models.

    Models of the catalogue are named by their ids, others by their files, without the folders.
    Everything is said that a pack or another version might see otherwise.
    """
    words = ["large-enough", "run", _safe(plan.pack.id)]
    for contender in plan.contenders:
        words += ["-m", _model(contender.card)]
    words += [*_settings(plan.settings), *_limits(plan.settings), *_load(plan.contenders)]
    commands = [words, *map(_rise, plan.rises)]
    return "\n".join(" ".join(map(shlex.quote, command)) for command in commands)


def _rise(rise: LimitRise) -> list[str]:
    """Return the command that asks what a limit cut again."""
    words = ["large-enough", "run", "--resume", "last", "--raise-limits"]
    if rise.max_tokens is not None:
        words += ["--max-tokens", str(rise.max_tokens)]
    if rise.longest_s is not None:
        words += ["--longest", _number(rise.longest_s)]
    return words


def _model(card: ModelCard) -> str:
    name = card.catalog_id or file_name_of(card.path)
    return _safe(name) + ("" if card.adapter is None else _adapter(card.adapter))


def _adapter(adapter: Adapter) -> str:
    return f"+{harmless_line(file_name_of(adapter.path))}"


def _safe(name: str) -> str:
    """Return a name that no program takes for an option."""
    line = harmless_line(name)
    return f"./{line}" if line.startswith("-") else line


def _settings(settings: PackRunSettings) -> Iterator[str]:
    yield from ("--margin", _number(settings.margin * 100))
    yield from ("--seed", str(settings.seed))
    yield from ("--temperature", _number(settings.answers.sampling.temperature))
    yield from ("--repeats", str(settings.repeats))
    if settings.sample_count is not None:
        yield from ("--sample", str(settings.sample_count))
    if settings.mode is RunMode.FAST:
        yield from ("--fast", "--batch", str(settings.batch_size))
    if settings.order is not RunOrder.MODEL_BY_MODEL:
        yield from ("--order", settings.order.value)
    if settings.variant is Variant.NO_CONTEXT:
        yield "--no-context"
    if settings.way is AnswerWay.FORCED_CHOICE:
        yield "--forced-choice"


def _limits(settings: PackRunSettings) -> Iterator[str]:
    limits = settings.limits
    if limits.max_tokens is not None:
        yield from ("--max-tokens", str(limits.max_tokens))
    if limits.longest_s != RunLimits().longest_s:
        yield from ("--longest", _number(limits.longest_s))
    if settings.answers.thread_count is not None:
        yield from ("--threads", str(settings.answers.thread_count))


def _load(contenders: tuple[Contender, ...]) -> Iterator[str]:
    """Yield how models were loaded; the command has one setting for all of them."""
    load, usual = contenders[0].load if contenders else LoadSettings(), LoadSettings()
    if load.context_tokens != usual.context_tokens:
        yield from ("--n-ctx", str(load.context_tokens))
    if load.gpu_layers != usual.gpu_layers:
        yield from ("--gpu-layers", str(load.gpu_layers))


def _number(value: float) -> str:
    return f"{round(value, 6):g}"
