"""`large-enough compare`: asks several models the same and shows answers and figures."""

import argparse
import contextlib
import signal
import types
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.text import Text

from large_enough.cli import compare_arguments, exit_codes
from large_enough.cli.compare_arguments import CompareRequest, read_request
from large_enough.cli.live_view import LiveView
from large_enough.cli.output import print_json, remarks, results, say_error
from large_enough.cli.round_view import show_round
from large_enough.cli.thorough_view import show_thorough, thorough_view
from large_enough.comparison.events import Listener, RoundEvent, RoundFinished
from large_enough.comparison.plans import new_id, new_round
from large_enough.comparison.thorough_json import thorough_as_dict
from large_enough.comparison.workbench import Workbench
from large_enough.domain.costing import Costing
from large_enough.domain.errors import ErrorInfo, FailureKind, RequestError
from large_enough.domain.model_card import ModelCard
from large_enough.domain.prompt import Prompt
from large_enough.domain.round import Done, RoundPlan, RoundRecord
from large_enough.domain.thorough import ThoroughEnd, ThoroughPlan, ThoroughSettings
from large_enough.report.round_json import round_as_dict
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _

JSON_SCHEMA_VERSION = 1
"""Of the object that `--json` prints."""
FEWEST_CONTENDERS = 2


class _Silent:
    """A listener for `--json` when nobody watches."""

    def on_event(self, event: RoundEvent) -> None:
        """Ignore it."""


class _LogWitness:
    """Passes events on, and remembers why a round could not be recorded."""

    def __init__(self, view: Listener) -> None:
        self.log_problem = ""
        self._view = view

    def on_event(self, event: RoundEvent) -> None:
        """Take note of the round's log, then pass the event on."""
        if isinstance(event, RoundFinished):
            self.log_problem = event.log_problem
        self._view.on_event(event)


class _Interruption:
    """Turns Ctrl-C into a clean stop: the first one stops the round, the second one leaves."""

    def __init__(self, workbench: Workbench) -> None:
        self.has_come = False
        self._workbench = workbench

    def __call__(self, number: int, frame: types.FrameType | None) -> None:
        del number, frame
        if self.has_come:
            raise KeyboardInterrupt
        self.has_come = True
        self._workbench.stop()


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options."""
    compare_arguments.add_parser(commands).set_defaults(run=run)


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Run the command.

    Returns:
        0; 1 if a contender failed; 2 if the arguments make no sense; 130 after Ctrl-C.
    """
    try:
        request = read_request(arguments)
    except RequestError as error:
        say_error(error.info)
        return exit_codes.USAGE
    workbench = Workbench.for_user(environ, arguments.models_dir)
    workbench.is_estimate_wanted |= request.estimates_energy
    workbench.costing = request.costing.over(workbench.costing)
    try:
        with _interruptible(workbench) as interruption:
            return _compare(workbench, request, interruption)
    finally:
        workbench.close()


@contextlib.contextmanager
def _interruptible(workbench: Workbench) -> Iterator[_Interruption]:
    interruption = _Interruption(workbench)
    before = signal.signal(signal.SIGINT, interruption)
    try:
        yield interruption
    finally:
        signal.signal(signal.SIGINT, before)


def _compare(workbench: Workbench, request: CompareRequest, interruption: _Interruption) -> int:
    try:
        cards = _choose(workbench, request.models)
    except RequestError as error:
        say_error(error.info)
        has_none = error.info.kind is FailureKind.NO_MODELS
        return exit_codes.FAILED if has_none else exit_codes.USAGE
    if request.estimates_energy and (obstacle := workbench.why_no_estimate()):
        remarks().print(
            Text(
                _("Energy cannot be estimated here: {reason}.").format(reason=reason_text(obstacle))
            )
        )
    if request.thorough is not None:
        return _measure_thoroughly(workbench, request, request.thorough, cards)
    records: list[RoundRecord] = []
    for record in _rounds(workbench, request, cards):
        records.append(record)
        if not request.as_json:
            show_round(results(), record, workbench.costing)
        if interruption.has_come:
            break
    if request.as_json:
        _print_json(records, workbench.costing)
    if interruption.has_come:
        remarks().print(_("Stopped. What was finished is recorded."))
        return exit_codes.INTERRUPTED
    all_done = all(isinstance(result, Done) for record in records for result in record.results)
    return exit_codes.DONE if all_done else exit_codes.FAILED


