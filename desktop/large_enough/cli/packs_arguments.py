"""Declares the options of the actions of `large-enough packs`."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from large_enough.cli.packs_build import buildable_names
from large_enough.packs.exporting import ExportForm
from large_enough.wording.translate import _

if TYPE_CHECKING:
    Actions = argparse._SubParsersAction[argparse.ArgumentParser]


def list_parser(actions: "Actions") -> argparse.ArgumentParser:
    """Add `list`: what is here."""
    parser = actions.add_parser(
        "list",
        help=_("show the packs that are here"),
        description=_("Shows the packs that come with the program, and your own."),
    )
    _add_json(parser)
    return parser


def show_parser(actions: "Actions") -> argparse.ArgumentParser:
    """Add `show`: one pack in words."""
    parser = actions.add_parser(
        "show",
        help=_("show one pack with its questions"),
        description=_("Shows what is known about one pack, and its questions with their keys."),
    )
    parser.add_argument("name", metavar="NAME", help=_name_help())
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--item", metavar="ITEM", help=_("one question whole, as models get it"))
    _add_json(forms)
    return parser


def check_parser(actions: "Actions") -> argparse.ArgumentParser:
    """Add `check`: every fault."""
    parser = actions.add_parser(
        "check",
        help=_("look for faults in packs, and say how healthy they are"),
        description=_(
            "Looks for faults in packs: in their form, in keys that do not pass their own grader "
            "or let nearly right answers pass, in questions that occur twice. A file can also be a "
            "spreadsheet, or one of another program."
        ),
    )
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=_("id or file of a pack (default: all packs)")
    )
    _add_json(parser)
    return parser


def import_parser(actions: "Actions") -> argparse.ArgumentParser:
    """Add `import`: files from elsewhere."""
    parser = actions.add_parser(
        "import",
        help=_("make a pack of a spreadsheet or of another program's file"),
        description=_(
            "Makes a pack of questions from a table (CSV, TSV, XLSX), from samples of inspect_ai, "
            "tests of promptfoo, OpenAI's evals, or Aiken. It says, row by row, what it guessed "
            "and what looks damaged. If rows are faulty, nothing is kept unless they may be left "
            "out."
        ),
    )
    parser.add_argument("file", type=Path, metavar=_("FILE"), help=_("“-” for standard input"))
    parser.add_argument(
        "--to",
        metavar="NAME",
        help=_("id of the pack, or a path that ends in .json to write it to"),
    )
    parser.add_argument("--title", default="", metavar=_("TEXT"), help=_("title of the pack"))
    parser.add_argument(
        "--sheet",
        default="",
        metavar=_("SHEET"),
        help=_("name of a spreadsheet's sheet (default: the first one that is not empty)"),
    )
    parser.add_argument(
        "--leave-out-faulty", action="store_true", help=_("keep the good rows and leave out others")
    )
    parser.add_argument("--force", action="store_true", help=_("replace a pack of that name"))
    _add_json(parser)
    return parser


def export_parser(actions: "Actions") -> argparse.ArgumentParser:
    """Add `export`: for others."""
    parser = actions.add_parser(
        "export",
        help=_("write a pack for a spreadsheet or another program"),
        description=_(
            "Writes a pack as CSV, for inspect_ai, promptfoo (JSON if the file's name ends so) or "
            "the lm-evaluation-harness. It says what the other form cannot express."
        ),
    )
    parser.add_argument("name", metavar="NAME", help=_name_help())
    parser.add_argument(
        "--as",
        dest="form",
        required=True,
        choices=[form.value for form in ExportForm],
        metavar=_("FORM"),
        help=_("one of {forms}").format(forms=", ".join(ExportForm)),
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar=_("FILE"),
        help=_("where to write (default: a file of the pack's name, here)"),
    )
    parser.add_argument("--force", action="store_true", help=_("replace files that are there"))
    return parser


def build_parser(actions: "Actions") -> argparse.ArgumentParser:
    """Add `build`: questions that nobody has seen."""
    parser = actions.add_parser(
        "build",
        help=_("make a fresh variant of a pack, with questions that nobody has seen"),
        description=_(
            "Makes a pack of one of the eight fields anew: same kinds of questions, other names, "
            "numbers and answers. The same seed gives the same pack on every machine; seed 1 gives "
            "the pack that comes with the program."
        ),
    )
    parser.add_argument(
        "name",
        metavar="NAME",
        help=_("one of {names}; questions of other packs were written by hand").format(
            names=buildable_names()
        ),
    )
    parser.add_argument(
        "--seed", type=int, required=True, metavar="N", help=_("start of the random sequence")
    )
    parser.add_argument(
        "--language", default="en", metavar=_("CODE"), help=_("language of the questions: en or de")
    )
    parser.add_argument(
        "--to",
        metavar=_("FILE"),
        help=_("path that ends in .json (default: among your own packs)"),
    )
    parser.add_argument("--force", action="store_true", help=_("replace a pack of that name"))
    return parser


def _name_help() -> str:
    return _("id or file of a pack")


def _add_json(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--json", action="store_true", help=_("print all that is known as JSON"))
