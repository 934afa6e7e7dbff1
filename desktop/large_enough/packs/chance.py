"""Computes what guessing gives."""

from large_enough.domain.pack import ChoiceKey, Key, LabelKey, MultiChoiceKey, Pack
from large_enough.domain.quantity import Quantity, Unavailable


def chance_level(pack: Pack) -> Quantity:
    """Return the share of points that guessing gives, 0 to 1.

    Options and labels are guessed evenly; for several right options every selection but the empty
    one is as likely as any other; whatever else is asked cannot be guessed.

    Args:
        pack: Only its graded items count.
    """
    keys = [item.key for item in pack.graded_items if item.key.__struct_config__.tag != "free"]
    if not keys:
        return Unavailable(reason="the pack has no graded questions")
    return sum(map(_chance, keys)) / len(keys)


def _chance(key: Key) -> float:
    match key:
        case ChoiceKey(choices=options) | LabelKey(labels=options):
            return 1 / max(1, len(options))
        case MultiChoiceKey(choices=options):
            return 1 / max(1, (1 << len(options)) - 1)
        case _:
            return 0.0