def _choose(workbench: Workbench, names: Sequence[str]) -> tuple[ModelCard, ...]:
    """Return the models named, or else the two best suited of those that are here.

    Raises:
        RequestError: A name fits none or several, or there are fewer than two models.
    """
    paths_only = bool(names) and all(Path(name).is_file() for name in names)
    found = () if paths_only else workbench.scan().cards
    if names:
        return tuple(workbench.resolve(name, found) for name in names)
    pair = workbench.suggested_pair(found)
    if len(pair) < FEWEST_CONTENDERS:
        ids = " ".join(entry.id for entry in workbench.starter_pair())
        raise RequestError(
            FailureKind.NO_MODELS, str(workbench.models_folder), found=len(pair), ids=ids
        )
    return pair


def _rounds(
    workbench: Workbench, request: CompareRequest, cards: tuple[ModelCard, ...]
) -> Iterator[RoundRecord]:
    session_id = new_id()
    for prompt in request.prompts:
        plan = _plan(request, cards, prompt, session_id)
        with _view(request) as view:
            witness = _LogWitness(view)
            record = workbench.run_round(plan, witness)
        if witness.log_problem:
            _say_not_recorded(workbench.rounds_folder, witness.log_problem)
        yield record


def _say_not_recorded(folder: Path, problem: str) -> None:
    say_error(ErrorInfo(kind=FailureKind.LOG_NOT_WRITTEN, subject=str(folder), detail=problem))


def _plan(
    request: CompareRequest, cards: tuple[ModelCard, ...], prompt: Prompt, session_id: str
) -> RoundPlan:
    return new_round(
        cards,
        prompt.text,
        system=prompt.system or request.system,
        mode=request.mode,
        settings=request.settings,
        load=request.load,
        session_id=session_id,
    )


@contextlib.contextmanager
def _view(request: CompareRequest) -> Iterator[Listener]:
    """Show what goes on while it does, where somebody can see it."""
    console = remarks() if request.as_json else results()
    if not console.is_terminal:
        yield _Silent()
        return
    with LiveView(console) as view:
        yield view


def _measure_thoroughly(
    workbench: Workbench,
    request: CompareRequest,
    settings: ThoroughSettings,
    cards: tuple[ModelCard, ...],
) -> int:
    template = _plan(request, cards, request.prompts[0], new_id())
    plan = ThoroughPlan(template=template, prompts=request.prompts, settings=settings)
    with thorough_view(remarks() if request.as_json else results()) as view:
        record = workbench.measure_thoroughly(plan, view)
    if request.as_json:
        _print_json(record.rounds, workbench.costing, thorough=thorough_as_dict(record))
    else:
        show_thorough(results(), record, workbench.costing)
    if record.log_problem:
        _say_not_recorded(workbench.thorough_folder, record.log_problem)
    if record.error is not None:
        say_error(record.error)
    return {
        ThoroughEnd.STOPPED: exit_codes.INTERRUPTED,
        ThoroughEnd.FAILED: exit_codes.FAILED,
    }.get(record.end, exit_codes.DONE)


def _print_json(
    records: Sequence[RoundRecord], costing: Costing, **additions: dict[str, Any]
) -> None:
    document = {
        "schema_version": JSON_SCHEMA_VERSION,
        "rounds": [round_as_dict(record, costing) for record in records],
        **additions,
    }
    print_json(document)
