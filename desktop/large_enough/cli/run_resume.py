"""Compares the options beside `run --resume` with the settings that the run was begun with."""

import argparse
from collections.abc import Callable, Iterator, Mapping

from large_enough.cli.compare_arguments import refuse
from large_enough.cli.run_arguments import load_for, settings_for
from large_enough.domain.generation import LoadSettings
from large_enough.domain.pack_run import PackRunPlan, PackRunSettings
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


def check_agreement(plan: PackRunPlan, arguments: argparse.Namespace) -> None:
    """Refuse options that say something else than the run's record: it cannot follow them.

    Args:
        plan: As it is on record.
        arguments: What was given; for who joins, these say how it is loaded.

    Raises:
        RequestError: BAD_SETTING, with all such options.
    """
    names = [*_differing(plan.settings, arguments)]
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
