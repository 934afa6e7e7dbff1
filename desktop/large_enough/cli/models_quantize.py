"""Makes quantised copies of a model, telling what it does."""

import dataclasses
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Console

from large_enough.cli import exit_codes
from large_enough.cli.interruption import Interruption, interruptible
from large_enough.cli.output import print_json, remarks, results, say, say_error
from large_enough.cli.quantise_view import quantise_view
from large_enough.comparison.quantising_plan import QuantisingPlan
from large_enough.comparison.workbench import Workbench
from large_enough.domain.errors import ErrorInfo, LargeEnoughError, RequestError
from large_enough.domain.quantising import QuantisedFile
from large_enough.wording.numbers import bytes_text, decimal_text, seconds_text
from large_enough.wording.quantising_words import forecast_remarks
from large_enough.wording.translate import _

JSON_SCHEMA_VERSION = 1
"""Of the object that `--json` prints."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class QuantiseRequest:
    """What to make of which model."""

    model: str
    """As the user named it."""
    type_names: tuple[str, ...]
    may_replace: bool
    """Whether files that are there already may be replaced."""
    as_json: bool


@dataclasses.dataclass(slots=True)
class _Outcome:
    """What came of it so far."""

    made: list[QuantisedFile] = dataclasses.field(default_factory=list)
    failed: list[tuple[str, ErrorInfo]] = dataclasses.field(default_factory=list)
    """Types with what went wrong."""


def quantise_model(request: QuantiseRequest, workbench: Workbench) -> int:
    """Make the copies, one after the other.

    Returns:
        0 if all were made; 1 if one could not be; 2 if there is no such model or type; 130 after
        Ctrl-C.

    Raises:
        ModelFileError: The model's file cannot be read.
    """
    try:
        plans = _plans(request, workbench)
    except RequestError as error:
        say_error(error.info)
        return exit_codes.USAGE
    console = remarks() if request.as_json else results()
    _announce(console, plans)
    outcome = _Outcome()
    with interruptible() as interruption:
        for plan in plans:
            if not interruption.has_come:
                _make(plan, request, workbench, interruption, console, outcome)
    return _conclude(request, outcome, interruption)


def _plans(request: QuantiseRequest, workbench: Workbench) -> tuple[QuantisingPlan, ...]:
    """Settle what is to be made, each type once.

    Raises:
        RequestError: There is no such model or type.
    """
    found = () if Path(request.model).is_file() else workbench.scan().cards
    card = workbench.resolve(request.model, found)
    type_names = dict.fromkeys(name.upper() for name in request.type_names)
    return tuple(workbench.plan_quantising(card, name) for name in type_names)


def _announce(console: Console, plans: tuple[QuantisingPlan, ...]) -> None:
    """Say what will be made and what speaks against it, before anything is."""
    parent, folder = plans[0].parent, plans[0].target_path.parent
    say(
        console,
        _("Quantising {name} ({size}) into {folder}:"),
        name=parent.name,
        size=bytes_text(parent.size_bytes),
        folder=folder,
    )
    for plan in plans:
        say(
            console,
            _("  {file}, about {size}, {bits} bits a weight"),
            file=plan.target_path.name,
            size=bytes_text(plan.forecast.size_bytes),
            bits=decimal_text(plan.forecast.bits_per_weight, 1),
        )
    all_remarks = (remark for plan in plans for remark in forecast_remarks(parent, plan.forecast))
    for remark in dict.fromkeys(all_remarks):
        say(remarks(), "{remark}", remark=remark)


def _make(
    plan: QuantisingPlan,
    request: QuantiseRequest,
    workbench: Workbench,
    interruption: Interruption,
    console: Console,
    outcome: _Outcome,
) -> None:
    """Make one copy; one that fails does not keep the others from being made."""
    type_name = plan.forecast.type_name
    try:
        with quantise_view(remarks(), type_name) as on_progress:
            made = workbench.quantise(
                plan,
                on_progress,
                interruption.is_wanted,
                may_replace=request.may_replace,
            )
    except LargeEnoughError as error:
        outcome.failed.append((type_name, error.info))
        say_error(error.info)
        return
    if made is not None:
        outcome.made.append(made)
        _say_made(console, made)


def _say_made(console: Console, made: QuantisedFile) -> None:
    say(
        console,
        _("{type_name} is here: {path} ({size}, {duration})"),
        type_name=made.parentage.type_name,
        path=made.path,
        size=bytes_text(made.parentage.size_bytes),
        duration=seconds_text(made.duration_s),
    )
    if made.problem is not None:
        say_error(made.problem)


def _conclude(request: QuantiseRequest, outcome: _Outcome, interruption: Interruption) -> int:
    if request.as_json:
        print_json(_document(outcome, is_interrupted=interruption.has_come))
    if interruption.has_come:
        remarks().print(_("Stopped. Nothing unfinished is left behind."))
        return exit_codes.INTERRUPTED
    return exit_codes.FAILED if outcome.failed else exit_codes.DONE


def _document(outcome: _Outcome, *, is_interrupted: bool) -> dict[str, Any]:
    return {
        "schema_version": JSON_SCHEMA_VERSION,
        "made": msgspec.to_builtins(outcome.made),
        "failed": [
            {"type_name": type_name, "error": msgspec.to_builtins(error)}
            for type_name, error in outcome.failed
        ],
        "is_interrupted": is_interrupted,
    }
