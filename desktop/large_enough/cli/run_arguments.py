"""The options of `large-enough run`, and what they mean."""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from large_enough.cli.compare_arguments import refuse
from large_enough.cli.run_output import check_ending
from large_enough.domain import setting_limits
from large_enough.domain.generation import LoadSettings
from large_enough.domain.pack_run import (
    AnswerWay,
    PackRunSettings,
    RunLimits,
    RunMode,
    RunOrder,
    Variant,
)
from large_enough.domain.round import AnswerSettings
from large_enough.wording.translate import _

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRequest:
    """What is to be run, and how."""

    pack: str
    """As the user named it; empty to go on with a run."""
    models: tuple[str, ...]
    resume: str
    """Which run to go on with; empty for a new one."""
    judge: str
    """Model that judges free answers afterwards; empty for none."""
    load: LoadSettings
    as_json: bool
    asks_nothing: bool
    output: Path | None


def add_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> argparse.ArgumentParser:
    """Add the command and its options."""
    parser = commands.add_parser(
        "run",
        help=_("ask models a pack of questions and grade every answer"),
        description=_(
            "Asks each model every question of a pack, one model after the other, grades the "
            "answers by rule and puts all of it on record. Ctrl-C pauses; --resume goes on where "
            "it stopped. Nothing leaves this machine."
        ),
    )
    parser.add_argument(
        "pack", nargs="?", default="", metavar=_("PACK"), help=_("id or file of a pack")
    )
    parser.add_argument(
        "-m",
        "--model",
        action="append",
        default=[],
        metavar=_("MODEL"),
        help=_("who is asked; may be repeated. With --resume: who joins"),
    )
    parser.add_argument(
        "--resume", default="", metavar=_("RUN"), help=_("go on with a run: its id, or “last”")
    )
    parser.add_argument(
        "--raise-limits",
        action="store_true",
        help=_(
            "with --resume: ask what a limit cut once more, of all models, with higher limits: "
            "--max-tokens, --longest, or what suits"
        ),
    )
    _add_how(parser)
    _add_limits(parser)
    parser.add_argument(
        "--judge",
        default="",
        metavar=_("MODEL"),
        help=_("a third model that compares answers which no rule can judge"),
    )
    parser.add_argument(
        "--models-dir", type=Path, metavar=_("FOLDER"), help=_("look for models here")
    )
    parser.add_argument(
        "--yes", action="store_true", help=_("begin at once, without looking for obstacles first")
    )
    parser.add_argument(
        "--json", action="store_true", help=_("print everything that was recorded as JSON")
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar=_("FILE"),
        help=_("write the results there, too: .json, .csv, or .comparator.json"),
    )
    return parser


