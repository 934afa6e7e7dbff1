"""Plans how a run goes on: as it was begun, with more contenders, or with higher limits."""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence

from large_enough.cli.compare_arguments import refuse
from large_enough.cli.run_arguments import load_for, settings_for
from large_enough.comparison.pack_run_limits import with_raised_limits
from large_enough.comparison.pack_run_plan import with_contenders
from large_enough.domain.generation import LoadSettings
from large_enough.domain.pack_run import PackRunPlan, PackRunRecord, PackRunSettings
from large_enough.domain.round import Contender
from large_enough.wording.translate import _

_SETTINGS: Mapping[str, Callable[[PackRunSettings], object]] = {
    "--fast": lambda settings: settings.mode,
    "--batch": lambda settings: settings.batch_size,
    "--forced-choice": lambda settings: settings.way,
    "--no-context": lambda settings: settings.variant,
    "--repeats": lambda settings: settings.repeats,
    "--sample": lambda settings: settings.sample_count,
    "--seed": lambda settings: settings.seed,
    "--temperature": lambda settings: settings.answers.sampling.temperature,
    "--margin": lambda settings: settings.margin,
    "--order": lambda settings: settings.order,
    "--max-tokens": lambda settings: settings.limits.max_tokens,
    "--longest": lambda settings: settings.limits.longest_s,
    "--threads": lambda settings: settings.answers.thread_count,
}
"""What each option says about how all contenders are asked."""
_LOADING: Mapping[str, Callable[[LoadSettings], object]] = {
    "--n-ctx": lambda load: load.context_tokens,
    "--gpu-layers": lambda load: load.gpu_layers,
}
"""What each option says about how a contender is loaded."""

_RAISED = frozenset({"--max-tokens", "--longest"})
"""Beside `--raise-limits` these say something new."""


def resumed_plan(
    record: PackRunRecord, joining: Sequence[Contender], arguments: argparse.Namespace, utc: str
) -> PackRunPlan:
    """Return the plan of a run that is to go on.

    Args:
        record: The run.
        joining: Who joins it.
        arguments: What was given.
        utc: The time of day.

    Raises:
        RequestError: Options contradict the record; limits cannot be raised; too many contenders.
    """
    check_agreement(record.plan, arguments)
    if arguments.raise_limits:
        return with_raised_limits(
            record, max_tokens=arguments.max_tokens, longest_s=arguments.longest, utc=utc
        )
    return with_contenders(record.plan_as_asked, joining)


def check_agreement(plan: PackRunPlan, arguments: argparse.Namespace) -> None:
    """Refuse options that say something else than the run's record: it cannot follow them.

    Args:
        plan: As it is on record.
        arguments: What was given; for who joins, these say how it is loaded.

    Raises:
        RequestError: BAD_SETTING, with all such options.
    """
    raised = _RAISED if arguments.raise_limits else frozenset()
    names = [name for name in _differing(plan.settings, arguments) if name not in raised]
    if not arguments.model:
        names.extend(_differently_loaded(plan, arguments))
    if names:
        refuse(
            ", ".join(names),
            _(
                "the run was begun with another setting, and all its answers are to be got alike; "
                "leave this out, or begin a new run"
            ),
        )


def _differing(recorded: PackRunSettings, arguments: argparse.Namespace) -> Iterator[str]:
    wanted = settings_for(recorded, arguments)
    return (name for name, look in _SETTINGS.items() if look(wanted) != look(recorded))


def _differently_loaded(plan: PackRunPlan, arguments: argparse.Namespace) -> Iterator[str]:
    loads = [contender.load for contender in plan.contenders]
    wanted = [(load_for(load, arguments), load) for load in loads]
    for name, look in _LOADING.items():
        if any(look(new) != look(load) for new, load in wanted):
            yield name
