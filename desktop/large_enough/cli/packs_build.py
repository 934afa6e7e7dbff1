"""Makes fresh variants of the packs that come with the program."""

import msgspec

from large_enough.cli import exit_codes
from large_enough.cli.output import results, say, say_error
from large_enough.cli.packs_import import PACK_FILE_SUFFIX, keep_pack
from large_enough.domain.errors import FailureKind, LargeEnoughError, RequestError
from large_enough.domain.pack import Pack
from large_enough.packs.generators.build import SHIPPED_SEED, build
from large_enough.packs.generators.registry import DOMAINS
from large_enough.packs.shelf import Shelf
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _


class BuildRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Which variant somebody wants."""

    name: str
    seed: int
    language: str
    target: str
    """A path to write it to; empty for the user's packs."""
    may_replace: bool


def build_pack(shelf: Shelf, request: BuildRequest) -> int:
    """Make a pack and keep it.

    Returns:
        0; 1 if it could not be kept; 2 if there is no such domain, or not in that language.
    """
    try:
        pack = _built(request)
    except RequestError as error:
        say_error(error.info)
        return exit_codes.USAGE
    try:
        path = keep_pack(shelf, pack, request.target, may_replace=request.may_replace)
    except LargeEnoughError as error:
        say_error(error.info)
        return exit_codes.FAILED
    template = _("{count} questions are in the pack “{id}”: {path}")
    say(results(), template, count=count_text(len(pack.graded_items)), id=pack.id, path=path)
    return exit_codes.DONE


def buildable_names() -> str:
    """Return which packs can be made anew: those whose questions come out of generators."""
    return ", ".join(domain.id for domain in DOMAINS)


def _built(request: BuildRequest) -> Pack:
    """Build the pack.

    Raises:
        RequestError: BAD_SETTING: it has no generator, or none in that language; it would be the
            very pack that comes with the program; or the file's name does not say that it is one.
    """
    if request.target and not request.target.endswith(PACK_FILE_SUFFIX):
        problem = _("it must end in .json")
        raise _refusal(request.target, problem)
    if request.seed == SHIPPED_SEED and not request.target:
        raise RequestError(
            FailureKind.BAD_SETTING,
            "--seed",
            problem=_("that is the pack that comes with the program"),
            allowed=_("another seed, or give a file with --to"),
        )
    if request.seed < 0:
        problem = _("must be 0 or more")
        raise RequestError(FailureKind.BAD_SETTING, "--seed", problem=problem)
    domain = next((each for each in DOMAINS if each.id == request.name), None)
    if domain is None:
        problem = _("no fresh variant of that can be made, only of {names}")
        raise _refusal(request.name, problem.format(names=buildable_names()))
    if request.language not in domain.languages:
        written = ", ".join(f"{domain.id} ({code})" for code in domain.languages)
        problem = _("there is no such language of it, only {names}")
        wanted = f"{domain.id} ({request.language})"
        raise _refusal(wanted, problem.format(names=written))
    return build(domain, seed=request.seed, language=request.language)


def _refusal(subject: str, problem: str) -> RequestError:
    return RequestError(FailureKind.BAD_SETTING, subject, problem=problem)
