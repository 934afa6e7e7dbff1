"""Removes models, after saying what that frees."""

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.text import Text

from large_enough.catalog.remove import Removal, removal_of, remove
from large_enough.cli import exit_codes
from large_enough.cli.models_room import ModelsRoom
from large_enough.cli.output import remarks, results, say, say_error
from large_enough.domain.errors import LargeEnoughError, RequestError
from large_enough.domain.model_card import ModelCard
from large_enough.wording.numbers import bytes_text
from large_enough.wording.translate import _


def remove_models(room: ModelsRoom, names: Sequence[str], *, is_sure: bool) -> int:
    """Remove models that were fetched or made; of added ones, drop the path alone.

    Args:
        room: Where they are.
        names: As `resolve` takes them.
        is_sure: Whether to do it without asking.

    Returns:
        0 if all are gone; 1 if one is kept; 2 if there is no such model.
    """
    listed = room.settings.added_models
    places = [path for path in map(_absolute, names) if path in listed]
    try:
        cards = _resolved(room, [name for name in names if _absolute(name) not in listed])
        places += [card.path for card in cards if card.path in listed]
        ours = [card for card in cards if card.path not in listed]
        removals = [_removal(room, card) for card in ours]
        _forget(room, places)
    except LargeEnoughError as error:
        say_error(error.info)
        return exit_codes.USAGE if isinstance(error, RequestError) else exit_codes.FAILED
    return _remove_all(removals, room.folder, is_sure=is_sure)


def _removal(room: ModelsRoom, card: ModelCard) -> Removal:
    is_made_here = room.is_made_here(card)
    return removal_of(card, room.folder, room.entries, is_made_here=is_made_here)


def _absolute(name: str) -> str:
    return str(Path(name).expanduser().absolute())


def _resolved(room: ModelsRoom, names: Sequence[str]) -> list[ModelCard]:
    return list({card.path: card for card in room.resolve(names)}.values())


def _forget(room: ModelsRoom, places: Sequence[str]) -> None:
    """Drop paths of files and folders that lie elsewhere; the files stay."""
    if places:
        kept = tuple(path for path in room.settings.added_models if path not in places)
        room.keep_added(kept)
    for place in places:
        say(results(), _("{path} is no longer listed; it stays where it is."), path=place)


def _remove_all(removals: Sequence[Removal], models: Path, *, is_sure: bool) -> int:
    for removal in removals:
        for path in removal.paths:
            say(remarks(), "  {path}", path=path)
    if not removals:
        return exit_codes.DONE
    freed = bytes_text(sum(removal.freed_bytes for removal in removals))
    if not is_sure and not _agrees(freed):
        say(remarks(), _("Nothing was removed."))
        return exit_codes.FAILED
    for removal in removals:
        try:
            remove(removal, models)
        except LargeEnoughError as error:
            say_error(error.info)
            return exit_codes.FAILED
        size = bytes_text(removal.freed_bytes)
        say(results(), _("{name} is removed; that frees {size}."), name=removal.name, size=size)
    return exit_codes.DONE


def _agrees(freed: str) -> bool:
    """Ask; where nobody can answer, the answer is no."""
    if sys.stdin is None or not sys.stdin.isatty():
        say(remarks(), _("This frees {size}. Add --yes to remove it."), size=freed)
        return False
    question = _("Remove this? It frees {size}. [y/N] ").format(size=freed)
    remarks().print(Text(question), end="")
    try:
        answer = input().strip().lower()
    except EOFError:
        return False
    return answer in {"y", "yes", _("yes"), _("yes")[:1]}
