"""`large-enough report`: says what a run comes to, and writes reports of it."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from large_enough.cli import exit_codes
from large_enough.cli.costing_arguments import add_costing, check_costing, costing_of_arguments
from large_enough.cli.output import print_json, print_text, results, say, say_error
from large_enough.comparison.costing_settings import costing_of
from large_enough.comparison.pack_runs import find_run, read_pack_run
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.resources.new_file import NewFile
from large_enough.resources.paths import user_folders
from large_enough.resources.settings import load_settings
from large_enough.store.pack_run_log import RUNS_FOLDER
from large_enough.wording.translate import LANGUAGE_NAMES, _, use_language


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "report",
        help=_("say what a run comes to, and write a report of it"),
        description=_(
            "Says whether the small model was large enough, how sure that is, and at what cost; "
            "writes reports to hand on, which need nothing else and lead nowhere. No model is "
            "loaded."
        ),
    )
    parser.add_argument(
        "name", metavar=_("RUN"), help=_("id of a run, its beginning, a file, or “last”")
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar=_("FILE"),
        help=_("write the report there: .html, .md, .csv or .json"),
    )
    parser.add_argument("--force", action="store_true", help=_("replace a file that is there"))
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--card", action="store_true", help=_("some lines of Markdown, as for a model card")
    )
    form.add_argument("--json", action="store_true", help=_("print all that is known as JSON"))
    parser.add_argument(
        "--lang",
        choices=sorted(LANGUAGE_NAMES),
        help=_("language of the report (default: the system's)"),
    )
    add_costing(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Say what a run comes to, or write it down.

    Returns:
        0; 1 if the record cannot be read; 2 if there is no such run, or the file cannot be written.
    """
    if arguments.lang:
        use_language((arguments.lang,))
    try:
        check_costing(arguments)
        return _report(arguments, environ)
    except RequestError as error:
        say_error(error.info)
        return exit_codes.USAGE


def _report(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    # Here, because other commands must not wait for numpy.
    from large_enough.cli.report_output import RunReport
    from large_enough.cli.report_view import show_verdict
    from large_enough.comparison.claims import claims_view
    from large_enough.comparison.verdict import verdict

    folders = user_folders(environ)
    costing = costing_of_arguments(arguments).over(costing_of(load_settings(folders.config)[0]))
    record = read_pack_run(find_run(folders.data / RUNS_FOLDER, arguments.name))
    found = verdict(record, costing)
    report = RunReport(verdict=found, record=record, costing=costing, claims=claims_view(found))
    output: Path | None = arguments.output
    if output is not None:
        content = report.content(output.name, is_card=arguments.card, is_json=arguments.json)
        _write(output.expanduser(), content, may_replace=arguments.force)
    elif arguments.card:
        print_text(report.card())
    elif arguments.json:
        print_json(report.document())
    else:
        show_verdict(results(), report.verdict)
        say(
            results(),
            _("The whole report: large-enough report {run} -o report.html"),
            run=record.plan.run_id,
        )
    return exit_codes.DONE


def _write(path: Path, content: bytes, *, may_replace: bool) -> None:
    """Write a report, and say so.

    Raises:
        RequestError: BAD_SETTING: it is there already, or cannot be written.
    """
    try:
        with NewFile(path, may_replace=may_replace) as file:
            file.finish(content)
    except FileExistsError as error:
        raise RequestError(
            FailureKind.BAD_SETTING,
            str(path),
            problem=_("there is such a file already"),
            allowed=_("another name, or add --force"),
        ) from error
    except OSError as error:
        raise RequestError(
            FailureKind.BAD_SETTING,
            str(path),
            problem=_("it cannot be written ({reason})").format(reason=error.strerror or error),
            allowed=_("a file in a folder that you may write to"),
        ) from error
    say(results(), _("Written: {path}"), path=path)
