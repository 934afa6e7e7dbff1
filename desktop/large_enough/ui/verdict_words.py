"""Says in the window what a verdict is about; the verdict's own sentences are in `wording`."""

from large_enough.domain.interval import ShareInterval
from large_enough.domain.pack_run import PackRunPlan
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.round import Machine
from large_enough.domain.text import harmless_line
from large_enough.domain.verdict import FieldPair, PairVerdict, RunVerdict
from large_enough.ui.pack_run_words import pack_title
from large_enough.ui.round_words import time_text
from large_enough.wording.numbers import count_text, share_text
from large_enough.wording.points import difference_words
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _, ngettext
from large_enough.wording.verdict_words import contender_names

_LONGEST_QUESTION = 160


def place_words(verdict: RunVerdict) -> str:
    """Return which run is meant: "Retail banking · 100 questions of 20 kinds · ..."."""
    parts = (
        pack_title(verdict.plan.pack),
        _asked_words(verdict.plan),
        _machine_words(verdict.machine),
        time_text(verdict.started_utc),
    )
    return " · ".join(part for part in parts if part)


def _machine_words(machine: Machine) -> str:
    name = machine.cpu_name
    return "" if isinstance(name, Unavailable) else harmless_line(name)


def _asked_words(plan: PackRunPlan) -> str:
    items = plan.items
    questions = ngettext("{count} question", "{count} questions", len(items))
    words = questions.format(count=count_text(len(items)))
    kinds = {item.cluster for item in items}
    if len(kinds) == len(items):
        return words
    of_kinds = ngettext("of {count} kind", "of {count} kinds", len(kinds))
    return f"{words} {of_kinds.format(count=count_text(len(kinds)))}"


def pair_words(verdict: RunVerdict, pair: PairVerdict) -> str:
    """Return who stands beside whom: "Qwen 0.5B beside Qwen 1.5B"."""
    names = contender_names(verdict)
    return _("{small} beside {large}").format(small=names[pair.small], large=names[pair.large])


def question_words(plan: PackRunPlan, item_id: str) -> str:
    """Return a question in one line, with its id."""
    questions = {item.id: item.question for item in plan.pack.items}
    question = harmless_line(questions.get(item_id, ""))[:_LONGEST_QUESTION]
    return _("{item}: {question}").format(item=harmless_line(item_id), question=question)


def interval_words(interval: ShareInterval | Unavailable) -> str:
    """Return a share with its ends: "81 % (72 to 88)"."""
    if isinstance(interval, Unavailable):
        return "—"
    return _("{share} ({low} to {high})").format(
        share=share_text(interval.share),
        low=count_text(interval.low * 100),
        high=count_text(interval.high * 100),
    )


def reason_of(value: Quantity | ShareInterval) -> str:
    """Return why something is not known; "" if it is."""
    return reason_text(value.reason) if isinstance(value, Unavailable) else ""


def field_sentence(verdict: RunVerdict, pair: FieldPair) -> str:
    """Return how a model for this field does beside a general one."""
    names = contender_names(verdict)
    special, general = names[pair.special], names[pair.general]
    if isinstance(pair.limits, Unavailable):
        words = _("{special} beside {general}: {reason}.")
        return words.format(
            special=special, general=general, reason=reason_text(pair.limits.reason)
        )
    limits = pair.limits
    words = _(
        "{special}, made for this field, beside {general}: {difference}. The true difference "
        "probably lies between {low} and {high}."
    ).format(
        special=special,
        general=general,
        difference=difference_words(limits.difference),
        low=difference_words(limits.low),
        high=difference_words(limits.high),
    )
    if pair.same_size:
        return words
    care = _("They differ in size, too, so the effects of size and field cannot be told apart.")
    return f"{words} {care}"
