"""`large-enough models pairs`: proposes models that are worth comparing with each other."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from rich.console import Console
from rich.text import Text

from large_enough.catalog.candidates import candidates
from large_enough.catalog.ladders import ladders
from large_enough.catalog.pairs import pairs
from large_enough.cli import exit_codes
from large_enough.cli.output import print_json, results
from large_enough.comparison.workbench import Workbench
from large_enough.domain.pairing import Candidate, Ladder, Pair
from large_enough.wording.pair_words import candidate_text, ladder_sentence, pair_sentence
from large_enough.wording.translate import _

JSON_SCHEMA_VERSION = 1
"""Of the object that `--json` prints."""

_INDENT = "   "


def add_parser(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the action and its options."""
    parser = actions.add_parser(
        "pairs",
        help=_("propose models that are worth comparing"),
        description=_(
            "Proposes pairs of a small and a large model, and ladders of models that differ in "
            "one thing only, from the models that are here and those of the catalogue."
        ),
    )
    parser.add_argument("--json", action="store_true", help=_("print all that is known as JSON"))
    parser.add_argument(
        "--models-dir", type=Path, metavar=_("FOLDER"), help=_("use this models folder")
    )
    parser.set_defaults(run=run, action="pairs")


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Run the action; returns 0, whatever was found."""
    workbench = Workbench.for_user(environ, arguments.models_dir)
    found = candidates(workbench.scan().cards, workbench.entries)
    workbench.close()
    if arguments.json:
        print_json(pairs_document(pairs(found), ladders(found)))
    else:
        show_proposals(results(), pairs(found), ladders(found))
    return exit_codes.DONE


def show_proposals(console: Console, proposed: Sequence[Pair], steps: Sequence[Ladder]) -> None:
    """Print pairs and ladders, each with what its models have in common."""
    if not proposed and not steps:
        console.print(Text(_("There is only one model: nothing to compare it with.")))
        return
    for pair in proposed:
        _show(console, pair_sentence(pair), (pair.small, pair.large))
    for ladder in steps:
        _show(console, ladder_sentence(ladder), ladder.steps)


def pairs_document(proposed: Sequence[Pair], steps: Sequence[Ladder]) -> dict[str, object]:
    """Return the proposals as they are printed with `--json`."""
    return {
        "schema_version": JSON_SCHEMA_VERSION,
        "pairs": [{**msgspec.to_builtins(pair), "times": pair.times} for pair in proposed],
        "ladders": msgspec.to_builtins(steps),
    }


def _show(console: Console, sentence: str, members: Sequence[Candidate]) -> None:
    console.print(Text(sentence, style="bold"), soft_wrap=True)
    for member in members:
        style = "" if member.is_here else "dim italic"
        console.print(Text(_INDENT + candidate_text(member), style=style), soft_wrap=True)
