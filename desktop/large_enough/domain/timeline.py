"""Makes the timeline of an answer possible, whatever a record claims about it."""

import math
from collections.abc import Iterable, Sequence

from large_enough.domain.generation import Answer, Chunk

LONGEST_S = 86_400.0
"""Answers take less than a day; a record that says otherwise is not believed."""
MOST_DRAWN = 500
"""Chunks of a timeline that a chart makes use of."""
_MOST_COUNT = 1 << 53


def end_s(answer: Answer) -> float:
    """Return when the answer ended, in seconds since its question: 0 to `LONGEST_S`."""
    return _bounded_s(answer.timing.total_s, LONGEST_S)


def tidy_timeline(answer: Answer) -> tuple[Chunk, ...]:
    """Return the timeline with every claim of it made possible.

    Times, characters and tokens never fall, no chunk lies beyond the answer's end or its text, each
    one adds some text, and together they show all of it. A sound timeline comes back unchanged.
    """
    length = len(answer.thoughts) + len(answer.text)
    whole_at_end = Chunk(end_s(answer), length, answer.timing.generated_token_count)
    return tidy_chunks((*answer.timeline, whole_at_end), most=whole_at_end)


def thinned(chunks: Sequence[Chunk], most: int = MOST_DRAWN) -> Sequence[Chunk]:
    """Return every second chunk, or third and so on, so that about `most` are left, and the last.

    Chunks hold totals, so that what lies between two of them is not lost.
    """
    step = max(1, math.ceil(len(chunks) / most))
    return chunks if step == 1 else [*chunks[:-1:step], chunks[-1]]


def tidy_chunks(chunks: Iterable[Chunk], *, most: Chunk | None = None) -> tuple[Chunk, ...]:
    """Return chunks of which none falls behind the one before, and none goes beyond `most`.

    Args:
        chunks: As they came.
        most: Time, characters and tokens at the end; None where it has not been reached yet.
    """
    end = most or Chunk(LONGEST_S, _MOST_COUNT, _MOST_COUNT)
    token_limit = _bounded_count(end.token_count, _MOST_COUNT)
    tidy: list[Chunk] = []
    last = Chunk(0.0, 0, 0)
    for chunk in chunks:
        character_count = _bounded_count(chunk.character_count, end.character_count)
        if character_count <= last.character_count:
            continue
        t_s = max(last.t_s, _bounded_s(chunk.t_s, end.t_s))
        token_count = max(last.token_count, _bounded_count(chunk.token_count, token_limit))
        last = Chunk(t_s, character_count, token_count)
        tidy.append(last)
    return tuple(tidy)


def _bounded_s(t_s: float, most_s: float) -> float:
    return min(max(t_s, 0.0), most_s) if math.isfinite(t_s) else most_s


def _bounded_count(count: int, most: int) -> int:
    return min(max(count, 0), most)
