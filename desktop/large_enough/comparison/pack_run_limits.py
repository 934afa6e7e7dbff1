"""Raises the limits of a run: answers that were cut are asked again, of every contender alike.

What is asked again depends only on whether a limit cut the answer, not on whether it was right, and
the new limits are the same for all: nobody gets a second chance that another one has not.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from large_enough.comparison.run_matrix import status_of
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.grade import ReplyEnd
from large_enough.domain.limit_trouble import (
    MUCH_TROUBLE_SHARE,
    TROUBLES,
    LimitProposal,
    LimitTrouble,
)
from large_enough.domain.pack_run import Cell, LimitRise, PackRunPlan, PackRunRecord
from large_enough.domain.quantity import Unavailable
from large_enough.wording.translate import _

RAISE_OPTION = "--raise-limits"
TOKENS_FACTOR = 4
TIME_FACTOR = 2
CHARACTERS_PER_TOKEN = 16
"""More than any tokenizer puts into a token on average: the tokens' limit comes first."""


def limit_troubles(record: PackRunRecord) -> tuple[LimitTrouble, ...]:
    """Return the contenders with more than a few answers that were cut, empty or unreadable."""
    troubles = []
    for contender in record.plan.contenders:
        cells = [cell for cell in record.cells if cell.key.letter == contender.letter]
        count = sum(status_of(cell) in TROUBLES for cell in cells)
        if cells and count / len(cells) > MUCH_TROUBLE_SHARE:
            troubles.append(
                LimitTrouble(letter=contender.letter, trouble_count=count, answer_count=len(cells))
            )
    return tuple(troubles)


def proposed_limits(record: PackRunRecord) -> LimitProposal | None:
    """Return limits that would let cut answers come to their end; None if there are none."""
    if not has_come_through(record):
        return None
    long, slow = _cut(record, ReplyEnd.LENGTH), _cut(record, ReplyEnd.TIMEOUT)
    tokens = min(_next_tokens(record, long), _room_tokens(record, (*long, *slow)))
    is_longer = bool(long) and tokens > _most_tokens(record, (*long, *slow))
    count = (len(long) if is_longer else 0) + len(slow)
    if not count:
        return None
    return LimitProposal(
        max_tokens=tokens if is_longer else None,
        longest_s=TIME_FACTOR * _most_s(record, (*long, *slow)) if slow else None,
        answer_count=count,
    )


def with_raised_limits(
    record: PackRunRecord, *, max_tokens: int | None, longest_s: float | None, utc: str
) -> PackRunPlan:
    """Return a run's plan in which what a limit cut is asked again with higher limits.

    Args:
        record: The run.
        max_tokens: Longest answer; None to ask nothing again that was too long.
        longest_s: Longest time; None to ask nothing again that took too long. With neither, the
            limits are those that would be proposed.
        utc: The time of day.

    Raises:
        RequestError: Nothing was cut by that limit, it is not higher, or the context has no room.
    """
    if not has_come_through(record):
        raise _refusal(_("the run is not complete yet: go on with it first"))
    if max_tokens is None and longest_s is None:
        max_tokens, longest_s = _proposed(record)
    again = (
        *(_cut(record, ReplyEnd.LENGTH) if max_tokens is not None else ()),
        *(_cut(record, ReplyEnd.TIMEOUT) if longest_s is not None else ()),
    )
    if not again:
        raise _refusal(_("no answer was cut by this limit"))
    _check_higher(record, again, max_tokens, longest_s)
    rise = LimitRise(
        utc=utc,
        max_tokens=max_tokens,
        longest_s=longest_s,
        longest_characters=_characters(record, max_tokens),
        keys=tuple(cell.key for cell in again),
    )
    plan = record.plan_as_asked
    return msgspec.structs.replace(plan, rises=(*plan.rises, rise))


