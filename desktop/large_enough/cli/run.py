"""`large-enough run`: asks models a pack of questions and grades every answer."""

import argparse
import contextlib
import signal
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from large_enough.cli import exit_codes, run_arguments
from large_enough.cli.output import print_json, remarks, results, say, say_error
from large_enough.cli.packs_named import named_pack
from large_enough.cli.run_arguments import RunRequest, read_request, settings_for
from large_enough.cli.run_output import run_document, write_results
from large_enough.cli.run_resume import resumed_plan
from large_enough.cli.run_tables import show_preflight, show_run
from large_enough.cli.run_view import run_view
from large_enough.comparison.pack_judge import JudgeSettings, check_judge
from large_enough.comparison.pack_preflight import PreflightVerdict
from large_enough.comparison.pack_run_events import RunEnded, RunEvent, RunListener
from large_enough.comparison.pack_run_plan import plan_run, usual_settings
from large_enough.comparison.pack_runs import find_run, read_pack_run
from large_enough.comparison.workbench import Workbench
from large_enough.domain.clock import SystemClock
from large_enough.domain.errors import ErrorInfo, FailureKind, LargeEnoughError, RequestError
from large_enough.domain.pack_run import PackRunEnd, PackRunPlan, PackRunRecord
from large_enough.domain.round import Contender
from large_enough.packs.shelf import Shelf
from large_enough.wording.translate import _

JUDGE_LETTER = "J"


class _Witness:
    """Passes events on, and remembers how the run ended."""

    def __init__(self, view: RunListener) -> None:
        self.problem: ErrorInfo | None = None
        self._view = view

    def on_run_event(self, event: RunEvent) -> None:
        """Take note of the end, then pass the event on."""
        if isinstance(event, RunEnded):
            self.problem = event.log_problem
        self._view.on_run_event(event)


class _Interruption:
    """Turns Ctrl-C into a pause: the first one stops the run, the second one leaves."""

    def __init__(self, stop: Callable[[], None]) -> None:
        self.has_come = False
        self._stop = stop

    def __call__(self, number: int, frame: types.FrameType | None) -> None:
        del number, frame
        if self.has_come:
            raise KeyboardInterrupt
        self.has_come = True
        self._stop()

    def is_wanted(self) -> bool:
        """Return whether Ctrl-C has come."""
        return self.has_come


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options."""
    run_arguments.add_parser(commands).set_defaults(run=run)


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Run the command.

    Returns:
        0; 1 if a contender could not go on, or nothing could be recorded; 2 if the arguments make
        no sense; 130 after Ctrl-C.
    """
    workbench = Workbench.for_user(environ, arguments.models_dir)
    try:
        with interruptible_run(workbench.stop) as interruption:
            request = read_request(arguments)
            plan = _plan(workbench, request, arguments)
            return _run(workbench, request, plan, interruption)
    except RequestError as error:
        say_error(error.info)
        return exit_codes.USAGE
    finally:
        workbench.close()


@contextlib.contextmanager
def interruptible_run(stop: Callable[[], None]) -> Iterator[_Interruption]:
    """Take Ctrl-C over for as long as the context lasts."""
    interruption = _Interruption(stop)
    before = signal.signal(signal.SIGINT, interruption)
    try:
        yield interruption
    finally:
        signal.signal(signal.SIGINT, before)


def named_contenders(
    workbench: Workbench, names: Sequence[str], request: RunRequest
) -> list[Contender]:
    """Return the models that a person names, without letters of their own yet.

    Raises:
        RequestError: A name fits none or several.
    """
    paths_only = all(Path(name).is_file() for name in names)
    found = () if paths_only else workbench.scan().cards
    cards = [workbench.resolve(name, found) for name in names]
    return [Contender(letter="A", card=card, load=request.load) for card in cards]


def _plan(workbench: Workbench, request: RunRequest, arguments: argparse.Namespace) -> PackRunPlan:
    contenders = named_contenders(workbench, request.models, request) if request.models else []
    if request.resume:
        record = read_pack_run(find_run(workbench.runs.folder, request.resume))
        utc = SystemClock().utc_now().isoformat(timespec="milliseconds")
        return resumed_plan(record, contenders, arguments, utc)
    pack = named_pack(Shelf.for_user(workbench.folders.data), request.pack).pack
    return plan_run(pack, contenders, settings_for(usual_settings(pack), arguments))


def _run(
    workbench: Workbench, request: RunRequest, plan: PackRunPlan, interruption: _Interruption
) -> int:
    judge = _judge_for(workbench, request, plan)
    is_checked = request.asks_nothing or request.resume or _is_clear(workbench, request, plan)
    if interruption.is_wanted():
        return exit_codes.INTERRUPTED
    if not is_checked:
        return exit_codes.FAILED
    console = remarks() if request.as_json else results()
    with run_view(console) as view:
        witness = _Witness(view)
        record = workbench.runs.run_pack(plan, witness)
    if witness.problem is not None:
        say_error(witness.problem)
    if judge is not None and record.end is PackRunEnd.COMPLETE:
        record = _judge(workbench, judge, record)
    _show(request, record)
    if record.end is not PackRunEnd.COMPLETE:
        say(
            remarks(),
            _("Paused after {done} of {total} answers. Go on: large-enough run --resume {run}"),
            done=str(len(record.cells)),
            total=str(record.plan.cell_count),
            run=record.plan.run_id,
        )
    if interruption.is_wanted():
        return exit_codes.INTERRUPTED
    is_good = record.end is PackRunEnd.COMPLETE and witness.problem is None
    return exit_codes.DONE if is_good else exit_codes.FAILED


def _is_clear(workbench: Workbench, request: RunRequest, plan: PackRunPlan) -> bool:
    """Look for obstacles first; with one that cannot be overcome, nothing is begun."""
    console = remarks() if request.as_json else results()
    lines = workbench.runs.preflight(plan, lambda line: show_preflight(console, plan, line))
    is_clear = all(line.verdict is not PreflightVerdict.BAD for line in lines)
    if not is_clear:
        say(remarks(), _("The run was not begun. With --yes it begins all the same."))
    return is_clear


def _judge_for(workbench: Workbench, request: RunRequest, plan: PackRunPlan) -> Contender | None:
    """Return who judges, looked at before anything is run; None if nobody is to.

    Raises:
        RequestError: It is no model, or may not judge these.
    """
    if not request.judge:
        return None
    (judge,) = named_contenders(workbench, [request.judge], request)
    check_judge(judge.card, plan.contenders)
    return judge


def _judge(workbench: Workbench, judge: Contender, record: PackRunRecord) -> PackRunRecord:
    path = find_run(workbench.runs.folder, record.plan.run_id)
    try:
        return workbench.runs.judge_run(path, judge_settings(judge), lambda _done, _all: None)
    except LargeEnoughError as error:
        say_error(error.info)
        return record


def judge_settings(judge: Contender) -> JudgeSettings:
    """Return how a model judges."""
    contender = Contender(letter=JUDGE_LETTER, card=judge.card, load=judge.load)
    return JudgeSettings(judge=contender)


def _show(request: RunRequest, record: PackRunRecord) -> None:
    if request.as_json:
        print_json(run_document(record))
    else:
        show_run(results(), record)
    for letter, error in record.problems.items():
        say(remarks(), "{letter}:", letter=letter)
        say_error(error)
    if request.output is not None:
        _write(request.output, record)


def _write(path: Path, record: PackRunRecord) -> None:
    try:
        write_results(path, record)
    except OSError as error:
        raise RequestError(
            FailureKind.BAD_SETTING, "--output", problem=error.strerror or str(error)
        ) from error
