"""`large-enough models fit`: tells which models fit into memory, and how fast they will be."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from large_enough.cli import exit_codes
from large_enough.cli.output import print_json, results, say_error
from large_enough.comparison.workbench import Workbench
from large_enough.domain import setting_limits
from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.fit import FitVerdict, GroupFit, ModelFit, Unjudged
from large_enough.domain.generation import CacheType, LoadSettings
from large_enough.domain.model_card import ModelCard
from large_enough.domain.text import harmless_line
from large_enough.wording.fit_words import fit_sentences, largest_context_text, verdict_text
from large_enough.wording.numbers import NOT_AVAILABLE, bytes_text
from large_enough.wording.speed_forecast_words import speed_forecast_sentence, speed_range_text
from large_enough.wording.translate import _

JSON_SCHEMA_VERSION = 1
"""Of the object that `--json` prints."""

_GAP = _INDENT = "   "
_NUMBER_COLUMNS = frozenset({1, 3, 4})


def add_parser(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the action and its options."""
    parser = actions.add_parser(
        "fit",
        help=_("tell which models fit into memory, with which context, and how fast they are"),
        description=_(
            "Tells for each model, before it is loaded, how much memory it needs with a context "
            "and a cache of your choice, whether there is as much, which context would fit, and "
            "how fast it will probably be. The engine works that out without loading any weights."
        ),
    )
    parser.add_argument(
        "models",
        nargs="*",
        metavar=_("MODEL"),
        help=_("id, path or part of a name (default: all models that are here)"),
    )
    _add_load_options(parser)
    parser.add_argument(
        "--together",
        action="store_true",
        help=_("all of them are to be in memory at the same time"),
    )
    parser.add_argument("--json", action="store_true", help=_("print all that is known as JSON"))
    parser.add_argument(
        "--models-dir", type=Path, metavar=_("FOLDER"), help=_("use this models folder")
    )
    parser.set_defaults(run=run, action="fit")


def _add_load_options(parser: argparse.ArgumentParser) -> None:
    usual = LoadSettings()
    parser.add_argument(
        "--n-ctx",
        type=_context_tokens,
        default=usual.context_tokens,
        metavar="N",
        help=_("tokens of prompt and answer together (default: {usual})").format(
            usual=usual.context_tokens
        ),
    )
    parser.add_argument(
        "--cache-type",
        choices=[kind.value for kind in CacheType],
        default=usual.cache_type.value,
        help=_("number format of the cache (default: {usual})").format(
            usual=usual.cache_type.value
        ),
    )
    parser.add_argument(
        "--gpu-layers",
        type=_gpu_layers,
        default=usual.gpu_layers,
        metavar="N",
        help=_("layers on the graphics card; -1 puts all of them there (default: 0)"),
    )


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Run the action.

    Returns:
        0 if all fit; 1 if one does not, or cannot be loaded; 2 if there is no such model.
    """
    workbench = Workbench.for_user(environ, arguments.models_dir)
    try:
        cards = _cards(workbench, arguments.models)
        if not cards:
            folder = str(workbench.models_folder)
            say_error(ErrorInfo(kind=FailureKind.NO_MODELS, subject=folder))
            return exit_codes.USAGE
        settings = _settings(arguments)
        wishes = [(card, settings) for card in cards]
        group = workbench.forecast(wishes, together=arguments.together, may_measure=True)
    finally:
        workbench.close()
    if arguments.json:
        print_json(fit_document(group))
    else:
        show_fits(results(), group)
    return exit_code_of(group)


def exit_code_of(group: GroupFit) -> int:
    """Return 0 if all models fit, 1 if one does not or cannot be loaded."""
    return exit_codes.DONE if all(map(_is_fine, group.fits)) else exit_codes.FAILED


def show_fits(console: Console, group: GroupFit) -> None:
    """Print the table, then what there is to say about each model."""
    rows = [_row(fit) for fit in group.fits]
    lines = [_headings(), *rows]
    widths = [max(cell_len(line[column]) for line in lines) for column in range(len(lines[0]))]
    console.print(Text(_aligned(lines[0], widths), style="bold"), soft_wrap=True)
    for row in rows:
        console.print(Text(_aligned(row, widths)), soft_wrap=True)
    for fit in group.fits:
        console.print()
        console.print(Text(harmless_line(fit.card.name), style="bold"), soft_wrap=True)
        for sentence in _sentences(fit):
            console.print(Text(_INDENT + harmless_line(sentence)), soft_wrap=True)


def fit_document(group: GroupFit) -> dict[str, object]:
    """Return the forecast as it is printed with `--json`: the records, and what follows of them."""
    return {
        "schema_version": JSON_SCHEMA_VERSION,
        "together": group.together,
        "models": [_model_document(fit) for fit in group.fits],
    }


def _model_document(fit: ModelFit | Unjudged) -> dict[str, object]:
    document: dict[str, object] = msgspec.to_builtins(fit)
    if isinstance(fit, ModelFit):
        document |= {
            "verdict": fit.verdict.value,
            "needed_bytes": fit.need.needed_bytes,
            "usable_bytes": fit.room.usable_bytes,
        }
    return document


def _is_fine(fit: ModelFit | Unjudged) -> bool:
    if isinstance(fit, Unjudged):
        return fit.error is None
    return fit.verdict is not FitVerdict.DOES_NOT_FIT


def _cards(workbench: Workbench, names: Sequence[str]) -> Sequence[ModelCard]:
    cards = workbench.scan().cards
    return [workbench.resolve(name, cards) for name in names] if names else cards


def _settings(arguments: argparse.Namespace) -> LoadSettings:
    return LoadSettings(
        context_tokens=arguments.n_ctx,
        cache_type=CacheType(arguments.cache_type),
        gpu_layers=arguments.gpu_layers,
    )


def _headings() -> tuple[str, ...]:
    return (
        _("model"),
        _("needs"),
        _("verdict"),
        _("largest context"),
        _("tokens per second"),
    )


def _row(fit: ModelFit | Unjudged) -> tuple[str, ...]:
    name = harmless_line(fit.card.name)
    if isinstance(fit, Unjudged):
        return (name, NOT_AVAILABLE, verdict_text(fit), NOT_AVAILABLE, NOT_AVAILABLE)
    return (
        name,
        bytes_text(fit.need.needed_bytes),
        verdict_text(fit),
        largest_context_text(fit),
        speed_range_text(fit.speed),
    )


def _sentences(fit: ModelFit | Unjudged) -> list[str]:
    sentences = fit_sentences(fit)
    if isinstance(fit, Unjudged):
        return sentences
    return [*sentences, speed_forecast_sentence(fit.speed)]


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Return the cells in columns, numbers to the right."""
    blanks = [" " * (width - cell_len(cell)) for cell, width in zip(cells, widths, strict=True)]
    padded = [
        blank + cell if column in _NUMBER_COLUMNS else cell + blank
        for column, (cell, blank) in enumerate(zip(cells, blanks, strict=True))
    ]
    return _GAP.join(padded).rstrip()


def _context_tokens(text: str) -> int:
    return _allowed(text, setting_limits.CONTEXT_TOKENS)


def _gpu_layers(text: str) -> int:
    return _allowed(text, setting_limits.GPU_LAYERS)


def _allowed(text: str, limits: setting_limits.Limits) -> int:
    """Read a whole number; raises ValueError for anything else."""
    number = int(text)
    if not limits.allow(number):
        message = _("choose a number from {lowest} to {highest}").format(
            lowest=int(limits.lowest), highest=int(limits.highest)
        )
        raise argparse.ArgumentTypeError(message)
    return number
