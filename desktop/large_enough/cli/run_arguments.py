"""The options of `large-enough run`, and what they mean."""

import argparse
from dataclasses import dataclass
from pathlib import Path

import msgspec

from large_enough.cli.compare_arguments import refuse
from large_enough.comparison.pack_run_plan import usual_settings
from large_enough.domain import setting_limits
from large_enough.domain.generation import LoadSettings
from large_enough.domain.pack import Pack
from large_enough.domain.pack_run import (
    AnswerWay,
    PackRunSettings,
    RunLimits,
    RunMode,
    RunOrder,
    Variant,
)
from large_enough.wording.translate import _


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
    group.add_argument(
        "--batch", type=int, default=8, metavar="N", help=_("with --fast: so many at once")
    )
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
        default=RunOrder.MODEL_BY_MODEL.value,
        help=_("abba: two turns each, in turned order, so that heat meets all alike"),
    )


def _add_limits(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(_("limits"))
    usual = RunLimits()
    group.add_argument(
        "--max-tokens", "--limit", type=int, metavar="N", help=_("cut an answer after N tokens")
    )
    group.add_argument(
        "--longest",
        type=float,
        default=usual.longest_s,
        metavar=_("SECONDS"),
        help=_("give an answer up after this time (default: %(default)g)"),
    )
    group.add_argument(
        "--n-ctx",
        type=int,
        default=LoadSettings().context_tokens,
        metavar="N",
        help=_("context: tokens of prompt and answer together (default: %(default)d)"),
    )
    group.add_argument(
        "--gpu-layers", type=int, default=0, metavar="N", help=_("layers on the graphics card")
    )
    group.add_argument("--threads", type=int, metavar="N", help=_("threads for each model"))


def read_request(arguments: argparse.Namespace) -> RunRequest:
    """Check the arguments that belong together.

    Raises:
        RequestError: They do not.
    """
    if bool(arguments.pack) == bool(arguments.resume):
        refuse("PACK", _("name a pack, or a run to go on with: --resume last"))
    if arguments.pack and not arguments.model:
        refuse("--model", _("say who is asked: -m MODEL, as often as you like"))
    _check("--n-ctx", arguments.n_ctx, setting_limits.CONTEXT_TOKENS)
    _check("--gpu-layers", arguments.gpu_layers, setting_limits.GPU_LAYERS)
    _check("--threads", arguments.threads or 1, setting_limits.THREADS)
    return RunRequest(
        pack=arguments.pack,
        models=tuple(arguments.model),
        resume=arguments.resume,
        judge=arguments.judge,
        load=LoadSettings(context_tokens=arguments.n_ctx, gpu_layers=arguments.gpu_layers),
        as_json=arguments.json,
        asks_nothing=arguments.yes,
        output=arguments.output,
    )


def settings_for(pack: Pack, arguments: argparse.Namespace) -> PackRunSettings:
    """Return the settings: as the pack says where the arguments do not.

    Raises:
        RequestError: One is out of range.
    """
    usual = usual_settings(pack)
    seed = usual.seed if arguments.seed is None else arguments.seed
    _check("--seed", seed, setting_limits.SEED)
    sampling = msgspec.structs.replace(
        usual.answers.sampling,
        seed=seed,
        temperature=_temperature(usual, arguments),
    )
    answers = msgspec.structs.replace(
        usual.answers, sampling=sampling, thread_count=arguments.threads
    )
    return msgspec.structs.replace(
        usual,
        mode=RunMode.FAST if arguments.fast else RunMode.MEASURE,
        order=RunOrder(arguments.order),
        variant=Variant.NO_CONTEXT if arguments.no_context else Variant.USUAL,
        way=AnswerWay.FORCED_CHOICE if arguments.forced_choice else AnswerWay.GENERATED,
        repeats=usual.repeats if arguments.repeats is None else arguments.repeats,
        seed=seed,
        sample_count=arguments.sample,
        batch_size=arguments.batch,
        margin=usual.margin if arguments.margin is None else arguments.margin / 100,
        limits=RunLimits(max_tokens=arguments.max_tokens, longest_s=arguments.longest),
        answers=answers,
    )


def _temperature(usual: PackRunSettings, arguments: argparse.Namespace) -> float:
    if arguments.temperature is None:
        return usual.answers.sampling.temperature
    _check("--temperature", arguments.temperature, setting_limits.TEMPERATURE)
    return float(arguments.temperature)


def _check(option: str, value: float, limits: setting_limits.Limits) -> None:
    low, high = limits
    if not low <= value <= high:
        refuse(option, _("must be from {low} to {high}").format(low=low, high=high))
