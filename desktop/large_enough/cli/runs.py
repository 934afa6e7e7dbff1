"""`large-enough runs`: lists the runs on record, shows one of them, judges an answer by hand."""

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from rich.text import Text

from large_enough.cli import exit_codes, runs_grade
from large_enough.cli.output import print_json, results, say_error
from large_enough.cli.run_output import results_as, run_document
from large_enough.cli.run_tables import show_run
from large_enough.comparison.pack_runs import (
    PackRunHead,
    find_run,
    list_pack_runs,
    read_pack_run,
)
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.pack_run import Cell, PackRunEnd, PackRunRecord
from large_enough.domain.text import harmless, harmless_line
from large_enough.resources.paths import user_folders
from large_enough.store.pack_run_log import RUNS_FOLDER
from large_enough.wording.failures import explain
from large_enough.wording.grade_words import status_word, step_sentences
from large_enough.wording.pack_words import key_text
from large_enough.wording.translate import _

JSON_SCHEMA_VERSION = 1
"""Of the object that `list --json` prints."""


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command, its actions and their options."""
    parser = commands.add_parser(
        "runs", help=_("list runs, show one with every answer, judge one by hand")
    )
    actions = parser.add_subparsers(title=_("actions"), required=True, metavar=_("ACTION"))
    listing = actions.add_parser("list", help=_("list all runs, the newest first"))
    listing.add_argument("--json", action="store_true", help=_("print all that is known as JSON"))
    listing.set_defaults(run=run_list)
    show = actions.add_parser("show", help=_("show a run, or one question of it"))
    show.add_argument(
        "name", metavar=_("RUN"), help=_("id of a run, its beginning, a file, or “last”")
    )
    show.add_argument("--item", default="", metavar="ID", help=_("one question: why each grade"))
    form = show.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=_("print all that is known as JSON"))
    form.add_argument("--csv", action="store_true", help=_("print a line for each answer"))
    show.set_defaults(run=run_show)
    runs_grade.add_parser(actions)


def run_list(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """List all runs; returns 0."""
    heads = list_pack_runs(_folder(environ))
    if arguments.json:
        document = {"schema_version": JSON_SCHEMA_VERSION, "runs": msgspec.to_builtins(heads)}
        print_json(document)
        return exit_codes.DONE
    for head in heads:
        results().print(Text(harmless_line(_head_line(head))), soft_wrap=True)
    if not heads:
        results().print(_("There is no run yet."))
    return exit_codes.DONE


def run_show(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Show a run.

    Returns:
        0; 2 if there is no such run or question.
    """
    try:
        record = read_pack_run(find_run(_folder(environ), arguments.name))
        cells = _cells(record, arguments.item)
    except RequestError as error:
        say_error(error.info)
        return exit_codes.USAGE
    if arguments.item:
        record = msgspec.structs.replace(record, cells=cells)
    if arguments.json:
        print_json(run_document(record))
    elif arguments.csv:
        sys.stdout.flush()
        sys.stdout.buffer.write(results_as(".csv", record))
        sys.stdout.buffer.flush()
    elif arguments.item:
        _show_item(record, arguments.item)
    else:
        show_run(results(), record)
    return exit_codes.DONE


def _folder(environ: Mapping[str, str]) -> Path:
    return user_folders(environ).data / RUNS_FOLDER


def _head_line(head: PackRunHead) -> str:
    if head.plan is None:
        reason = "" if head.error is None else explain(head.error).happened
        return f"{Path(head.path).name}  {reason}"
    names = ", ".join(contender.card.name for contender in head.plan.contenders)
    states = {
        PackRunEnd.COMPLETE: _("complete"),
        PackRunEnd.STOPPED: _("paused"),
        PackRunEnd.CUT: _("interrupted"),
    }
    state = _("running") if head.is_in_use else states[head.end]
    count = _("{done} of {total}").format(done=head.done_count, total=head.total_count)
    when = head.started_utc[:16].replace("T", " ")
    return f"{head.plan.run_id}  {when}  {head.plan.pack.title}  {names}  {count}  {state}"


def _cells(record: PackRunRecord, item_id: str) -> tuple[Cell, ...]:
    cells = tuple(cell for cell in record.cells if cell.key.item_id == item_id)
    if item_id and not cells and not _replaced(record, item_id):
        raise RequestError(FailureKind.UNKNOWN_ITEM, item_id)
    return cells


def _show_item(record: PackRunRecord, item_id: str) -> None:
    item = record.plan.pack.item(item_id)
    console = results()
    replaced = _replaced(record, item_id)
    console.print(Text(harmless((*record.cells, *replaced)[0].prompt), style="bold"))
    console.print(Text(_("Key: {key}").format(key=harmless_line(key_text(item.key)))))
    if item.explain:
        console.print(Text(harmless(item.explain), style="dim"))
    for cell in record.cells:
        console.print()
        for line in _cell_lines(record, cell):
            console.print(line)
    for cell in replaced:
        console.print()
        console.print(Text(_("Before it was asked again with higher limits:"), style="dim"))
        for line in _cell_lines(record, cell):
            console.print(line)


def _replaced(record: PackRunRecord, item_id: str) -> list[Cell]:
    return [cell for cell in record.replaced if cell.key.item_id == item_id]


def _cell_lines(record: PackRunRecord, cell: Cell) -> Iterator[Text]:
    name = harmless_line(record.plan.contender(cell.key.letter).card.name)
    status = status_word(cell.grade.status)
    yield Text(f"{cell.key.letter}  {name}: {status}  ({cell.grade.grader})", style="bold")
    if cell.hand_grade is not None:
        hand = cell.hand_grade
        words = _("by hand: {status} ({who}: {why})").format(
            status=status_word(hand.status), who=hand.who, why=hand.why
        )
        yield Text(harmless_line(words), style="bold")
    yield Text(harmless(cell.text))
    if cell.error is not None:
        yield Text(harmless(explain(cell.error).happened), style="red")
    for sentence in step_sentences(cell.grade):
        yield Text(f"  {harmless_line(sentence)}", style="dim")