def still_replaceable(rise: LimitRise, record: PackRunRecord) -> LimitRise:
    """Return a rise without answers that are gone by now, or that a person has judged since."""
    keys = {cell.key for cell in record.cells if cell.hand_grade is None}
    return msgspec.structs.replace(rise, keys=tuple(key for key in rise.keys if key in keys))


def _proposed(record: PackRunRecord) -> tuple[int | None, float | None]:
    proposal = proposed_limits(record)
    if proposal is not None:
        return proposal.max_tokens, proposal.longest_s
    if _cut(record, ReplyEnd.LENGTH):
        raise _refusal(
            _("the context has no room for longer answers: begin a new run with a larger --n-ctx")
        )
    raise _refusal(_("no answer was cut by a limit"))


def _check_higher(
    record: PackRunRecord, again: Sequence[Cell], max_tokens: int | None, longest_s: float | None
) -> None:
    """Refuse limits that are not higher, or that the context has no room for."""
    words = _("it was {limit} already")
    if max_tokens is not None:
        before, room = _most_tokens(record, again), _room_tokens(record, again)
        if max_tokens <= before:
            raise _refusal(words.format(limit=before), "--max-tokens")
        if max_tokens > room:
            problem = _("beside these questions the context has room for {count} tokens at most")
            raise _refusal(problem.format(count=max(0, room)), "--max-tokens")
    if longest_s is not None and not _most_s(record, again) < longest_s < math.inf:
        limit = f"{_most_s(record, again):g}"
        raise _refusal(words.format(limit=limit), "--longest")


def has_come_through(record: PackRunRecord) -> bool:
    """Return whether all have answered everything, but for those that cannot go on."""
    wanted = len(record.plan.item_ids) * record.plan.settings.repeats
    counts = Counter(cell.key.letter for cell in record.cells)
    return all(
        counts[contender.letter] >= wanted
        for contender in record.plan.contenders
        if contender.letter not in record.problems
    )


def _cut(record: PackRunRecord, end: ReplyEnd) -> list[Cell]:
    """Return the answers that ended so.

    What a person has judged stays as it is, and so do the answers of a contender that cannot go on:
    it could not give others.
    """
    return [
        cell
        for cell in record.cells
        if cell.end is end and cell.hand_grade is None and cell.key.letter not in record.problems
    ]


def _most_tokens(record: PackRunRecord, cells: Iterable[Cell]) -> int:
    return max((record.plan.limits(cell.key).max_tokens or 0 for cell in cells), default=0)


def _next_tokens(record: PackRunRecord, cells: Iterable[Cell]) -> int:
    """Return the limit to try next: one that others had already, so that all have the same."""
    before = _most_tokens(record, cells)
    used = max((rise.max_tokens or 0 for rise in record.plan.rises), default=0)
    return used if used > before else TOKENS_FACTOR * before


def _most_s(record: PackRunRecord, cells: Iterable[Cell]) -> float:
    return max((record.plan.limits(cell.key).longest_s for cell in cells), default=0.0)


def _room_tokens(record: PackRunRecord, cells: Iterable[Cell]) -> int:
    """Return the longest answer that the context has room for beside each of the questions."""
    contexts = {setup.setup_id: setup.loaded.context_tokens for setup in record.setups}
    rooms = []
    for cell in cells:
        asked_for = record.plan.contender(cell.key.letter).load.context_tokens
        context = asked_for if cell.setup_id is None else contexts.get(cell.setup_id, asked_for)
        prompt = cell.prompt_token_count
        rooms.append(context - (0 if isinstance(prompt, Unavailable) else prompt))
    return min(rooms, default=0)


def _characters(record: PackRunRecord, max_tokens: int | None) -> int | None:
    if max_tokens is None:
        return None
    return max(record.plan.settings.limits.longest_characters, CHARACTERS_PER_TOKEN * max_tokens)


def _refusal(problem: str, option: str = RAISE_OPTION) -> RequestError:
    return RequestError(FailureKind.BAD_SETTING, option, problem=problem)
