"""The options of `large-enough compare`, and what they mean."""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from large_enough.cli.costing_arguments import add_costing, check_costing, costing_of_arguments
from large_enough.domain import setting_limits
from large_enough.domain.costing import Costing
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.generation import (
    CacheType,
    LoadSettings,
    PromptStyle,
    SamplingSettings,
)
from large_enough.domain.prompt import Prompt
from large_enough.domain.round import LETTERS, AnswerSettings, Mode
from large_enough.domain.setting_limits import Limits
from large_enough.domain.thorough import ThoroughSettings
from large_enough.packs.prompt_file import read_prompts, sample_prompts
from large_enough.wording.translate import _

STANDARD_INPUT = "-"
MOST_PROTOCOL_MINUTES = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareRequest:
    """What is to be compared, and how."""

    models: tuple[str, ...]
    """As the user named them; empty to let the program choose."""
    prompts: tuple[Prompt, ...]
    system: str
    mode: Mode
    settings: AnswerSettings
    load: LoadSettings
    as_json: bool
    thorough: ThoroughSettings | None
    """How to measure thoroughly; None for one round a prompt."""
    estimates_energy: bool
    costing: Costing
    """What the options say; what they leave out comes from the settings."""


def add_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> argparse.ArgumentParser:
    """Add the command and its options."""
    parser = commands.add_parser(
        "compare",
        help=_("ask several models the same and compare answers, speed and memory"),
        description=_(
            "Asks two to four models the same prompt, one after the other, and shows their answers "
            "with speed, time and memory. Every round is recorded. Nothing leaves this machine."
        ),
    )
    _add_what(parser)
    _add_how(parser)
    _add_measuring(parser)
    _add_sampling(parser)
    _add_loading(parser)
    return parser


