"""`large-enough regrade` and `large-enough judge`: other verdicts on a run that is on record."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from large_enough.cli import exit_codes
from large_enough.cli.compare_arguments import refuse
from large_enough.cli.output import print_json, remarks, results, say, say_error
from large_enough.cli.packs_named import named_pack
from large_enough.cli.run import interruptible_run, judge_settings
from large_enough.cli.run_output import run_document
from large_enough.cli.run_tables import show_run
from large_enough.comparison.pack_run_keys import key_with_answer
from large_enough.comparison.pack_runs import find_run, read_pack_run, regrade, with_keys
from large_enough.comparison.workbench import Workbench
from large_enough.domain.clock import SystemClock
from large_enough.domain.errors import FailureKind, LargeEnoughError, RequestError
from large_enough.domain.pack import Key, Pack
from large_enough.domain.pack_run import PackRunRecord
from large_enough.domain.round import Contender
from large_enough.packs.shelf import Shelf
from large_enough.resources.paths import user_folders
from large_enough.store.pack_run_log import RUNS_FOLDER
from large_enough.wording.translate import _


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both commands and their options."""
    parser = commands.add_parser(
        "regrade",
        help=_("grade a run again, without asking any model"),
        description=_(
            "Grades all answers of a run again: with the graders of this version, and with keys "
            "that were corrected. No model is loaded."
        ),
    )
    _add_run(parser)
    parser.add_argument("--pack", default="", metavar=_("PACK"), help=_("take the keys from here"))
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar=_("ITEM=ANSWER"),
        help=_("the right answer to this question; may be repeated; several forms with | between"),
    )
    parser.add_argument("--why", default="", metavar=_("TEXT"), help=_("kept in the record"))
    parser.add_argument("--json", action="store_true", help=_("print all that is known as JSON"))
    parser.set_defaults(run=run)
    judge = commands.add_parser(
        "judge",
        help=_("let a third model compare answers that no rule can judge"),
        description=_(
            "Shows each pair of answers to a third model, in both orders; only a verdict that "
            "holds in both counts. Its word is kept beside the grades and changes none of them."
        ),
    )
    _add_run(judge)
    judge.add_argument("-m", "--model", required=True, metavar=_("MODEL"), help=_("the judge"))
    judge.add_argument(
        "--models-dir", type=Path, metavar=_("FOLDER"), help=_("look for models here")
    )
    judge.add_argument("--json", action="store_true", help=_("print all that is known as JSON"))
    judge.set_defaults(run=run_judge)


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Grade again.

    Returns:
        0; 1 if the record or the pack cannot be used; 2 if the arguments make no sense.
    """
    data = user_folders(environ).data
    try:
        path = find_run(data / RUNS_FOLDER, arguments.name)
        before = read_pack_run(path)
        pack = _pack(before.plan.pack, arguments, Shelf.for_user(data))
    except RequestError as error:
        say_error(error.info)
        return exit_codes.USAGE
    utc = SystemClock().utc_now().isoformat(timespec="milliseconds")
    record = regrade(path, pack, utc=lambda: utc, why=arguments.why)
    _show(record, as_json=arguments.json)
    _say_changes(before, record)
    return exit_codes.DONE


def run_judge(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Let a model judge.

    Returns:
        0; 1 if the judge cannot be loaded; 2 if the arguments make no sense; 130 after Ctrl-C.
    """
    workbench = Workbench.for_user(environ, arguments.models_dir)
    try:
        with interruptible_run(workbench.stop) as interruption:
            path = find_run(workbench.runs.folder, arguments.name)
            is_file = Path(arguments.model).is_file()
            found = () if is_file else workbench.scan().cards
            judge = Contender(letter="J", card=workbench.resolve(arguments.model, found))
            record = workbench.runs.judge_run(path, judge_settings(judge), _ignore)
            _show(record, as_json=arguments.json)
            return exit_codes.INTERRUPTED if interruption.has_come else exit_codes.DONE
    except LargeEnoughError as error:
        say_error(error.info)
        is_usage = isinstance(error, RequestError)
        return exit_codes.USAGE if is_usage else exit_codes.FAILED
    finally:
        workbench.close()


def _ignore(done_count: int, total_count: int) -> None:
    """Take no note of how far it is."""
    del done_count, total_count


def _add_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "name", metavar=_("RUN"), help=_("id of a run, its beginning, a file, or “last”")
    )


def _pack(asked: Pack, arguments: argparse.Namespace, shelf: Shelf) -> Pack | None:
    """Return the pack with the keys to use; None for those that the run has."""
    pack = named_pack(shelf, arguments.pack).pack if arguments.pack else None
    if not arguments.set:
        return pack
    base = pack or asked
    items = {item.id: item for item in base.items}
    keys: dict[str, Key] = {}
    for setting in arguments.set:
        item_id, is_given, text = setting.partition("=")
        if not is_given:
            refuse("--set", _("write ITEM=ANSWER"))
        if item_id not in items:
            raise RequestError(FailureKind.UNKNOWN_ITEM, item_id)
        keys[item_id] = key_with_answer(items[item_id], text)
    return with_keys(base, keys)


def _show(record: PackRunRecord, *, as_json: bool) -> None:
    if as_json:
        print_json(run_document(record))
    else:
        show_run(results(), record)


def _say_changes(before: PackRunRecord, after: PackRunRecord) -> None:
    grades = {cell.key: cell.grade.status for cell in before.cells}
    changed = sum(grades.get(cell.key) is not cell.grade.status for cell in after.cells)
    say(remarks(), _("{count} grades changed."), count=str(changed))
    kept = after.regradings[-1].kept_item_ids
    if kept:
        say(
            remarks(),
            _("These keep their grades, since the pack now asks something else: {ids}"),
            ids=", ".join(kept),
        )
