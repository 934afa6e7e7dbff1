"""`large-enough models fit`: tells which models fit into memory, and how fast they will be."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from large_enough.cli import exit_codes
from large_enough.cli.fit_view import fit_document, show_fits
from large_enough.cli.output import print_json, results, say_error
from large_enough.comparison.workbench import Workbench
from large_enough.domain import setting_limits
from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.fit import FitVerdict, GroupFit, ModelFit, Unjudged
from large_enough.domain.generation import CacheType, LoadSettings
from large_enough.domain.model_card import ModelCard
from large_enough.wording.translate import _


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
        group = workbench.forecast(wishes, together=arguments.together, is_busy=_is_busy)
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


def _is_busy() -> bool:
    """Return whether models work: this command starts none."""
    return False


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