def _add_what(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(_("what to compare"))
    group.add_argument(
        "-m",
        "--model",
        action="append",
        default=[],
        metavar=_("MODEL"),
        help=_(
            "a catalogue id, a file, or a unique part of a model's name; give it two to four times "
            "(default: the two best suited models found here); MODEL+ADAPTER.gguf adds a LoRA "
            "adapter to it"
        ),
    )
    group.add_argument(
        "-p",
        "--prompt",
        action="append",
        default=[],
        metavar=_("TEXT"),
        help=_("the prompt; may be repeated; - reads it from standard input"),
    )
    group.add_argument(
        "--prompts",
        type=Path,
        metavar=_("FILE"),
        help=_("prompts from a .txt file (one a line) or a .jsonl file (objects with `prompt`)"),
    )
    group.add_argument(
        "--samples", action="store_true", help=_("ask three sample questions of three trades")
    )
    group.add_argument("--system", default="", metavar=_("TEXT"), help=_("a system message"))
    group.add_argument(
        "--models-dir", type=Path, metavar=_("FOLDER"), help=_("look for models here")
    )


def _add_how(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(_("how"))
    group.add_argument(
        "--mode",
        choices=[mode.value for mode in Mode],
        default=Mode.MEASURED.value,
        help=_(
            "measured: one after the other, numbers that can be compared (default); "
            "together: all at once, with the cores divided"
        ),
    )
    group.add_argument(
        "--stop",
        action="append",
        default=[],
        metavar=_("TEXT"),
        help=_("end an answer where this text appears; may be repeated"),
    )
    group.add_argument(
        "--completion",
        action="store_true",
        help=_("continue the prompt as plain text: for base models, which cannot chat"),
    )
    group.add_argument(
        "--thinking",
        action=argparse.BooleanOptionalAction,
        default=None,
        help=_("ask a thinking model to think first, or not to (default: as it likes)"),
    )
    group.add_argument(
        "--json", action="store_true", help=_("print everything that was recorded as JSON")
    )


def _add_measuring(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(_("measuring"))
    default = ThoroughSettings()
    group.add_argument(
        "--protocol",
        action="store_true",
        help=_(
            "measure thoroughly: warm up, settle, read the idle power, then repeat in turned order "
            "until the intervals are narrow or the time is up"
        ),
    )
    group.add_argument(
        "--protocol-minutes",
        type=float,
        metavar="X",
        help=_("with --protocol: begin no pass after this time (default: {minutes:g})").format(
            minutes=default.longest_s / 60
        ),
    )
    group.add_argument(
        "--estimate-energy",
        action="store_true",
        help=_("estimate energy from processor time where nothing measures it (may be off by 2x)"),
    )
    add_costing(group)


def _add_sampling(parser: argparse.ArgumentParser) -> None:
    default = SamplingSettings()
    _add_numbers(
        parser.add_argument_group(_("choosing tokens")),
        (
            ("--max-tokens", AnswerSettings().max_tokens, _("cut an answer after N tokens")),
            ("--temperature", default.temperature, _("0 repeats itself, higher values vary more")),
            ("--top-k", default.top_k, _("keep the N most probable tokens, 0 for all")),
            ("--top-p", default.top_p, _("keep tokens up to this total probability")),
            ("--min-p", default.min_p, _("drop tokens below this share of the best one")),
            ("--repeat-penalty", default.repeat_penalty, _("above 1 discourages repetition")),
            ("--seed", default.seed, _("start of the random sequence")),
        ),
    )


def _add_loading(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(_("loading the models"))
    default = LoadSettings()
    _add_numbers(
        group,
        (
            ("--n-ctx", default.context_tokens, _("context: tokens of prompt and answer together")),
            ("--gpu-layers", default.gpu_layers, _("layers on the graphics card, -1 for all")),
        ),
    )
    group.add_argument(
        "--threads",
        type=int,
        metavar="N",
        help=_("threads for each model (default: one for each fast core)"),
    )
    group.add_argument(
        "--cache-type",
        choices=[kind.value for kind in CacheType],
        default=CacheType.F16.value,
        help=_("number format of the KV cache (default: %(default)s)"),
    )


def _add_numbers(
    group: "argparse._ArgumentGroup", options: Iterable[tuple[str, float, str]]
) -> None:
    """Add options that take a number: whole if their default is, else any."""
    for option, default, meaning in options:
        is_whole = isinstance(default, int)
        group.add_argument(
            option,
            type=int if is_whole else float,
            default=default,
            metavar="N" if is_whole else "X",
            help=_("{meaning} (default: {default})").format(meaning=meaning, default=default),
        )


def read_request(arguments: argparse.Namespace) -> CompareRequest:
    """Check the arguments and gather the prompts.

    Raises:
        RequestError: A setting is out of range, a prompt is missing, a file cannot be read.
    """
    _check_numbers(arguments)
    check_costing(arguments)
    if len(arguments.model) == 1 or len(arguments.model) > len(LETTERS):
        refuse("--model", _("give it two to four times"))
    return CompareRequest(
        models=tuple(arguments.model),
        prompts=_prompts(arguments),
        system=arguments.system,
        mode=Mode(arguments.mode),
        settings=_settings(arguments),
        load=LoadSettings(
            context_tokens=arguments.n_ctx,
            gpu_layers=arguments.gpu_layers,
            cache_type=CacheType(arguments.cache_type),
        ),
        as_json=arguments.json,
        thorough=_thorough(arguments),
        estimates_energy=arguments.estimate_energy,
        costing=costing_of_arguments(arguments),
    )


def _thorough(arguments: argparse.Namespace) -> ThoroughSettings | None:
    minutes = arguments.protocol_minutes
    if not arguments.protocol:
        if minutes is not None:
            refuse("--protocol-minutes", _("it belongs to --protocol"))
        return None
    if arguments.mode != Mode.MEASURED.value:
        refuse("--protocol", _("it measures one model at a time; leave --mode out"))
    return ThoroughSettings() if minutes is None else ThoroughSettings(longest_s=60 * minutes)


def _check_numbers(arguments: argparse.Namespace) -> None:
    threads = 1 if arguments.threads is None else arguments.threads
    limits: tuple[tuple[str, float, Limits], ...] = (
        ("--max-tokens", arguments.max_tokens, setting_limits.MAX_TOKENS),
        ("--n-ctx", arguments.n_ctx, setting_limits.CONTEXT_TOKENS),
        ("--threads", threads, setting_limits.THREADS),
        ("--gpu-layers", arguments.gpu_layers, setting_limits.GPU_LAYERS),
        ("--top-k", arguments.top_k, setting_limits.TOP_K),
        ("--temperature", arguments.temperature, setting_limits.TEMPERATURE),
        ("--top-p", arguments.top_p, setting_limits.TOP_P),
        ("--min-p", arguments.min_p, setting_limits.MIN_P),
        ("--repeat-penalty", arguments.repeat_penalty, setting_limits.REPEAT_PENALTY),
        ("--seed", arguments.seed, setting_limits.SEED),
        ("--protocol-minutes", arguments.protocol_minutes or 0, Limits(0, MOST_PROTOCOL_MINUTES)),
    )
    for option, value, (low, high) in limits:
        if not low <= value <= high:
            refuse(option, _("must be from {low} to {high}").format(low=low, high=high))


def refuse(option: str, problem: str) -> NoReturn:
    """Refuse an option of the command line.

    Raises:
        RequestError: BAD_SETTING.
    """
    raise RequestError(FailureKind.BAD_SETTING, option, problem=problem)


def _prompts(arguments: argparse.Namespace) -> tuple[Prompt, ...]:
    prompts = [
        Prompt(id=f"prompt-{number}", domain="", text=_text(text))
        for number, text in enumerate(arguments.prompt, 1)
    ]
    if arguments.prompts is not None:
        prompts.extend(read_prompts(arguments.prompts))
    if arguments.samples:
        prompts.extend(sample_prompts())
    if not prompts:
        refuse("--prompt", _("ask something: -p TEXT, --prompts FILE or --samples"))
    if any(not prompt.text.strip() for prompt in prompts):
        refuse("--prompt", _("it is empty"))
    return tuple(prompts)


def _text(given: str) -> str:
    return sys.stdin.read() if given == STANDARD_INPUT else given


def _settings(arguments: argparse.Namespace) -> AnswerSettings:
    return AnswerSettings(
        style=PromptStyle.COMPLETION if arguments.completion else PromptStyle.CHAT,
        max_tokens=arguments.max_tokens,
        stop=tuple(text for text in arguments.stop if text),
        sampling=SamplingSettings(
            temperature=arguments.temperature,
            top_k=arguments.top_k,
            top_p=arguments.top_p,
            min_p=arguments.min_p,
            repeat_penalty=arguments.repeat_penalty,
            seed=arguments.seed,
        ),
        thinking=arguments.thinking,
        thread_count=arguments.threads,
    )
