"""`large-enough doctor`: tells what can be measured on this machine, and records instruments."""

import argparse
from collections.abc import Mapping
from pathlib import Path

import msgspec
from rich.text import Text

from large_enough.cli import exit_codes
from large_enough.cli.calibrate import calibrate
from large_enough.cli.doctor_view import show_report
from large_enough.cli.output import print_json, remarks, results, say_error
from large_enough.comparison.doctor import Patient, examine, examine_recorded, this_machine
from large_enough.comparison.workbench import Workbench
from large_enough.domain.doctor import DoctorReport
from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.text import harmless_line
from large_enough.measure.power.trace_file import encode_trace
from large_enough.resources.new_file import NewFile
from large_enough.store.calibration_file import load_calibration
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _

DEFAULT_RECORDING_S = 10.0
LONGEST_RECORDING_S = 600.0


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "doctor",
        help=_("tell what can be measured here, and what would unlock more"),
        description=_(
            "Looks at the instruments, the engine, the models and the disk of this machine. It "
            "changes nothing, wakes nothing and asks for no rights; what an administrator could "
            "unlock is shown as a command to copy."
        ),
    )
    parser.add_argument("--json", action="store_true", help=_("print all that is known as JSON"))
    parser.add_argument(
        "--models-dir", type=Path, metavar=_("FOLDER"), help=_("use this models folder")
    )
    _add_recording(parser)
    parser.add_argument(
        "--calibrate",
        action="store_true",
        help=_(
            "on a laptop that runs on its battery: learn in about three minutes what a busy core "
            "draws, for the estimate of energy"
        ),
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Run the command.

    Returns:
        0 whatever was found; 1 if a recording or a calibration could not be made; 2 if the file
        exists already.
    """
    if arguments.seconds is not None and arguments.record is None:
        problem = _("it belongs to --record")
        say_error(
            ErrorInfo(kind=FailureKind.BAD_SETTING, subject="--seconds", facts={"problem": problem})
        )
        return exit_codes.USAGE
    workbench = Workbench.for_user(environ, arguments.models_dir)
    if arguments.calibrate:
        return calibrate(workbench)
    patient = this_machine(
        environ,
        workbench.models_folder,
        workbench.rounds_folder,
        workbench.entries,
        is_estimate_wanted=workbench.is_estimate_wanted,
        calibration=load_calibration(workbench.folders.config),
    )
    workbench.close()
    if arguments.record is not None:
        return _record(arguments, patient, environ)
    _show(examine(patient), as_json=arguments.json)
    return exit_codes.DONE


def _add_recording(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--record",
        type=Path,
        metavar=_("FILE"),
        help=_(
            "also write down what the instruments answer, without names, serial numbers and "
            "unique ids: such a file lets the instruments of this machine be tested elsewhere"
        ),
    )
    parser.add_argument(
        "--seconds",
        type=_seconds,
        metavar="N",
        help=_("how long to record (default: {seconds:g})").format(seconds=DEFAULT_RECORDING_S),
    )
    parser.add_argument(
        "--force", action="store_true", help=_("let the recording replace a file that exists")
    )


def _seconds(text: str) -> float:
    """Read the length of a recording; raises ValueError for anything else than a number."""
    seconds = float(text)
    if not 0 < seconds <= LONGEST_RECORDING_S:
        message = _("choose a number of seconds up to {most}").format(most=int(LONGEST_RECORDING_S))
        raise argparse.ArgumentTypeError(message)
    return seconds


def _show(report: DoctorReport, *, as_json: bool) -> None:
    if as_json:
        print_json(msgspec.to_builtins(report))
    else:
        show_report(results(), report)


def _record(arguments: argparse.Namespace, patient: Patient, environ: Mapping[str, str]) -> int:
    path: Path = arguments.record
    try:
        file = NewFile(path, may_replace=arguments.force)
    except OSError as error:
        return _refuse(path, error)
    with file:
        seconds = arguments.seconds or DEFAULT_RECORDING_S
        report, trace = examine_recorded(patient, environ, seconds)
        try:
            file.finish(encode_trace(trace))
        except OSError as error:
            return _refuse(path, error)
    _show(report, as_json=arguments.json)
    _say_recorded(path, len(trace.calls))
    return exit_codes.DONE


def _say_recorded(path: Path, call_count: int) -> None:
    text = _(
        "Recorded {count} answers in {file}. The names of machine and user, serial numbers and "
        "unique ids have been taken out; look through it before you pass it on."
    ).format(count=count_text(call_count), file=harmless_line(str(path)))
    remarks().print(Text(text), soft_wrap=True)


def _refuse(path: Path, error: OSError) -> int:
    is_taken = isinstance(error, FileExistsError)
    facts: dict[str, str | int | float] = {
        "problem": _("there is such a file already") if is_taken else _reason(error),
        "allowed": _("another name, or add --force")
        if is_taken
        else _("a file in a folder that you may write to"),
    }
    say_error(ErrorInfo(kind=FailureKind.BAD_SETTING, subject=str(path), facts=facts))
    return exit_codes.USAGE if is_taken else exit_codes.FAILED


def _reason(error: OSError) -> str:
    return _("it cannot be written ({reason})").format(reason=error.strerror or error)
