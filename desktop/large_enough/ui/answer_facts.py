"""Says of an answer of a run how it was judged, what it cost, and how it ended."""

from collections.abc import Mapping

from large_enough.comparison.run_matrix import status_of
from large_enough.domain.energy import Energy
from large_enough.domain.energy_use import headline
from large_enough.domain.generation import Timing
from large_enough.domain.grade import HandGrade, ReplyEnd
from large_enough.domain.pack_run import Cell
from large_enough.domain.quantity import Unavailable
from large_enough.domain.resource_use import ResourceUse
from large_enough.domain.text import harmless, harmless_line
from large_enough.ui.round_words import time_text
from large_enough.wording.energy_words import energy_text, quality_text, scopes_text
from large_enough.wording.failures import explain
from large_enough.wording.grade_words import status_word, step_sentences
from large_enough.wording.numbers import bytes_text, count_text, seconds_text, share_text
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _, ngettext

_LONGEST_TAKEN = 200


def judgement_line(cell: Cell) -> str:
    """Return what became of an answer: "wrong", "partly right, 50 % of the points"."""
    words, score = status_word(status_of(cell)), cell.score
    if isinstance(score, Unavailable) or score in (0.0, 1.0):
        return words
    return _("{words}, {share} of the points").format(words=words, share=share_text(score))


def taken_line(cell: Cell) -> str:
    """Return what was taken as the answer; "" if nothing was."""
    taken = harmless_line(cell.grade.taken)
    if not taken:
        return ""
    if len(taken) > _LONGEST_TAKEN:
        taken = f"{taken[: _LONGEST_TAKEN - 1]}…"
    return _("Taken as the answer: {taken}").format(taken=taken)


def why_lines(cell: Cell) -> tuple[str, ...]:
    """Return why it was judged so: by a person, by the rule, or why it failed."""
    lines = []
    if cell.hand_grade is not None:
        lines.append(hand_line(cell.hand_grade))
        lines.append(_("By the rule it is: {words}.").format(words=status_word(cell.grade.status)))
    if cell.error is not None:
        words = explain(cell.error)
        lines += [words.happened, words.next_step]
    elif cell.end is not ReplyEnd.FINISHED:
        lines.append(end_sentence(cell.end))
    lines += step_sentences(cell.grade)
    return tuple(harmless_line(line) for line in lines if line)


def hand_line(hand: HandGrade) -> str:
    """Return who judged an answer by hand, when, and why."""
    who = harmless_line(hand.who) or _("somebody")
    words = _("Judged by {who} on {time}.").format(who=who, time=time_text(hand.utc))
    why = harmless_line(hand.why)
    return f"{words} {why}" if why else words


def end_sentence(end: ReplyEnd) -> str:
    """Return how the text came to its end."""
    return {
        ReplyEnd.FINISHED: _("The model had finished."),
        ReplyEnd.LENGTH: _("The answer was cut at the limit."),
        ReplyEnd.CONTEXT_FULL: _("The answer was cut: the context is full."),
        ReplyEnd.LOOPING: _("The model repeated itself and was stopped."),
        ReplyEnd.TIMEOUT: _("The time for one answer was up."),
        ReplyEnd.OVERFLOW: _("The question does not fit the context, so it was not asked."),
        ReplyEnd.FAILED: _("The model could not answer."),
    }[end]


def energies_of(cells: Mapping[str, Cell]) -> dict[str, Energy | Unavailable]:
    """Return the energies of the answers to one question, all of the same parts and kind."""
    uses = {
        letter: cell.resources.energy
        for letter, cell in cells.items()
        if isinstance(cell.resources, ResourceUse)
    }
    return headline(uses).energies if uses else {}


def cost_lines(cell: Cell, energy: Energy | Unavailable | None) -> tuple[str, ...]:
    """Return what an answer took: time, tokens, memory, energy with where it is from."""
    timing = cell.timing
    if isinstance(timing, Unavailable):
        return (_("No times: {reason}").format(reason=reason_text(timing.reason)),)
    lines = [_time_line(timing), _tokens_line(timing)]
    if isinstance(cell.resources, ResourceUse):
        needed = cell.resources.memory.needed_bytes
        if not isinstance(needed, Unavailable):
            lines.append(_("{amount} of memory").format(amount=bytes_text(needed)))
    if energy is not None:
        lines.append(_energy_line(energy))
    return tuple(lines)


def _time_line(timing: Timing) -> str:
    words = _("{time} in all").format(time=seconds_text(timing.total_s))
    if isinstance(timing.first_token_s, Unavailable):
        return words
    first = _("first token after {time}").format(time=seconds_text(timing.first_token_s))
    return f"{words}, {first}"


def _tokens_line(timing: Timing) -> str:
    count = timing.generated_token_count
    words = ngettext("{count} token, prompt {prompt}", "{count} tokens, prompt {prompt}", count)
    return words.format(count=count_text(count), prompt=count_text(timing.prompt_token_count))


def _energy_line(energy: Energy | Unavailable) -> str:
    if isinstance(energy, Unavailable):
        return _("no energy: {reason}").format(reason=reason_text(energy.reason))
    return _("{energy}, {quality}: {scope}").format(
        energy=energy_text(energy),
        quality=quality_text(energy.quality),
        scope=scopes_text(energy.scopes),
    )


def shown_text(text: str) -> str:
    """Return text of a pack as it may be shown: several lines, nothing that acts."""
    return harmless(text).strip()
