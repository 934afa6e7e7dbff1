"""Puts options into the order in which they are shown: by a seed, and fair to every letter."""

import hashlib
from collections.abc import Iterable

from large_enough.domain.pack import ChoiceKey, MultiChoiceKey, Pack, PackItem


def shown_choices(pack: Pack, item: PackItem, seed: int) -> tuple[str, ...]:
    """Return an item's options as they are shown; none if it has no lettered options.

    The order depends on the pack, the item and the seed, so it is the same for every model. Among
    items with equally many options each letter is the right one equally often: models prefer some
    letters whatever stands there (Zheng et al. 2023, arXiv 2309.03882).

    Args:
        pack: The whole pack.
        item: One of its items.
        seed: Of the run.
    """
    key = item.key
    if not isinstance(key, ChoiceKey | MultiChoiceKey):
        return ()
    if not key.shuffle:
        return key.choices
    if isinstance(key, MultiChoiceKey):
        return _mixed(key.choices, item.id, seed)
    others = _mixed((each for each in key.choices if each != key.answer), item.id, seed)
    place = _rank(pack, item, len(key.choices), seed) % len(key.choices)
    return (*others[:place], key.answer, *others[place:])


def _rank(pack: Pack, item: PackItem, option_count: int, seed: int) -> int:
    """Return an item's place among those with as many options, in an order that the seed gives."""
    peers = [
        each.id
        for each in pack.items
        if isinstance(each.key, ChoiceKey)
        and each.key.shuffle
        and len(each.key.choices) == option_count
    ]
    own = _draw(seed, item.id)
    return sum(_draw(seed, peer) < own for peer in peers)


def _mixed(options: Iterable[str], item_id: str, seed: int) -> tuple[str, ...]:
    return tuple(sorted(options, key=lambda option: _draw(seed, item_id, option)))


def _draw(seed: int, *names: str) -> bytes:
    """Return what looks drawn by lot but is the same on every machine and version of Python."""
    return hashlib.sha256("\0".join((str(seed), *names)).encode()).digest()
