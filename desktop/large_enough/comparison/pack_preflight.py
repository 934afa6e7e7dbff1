"""Looks, before a run, at everything that could stand in its way; a line for each, with a verdict.

Nothing is guessed that can be asked: each model is loaded once, answers once, and counts the tokens
of every question. Nothing is ever shortened: what has no room is named.
"""

import enum
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import msgspec

from large_enough.comparison.pack_run_counting import count_tokens
from large_enough.comparison.pack_run_ends import GivenUpError, StoppedError
from large_enough.comparison.pack_run_loading import RunTools, seat_of, warmed_up
from large_enough.comparison.pack_run_plan import wanted_keys
from large_enough.comparison.pack_run_questions import needed_tokens, question
from large_enough.domain.expected_speed import ExpectedSpeed
from large_enough.domain.fit import FitVerdict, GroupFit, ModelFit, Unjudged
from large_enough.domain.pack_run import PackRunPlan, RunMode
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import Contender
from large_enough.report.power import chance_sentence
from large_enough.store.log_lines import encode_record
from large_enough.wording.failures import explain
from large_enough.wording.numbers import bytes_text, count_text, duration_text
from large_enough.wording.power_words import kinds_sentence, power_sentence
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _, ngettext

NO_SETUP = -1
CELL_BYTES = 8_000
"""What an answer takes in the record, measures included: the longest of some hundred (ours)."""
SPARE_DISK_BYTES = 50_000_000
"""Shall stay free beside the record, for everything else that is written meanwhile."""
SHORT_ANSWER_SHARE = 0.1
"""Of the limit: answers of one line, which most questions ask for."""
SHOWN_ITEMS = 5


class PreflightVerdict(enum.StrEnum):
    """How it stands with something that was looked at."""

    GOOD = "good"
    CARE = "care"
    """The run can begin, but something should be known first."""
    BAD = "bad"
    """The run cannot begin, or this contender cannot take part."""
    NOTE = "note"
    """Nothing to judge: a forecast."""


