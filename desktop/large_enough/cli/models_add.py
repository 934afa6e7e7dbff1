"""Adds model files from elsewhere to those that are listed."""

from collections.abc import Sequence
from pathlib import Path

from large_enough.catalog.added import Manner, bring_in, checked_place
from large_enough.cli import exit_codes
from large_enough.cli.models_room import ModelsRoom
from large_enough.cli.output import results, say, say_error
from large_enough.domain.errors import FailureKind, LargeEnoughError, RequestError
from large_enough.wording.translate import _


def add_models(room: ModelsRoom, paths: Sequence[Path], manner: Manner) -> int:
    """Add files, or folders that hold some.

    Args:
        room: Where to.
        paths: Model files (of a split model, the first part), or folders.
        manner: Whether their paths are remembered, or they are linked or copied into the models
            folder; folders can only be remembered.

    Returns:
        0 if all are added; 1 if one cannot be used; nothing is added then.
    """
    try:
        places = [checked_place(path) for path in paths]
        if manner is Manner.PATH:
            _remember(room, places)
        else:
            _bring(room, places, manner)
    except LargeEnoughError as error:
        say_error(error.info)
        return exit_codes.FAILED
    return exit_codes.DONE


def _remember(room: ModelsRoom, places: Sequence[Path]) -> None:
    known = room.settings.added_models
    new = [str(place) for place in dict.fromkeys(places) if str(place) not in known]
    room.keep_added((*known, *new))
    for place in places:
        say(results(), _("{path} is listed from now on; it stays where it is."), path=place)


def _bring(room: ModelsRoom, places: Sequence[Path], manner: Manner) -> None:
    for place in places:
        if place.is_dir():
            raise RequestError(
                FailureKind.BAD_SETTING,
                str(place),
                problem=_("a folder can neither be linked nor copied"),
                allowed=_("its files one by one, or leave out --link and --copy"),
            )
    for place in places:
        target = bring_in(place, room.folder, manner)[0]
        say(results(), _("{name} is here: {path}"), name=place.name, path=target)