def _add_how(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(_("how"))
    group.add_argument(
        "--fast", action="store_true", help=_("several answers at once: no times, no energy")
    )
    group.add_argument("--batch", type=int, metavar="N", help=_("with --fast: so many at once"))
    group.add_argument(
        "--forced-choice",
        action="store_true",
        help=_("only questions with options: read which option is most probable"),
    )
    group.add_argument(
        "--no-context",
        action="store_true",
        help=_("leave the documents out: who is right all the same knew it, or guessed"),
    )
    group.add_argument("--repeats", type=int, metavar="N", help=_("ask everything N times"))
    group.add_argument(
        "--sample", type=int, metavar="N", help=_("ask only N questions, of all kinds evenly")
    )
    group.add_argument("--seed", type=int, metavar="N", help=_("start of the random order"))
    group.add_argument("--temperature", type=float, metavar="X", help=_("0 repeats itself"))
    group.add_argument(
        "--margin",
        type=float,
        metavar=_("POINTS"),
        help=_("how many points of 100 the small model may be worse; fixed before the run"),
    )
    group.add_argument(
        "--order",
        choices=[order.value for order in RunOrder],
        help=_("abba: two turns each, in turned order, so that heat meets all alike"),
    )


def _add_limits(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(_("limits"))
    longest_s, context_tokens = RunLimits().longest_s, LoadSettings().context_tokens
    group.add_argument(
        "--max-tokens", "--limit", type=int, metavar="N", help=_("cut an answer after N tokens")
    )
    group.add_argument(
        "--longest",
        type=float,
        metavar=_("SECONDS"),
        help=_("give an answer up after this time (default: %(default)g)") % {"default": longest_s},
    )
    group.add_argument(
        "--n-ctx",
        type=int,
        metavar="N",
        help=_("context: tokens of prompt and answer together (default: %(default)d)")
        % {"default": context_tokens},
    )
    group.add_argument("--gpu-layers", type=int, metavar="N", help=_("layers on the graphics card"))
    group.add_argument("--threads", type=int, metavar="N", help=_("threads for each model"))


def read_request(arguments: argparse.Namespace) -> RunRequest:
    """Check the arguments that belong together.

    Raises:
        RequestError: They do not.
    """
    if arguments.pack and arguments.resume:
        refuse("PACK", _("a run that goes on has its pack already: leave the pack out"))
    if not (arguments.pack or arguments.resume):
        refuse("PACK", _("name a pack, or a run to go on with: --resume last"))
    if arguments.pack and not arguments.model:
        refuse("--model", _("say who is asked: -m MODEL, as often as you like"))
    if arguments.raise_limits and not arguments.resume:
        refuse("--raise-limits", _("name the run: --resume last"))
    if arguments.raise_limits and arguments.model:
        refuse("--model", _("nobody can join while limits are raised; that is a step of its own"))
    if arguments.batch is not None and not (arguments.fast or arguments.resume):
        refuse("--batch", _("several answers at once need --fast"))
    if arguments.output is not None:
        check_ending(arguments.output.name)
    _check("--threads", _given(arguments.threads, 1), setting_limits.THREADS)
    return RunRequest(
        pack=arguments.pack,
        models=tuple(arguments.model),
        resume=arguments.resume,
        judge=arguments.judge,
        load=load_for(LoadSettings(), arguments),
        as_json=arguments.json,
        asks_nothing=arguments.yes,
        output=arguments.output,
    )


def load_for(usual: LoadSettings, arguments: argparse.Namespace) -> LoadSettings:
    """Return how models are loaded: as usual where the arguments say nothing.

    Raises:
        RequestError: A setting is out of range.
    """
    context_tokens = _given(arguments.n_ctx, usual.context_tokens)
    gpu_layers = _given(arguments.gpu_layers, usual.gpu_layers)
    _check("--n-ctx", context_tokens, setting_limits.CONTEXT_TOKENS)
    _check("--gpu-layers", gpu_layers, setting_limits.GPU_LAYERS)
    return msgspec.structs.replace(usual, context_tokens=context_tokens, gpu_layers=gpu_layers)


def settings_for(usual: PackRunSettings, arguments: argparse.Namespace) -> PackRunSettings:
    """Return how a pack is asked: as usual where the arguments say nothing.

    Raises:
        RequestError: A setting is out of range.
    """
    margin = None if arguments.margin is None else arguments.margin / 100
    order = None if arguments.order is None else RunOrder(arguments.order)
    return msgspec.structs.replace(
        usual,
        mode=RunMode.FAST if arguments.fast else usual.mode,
        order=_given(order, usual.order),
        variant=Variant.NO_CONTEXT if arguments.no_context else usual.variant,
        way=AnswerWay.FORCED_CHOICE if arguments.forced_choice else usual.way,
        repeats=_given(arguments.repeats, usual.repeats),
        seed=_given(arguments.seed, usual.seed),
        sample_count=_given(arguments.sample, usual.sample_count),
        batch_size=_given(arguments.batch, usual.batch_size),
        margin=_given(margin, usual.margin),
        limits=_limits(usual.limits, arguments),
        answers=_answers(usual.answers, arguments),
    )


def _limits(usual: RunLimits, arguments: argparse.Namespace) -> RunLimits:
    return msgspec.structs.replace(
        usual,
        max_tokens=_given(arguments.max_tokens, usual.max_tokens),
        longest_s=_given(arguments.longest, usual.longest_s),
    )


def _answers(usual: AnswerSettings, arguments: argparse.Namespace) -> AnswerSettings:
    temperature = _given(arguments.temperature, usual.sampling.temperature)
    seed = _given(arguments.seed, usual.sampling.seed)
    _check("--temperature", temperature, setting_limits.TEMPERATURE)
    _check("--seed", seed, setting_limits.SEED)
    return msgspec.structs.replace(
        usual,
        sampling=msgspec.structs.replace(usual.sampling, seed=seed, temperature=temperature),
        thread_count=_given(arguments.threads, usual.thread_count),
    )


def _given(value: _Value | None, usual: _Value) -> _Value:
    """Return what was given on the command line, else what is usual."""
    return usual if value is None else value


def _check(option: str, value: float, limits: setting_limits.Limits) -> None:
    low, high = limits
    if not low <= value <= high:
        refuse(option, _("must be from {low} to {high}").format(low=low, high=high))