class PreflightLine(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at."""

    verdict: PreflightVerdict
    letter: str = ""
    """Of the contender that it is about; empty if it is about all."""
    title: str
    """What was looked at."""
    words: str
    """What was found."""
    next_step: str = ""
    """What to do where it is not good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreflightDesk:
    """What is looked at, gathered so that tests can hand in their own."""

    tools: RunTools
    forecast: Callable[[], GroupFit]
    free_disk_bytes: Callable[[], int | None]


def preflight(
    plan: PackRunPlan, desk: PreflightDesk, on_line: Callable[[PreflightLine], None]
) -> tuple[PreflightLine, ...]:
    """Look at everything, on the caller's thread.

    Args:
        plan: The run.
        desk: What is looked at.
        on_line: Told each line as soon as it is known.

    Returns:
        All lines; fewer if it was stopped.
    """
    lines: list[PreflightLine] = []
    try:
        for line in _lines(plan, desk):
            lines.append(line)
            on_line(line)
    except StoppedError:
        pass
    finally:
        desk.tools.fleet.dismiss_others(())
    return tuple(lines)


def _lines(plan: PackRunPlan, desk: PreflightDesk) -> Iterator[PreflightLine]:
    if len(plan.contenders) > 1:
        yield _power_line(plan)
    fit = desk.forecast()
    yield from (
        _memory_line(contender, one)
        for contender, one in zip(plan.contenders, fit.fits, strict=False)
    )
    yield _disk_line(plan, desk.free_disk_bytes())
    for contender in plan.contenders:
        yield from _model_lines(plan, contender, desk)
    yield _time_line(plan, fit)


def _power_line(plan: PackRunPlan) -> PreflightLine:
    """Say what so many questions can show; to be on the safe side, those of a kind count as one."""
    kind_count = len({item.cluster for item in plan.items})
    sentences = (
        kinds_sentence(len(plan.item_ids), kind_count),
        power_sentence(kind_count),
        chance_sentence(kind_count, plan.settings.margin),
    )
    title, words = _("What it can show"), " ".join(filter(None, sentences))
    return _line(PreflightVerdict.NOTE, "", title, words)


def _memory_line(contender: Contender, fit: ModelFit | Unjudged) -> PreflightLine:
    title = _("Memory")
    if isinstance(fit, Unjudged):
        if fit.error is None:
            words = _("it takes next to nothing: it is scripted")
            return _line(PreflightVerdict.GOOD, contender.letter, title, words)
        told = explain(fit.error)
        verdict = PreflightVerdict.BAD
        return _line(verdict, contender.letter, title, told.happened, told.next_step)
    words = _("needs {needed}; {usable} can be used").format(
        needed=bytes_text(fit.need.needed_bytes),
        usable=bytes_text(max(0, fit.room.usable_bytes)),
    )
    verdict = {
        FitVerdict.FITS: PreflightVerdict.GOOD,
        FitVerdict.TIGHT: PreflightVerdict.CARE,
        FitVerdict.DOES_NOT_FIT: PreflightVerdict.BAD,
    }[fit.verdict]
    next_step = (
        ""
        if verdict is PreflightVerdict.GOOD
        else _("Close other programs, choose a smaller context, or fewer answers at once.")
    )
    return _line(verdict, contender.letter, title, words, next_step)


def _disk_line(plan: PackRunPlan, free_bytes: int | None) -> PreflightLine:
    title = _("Room on the disk")
    if free_bytes is None:
        return _line(PreflightVerdict.CARE, "", title, _("it is not known"))
    needed_bytes = len(encode_record(plan.pack)) + plan.cell_count * CELL_BYTES
    words = _("the record needs about {needed}; {free} are free").format(
        needed=bytes_text(needed_bytes), free=bytes_text(free_bytes)
    )
    if free_bytes >= needed_bytes + SPARE_DISK_BYTES:
        return _line(PreflightVerdict.GOOD, "", title, words)
    next_step = _("Make room on the disk first: {spare} shall stay free besides.").format(
        spare=bytes_text(SPARE_DISK_BYTES)
    )
    return _line(PreflightVerdict.BAD, "", title, words, next_step)


def _model_lines(
    plan: PackRunPlan, contender: Contender, desk: PreflightDesk
) -> Iterator[PreflightLine]:
    letter, title = contender.letter, _("Chat template")
    try:
        loaded, done = warmed_up(desk.tools, plan, letter, lambda _event: None, lambda _error: None)
        seat = seat_of(desk.tools, loaded, done, NO_SETUP)
    except GivenUpError as given_up:
        told = explain(given_up.error)
        yield _line(PreflightVerdict.BAD, letter, _("Loading"), told.happened, told.next_step)
        return
    words = _("the model answers in its own format")
    yield _line(PreflightVerdict.GOOD, letter, title, words)
    if plan.settings.mode is RunMode.FAST:
        yield _parallel_line(plan, letter, done.context.loaded.parallel_sequences)
    questions = [question(plan, key) for key in wanted_keys(plan, letter)]
    counts = count_tokens(plan, seat, questions, desk.tools)
    yield _context_line(plan, letter, counts, done.context.loaded.context_tokens)


def _parallel_line(plan: PackRunPlan, letter: str, count: int) -> PreflightLine:
    title = _("Answers at once")
    if count >= plan.settings.batch_size:
        return _line(PreflightVerdict.GOOD, letter, title, count_text(count))
    words = _("{count}, though {wanted} were wanted: this model can do no more").format(
        count=count_text(count), wanted=count_text(plan.settings.batch_size)
    )
    return _line(PreflightVerdict.CARE, letter, title, words)


def _context_line(
    plan: PackRunPlan, letter: str, counts: Mapping[str, int], room_tokens: int
) -> PreflightLine:
    """Say whether every question has room with the longest answer it may get."""
    title = _("Length of the questions")
    keys = wanted_keys(plan, letter)[: len(plan.item_ids)]
    needs = {
        one.key.item_id: needed_tokens(plan, one, counts[one.key.item_id])
        for one in (question(plan, key) for key in keys)
        if one.key.item_id in counts
    }
    if len(needs) < len(plan.item_ids):
        words = _("not all questions could be counted; those that do not fit are named in the run")
        return _line(PreflightVerdict.CARE, letter, title, words)
    over = [item_id for item_id, need in needs.items() if need > room_tokens]
    longest = max(needs.values())
    if not over:
        words = _("the longest takes {need} of {room} tokens, its answer included").format(
            need=count_text(longest), room=count_text(room_tokens)
        )
        return _line(PreflightVerdict.GOOD, letter, title, words)
    words = ngettext(
        "{count} question does not fit the context of {room} tokens and would not be asked: {ids}",
        "{count} questions do not fit the context of {room} tokens and would not be asked: {ids}",
        len(over),
    ).format(
        count=count_text(len(over)),
        room=count_text(room_tokens),
        ids=", ".join(over[:SHOWN_ITEMS]) + ("…" if len(over) > SHOWN_ITEMS else ""),
    )
    next_step = _("Load the models with a context of at least {tokens} tokens.").format(
        tokens=count_text(longest)
    )
    return _line(PreflightVerdict.CARE, letter, title, words, next_step)


def _time_line(plan: PackRunPlan, fit: GroupFit) -> PreflightLine:
    """Forecast how long answers take, from how fast the models will probably write."""
    title = _("Time")
    answer_tokens = plan.settings.repeats * sum(plan.max_tokens(item) for item in plan.items)
    shortest_s = longest_s = 0.0
    for one in fit.fits:
        speed = one.speed if isinstance(one, ModelFit) else _NO_SPEED
        if not isinstance(speed, ExpectedSpeed):
            words = _("it cannot be told yet: {reason}").format(reason=reason_text(speed.reason))
            return _line(PreflightVerdict.NOTE, "", title, words)
        shortest_s += SHORT_ANSWER_SHARE * answer_tokens / speed.high_tokens_per_s
        longest_s += answer_tokens / speed.low_tokens_per_s
    words = _(
        "{least} if answers are short, at most {most} if all are as long as they may be; loading "
        "and reading the questions come on top"
    ).format(least=duration_text(shortest_s), most=duration_text(longest_s))
    return _line(PreflightVerdict.NOTE, "", title, words)


_NO_SPEED = Unavailable(reason="a scripted model has no speed of its own")


def _line(
    verdict: PreflightVerdict, letter: str, title: str, words: str, next_step: str = ""
) -> PreflightLine:
    return PreflightLine(
        verdict=verdict, letter=letter, title=title, words=words, next_step=next_step
    )
