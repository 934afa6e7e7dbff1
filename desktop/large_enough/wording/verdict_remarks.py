"""Says what to know before a verdict is believed, and what to do about it."""

import math
from collections.abc import Callable

from large_enough.domain.verdict import Remark, RemarkKind, RunVerdict
from large_enough.wording.numbers import (
    NOT_AVAILABLE,
    count_text,
    decimal_text,
    share_text,
)
from large_enough.wording.translate import _, ngettext
from large_enough.wording.verdict_names import contender_names, listed

_COUNTS = frozenset({"missing", "count", "asked", "all", "groups", "fewest", "items"})
_SHARES = frozenset({"share", "chance"})
_LEAST_SHARE = 0.005


def remark_text(verdict: RunVerdict, remark: Remark) -> str:
    """Return a remark: what it means, and what to do next."""
    names = contender_names(verdict)
    whom = [names[letter] for letter in remark.letters if letter in names]
    shown = _Shown({name: _fact_text(name, fact) for name, fact in remark.facts.items()})
    shown["names"] = listed(whom) if whom else _("All models")
    words = _SENTENCES[remark.kind](_counted(remark), len(whom))
    return words.format_map(shown)


class _Shown(dict[str, str]):
    """Facts in words; one that is missing is a dash."""

    def __missing__(self, name: str) -> str:
        """Return what stands for a fact that is not there."""
        return NOT_AVAILABLE


def _fact_text(name: str, fact: float) -> str:
    if not math.isfinite(fact):
        return NOT_AVAILABLE
    if name in _COUNTS:
        return count_text(fact)
    return _share_text(fact) if name in _SHARES else decimal_text(fact, 2)


def _share_text(share: float) -> str:
    """Return a share in per cent; one that is there is never 0 %."""
    return _("less than 1 %") if 0 < share < _LEAST_SHARE else share_text(share)


def _counted(remark: Remark) -> int:
    """Return the number that chooses the plural form."""
    for name in ("missing", "count", "items", "groups", "asked"):
        fact = remark.facts.get(name)
        if fact is not None and math.isfinite(fact):
            return int(fact)
    return 0


def _scripted(_count: int, whom: int) -> str:
    return ngettext(
        "{names} is a script, not a model: its figures show how the program works and nothing "
        "about any model.",
        "{names} are scripts, not models: their figures show how the program works and nothing "
        "about any model.",
        whom,
    )


def _no_context(_count: int, _whom: int) -> str:
    return _(
        "The documents were left out: who is right all the same knew it, or guessed. This is a "
        "control; for a verdict, ask the questions with their documents."
    )


def _forced_choice(_count: int, _whom: int) -> str:
    return _(
        "Options were chosen by their probability, nothing was written: a model that writes may "
        "answer otherwise. For what users will get, let the models write."
    )


def _incomplete(count: int, _whom: int) -> str:
    return ngettext(
        "{missing} answer is missing; only questions that both models answered are compared. Let "
        "the run go on to have it.",
        "{missing} answers are missing; only questions that both models answered are compared. "
        "Let the run go on to have them.",
        count,
    )


def _waiting(count: int, _whom: int) -> str:
    return ngettext(
        "{count} answer waits for people to judge it, and is left out until then: judge it in the "
        "results of the run.",
        "{count} answers wait for people to judge them, and are left out until then: judge them "
        "in the results of the run.",
        count,
    )


def _sampled(count: int, _whom: int) -> str:
    return ngettext(
        "Only {asked} of the pack's {all} questions was asked. Ask all of them to be surer.",
        "Only {asked} of the pack's {all} questions were asked. Ask all of them to be surer.",
        count,
    )


def _few_groups(count: int, _whom: int) -> str:
    return ngettext(
        "The questions say no more than {groups} kind of them would; with fewer than {fewest} the "
        "limits may be too bold. Add questions of other kinds before you rely on them.",
        "The questions say no more than {groups} kinds of equal size would; with fewer than "
        "{fewest} the limits may be too bold. Add questions of other kinds before you rely on "
        "them.",
        count,
    )


def _mostly_format(_count: int, _whom: int) -> str:
    return _(
        "{names}: {share} of the answers could not be read or were cut. That is mostly a problem "
        "of format or limits, not of knowledge. Raise the limit of the answers, or run it again "
        "with forced choice."
    )


def _chance(_count: int, _whom: int) -> str:
    return _(
        "{names}: no better than guessing, as far as these questions can tell; guessing gets "
        "{chance} right. Easier questions, or more of them, would tell more."
    )


def _large_not_best(_count: int, _whom: int) -> str:
    return _(
        "{names}: more right than the largest model. The others are still compared with the "
        "largest, as was settled beforehand; look at this pair, too."
    )


def _quantisation_differs(_count: int, _whom: int) -> str:
    return _(
        "Size and quantisation differ at once, so it cannot be told which of them made the "
        "difference. To compare sizes, take the same quantisation for all."
    )


def _regraded(count: int, _whom: int) -> str:
    return ngettext(
        "The key of {items} question was changed after the run, and all answers to it graded "
        "again. Check that nobody changed it to suit a model.",
        "The keys of {items} questions were changed after the run, and all answers to them graded "
        "again. Check that nobody changed them to suit a model.",
        count,
    )


def _by_hand(count: int, _whom: int) -> str:
    return ngettext(
        "{count} grade was given by a person, who may have known which model it was: the run's "
        "results say who gave it and why.",
        "{count} grades were given by people, who may have known which model it was: the run's "
        "results say who gave them and why.",
        count,
    )


def _drift(_count: int, _whom: int) -> str:
    return _(
        "{names}: the last third of the answers took {ratio} times as long as the first, "
        "so their times are not steady. Repeat the run in turned blocks, on a cool machine."
    )


def _disturbed(_count: int, _whom: int) -> str:
    return _(
        "{names}: other programs were busy during {share} of the answers, so times and energy may "
        "be too high. Close them and repeat the run."
    )


def _throttled(_count: int, _whom: int) -> str:
    return _(
        "{names}: heat or a power limit slowed the machine down during {share} of the answers. "
        "Let it cool, and repeat the run."
    )


def _swapped(_count: int, _whom: int) -> str:
    return _(
        "{names}: memory was short, and some of it was moved to disk during {share} of the "
        "answers; their times say little. Close other programs, or take a smaller model."
    )


def _on_battery(_count: int, _whom: int) -> str:
    return _(
        "{names}: {share} of the answers were given on battery, where many machines are slower. "
        "Plug it in and repeat the run before you compare times."
    )


def _unreadable_lines(count: int, _whom: int) -> str:
    return ngettext(
        "{count} line of the record makes no sense, and what it held is missing. The run can go "
        "on to ask that again.",
        "{count} lines of the record make no sense, and what they held is missing. The run can go "
        "on to ask that again.",
        count,
    )


def _repeats_differ(_count: int, _whom: int) -> str:
    return _(
        "{names}: the same question got the same grade each time in only {share} of the cases. "
        "Take more repeats, or a temperature of 0."
    )


_SENTENCES: dict[RemarkKind, Callable[[int, int], str]] = {
    RemarkKind.SCRIPTED: _scripted,
    RemarkKind.NO_CONTEXT: _no_context,
    RemarkKind.FORCED_CHOICE: _forced_choice,
    RemarkKind.INCOMPLETE: _incomplete,
    RemarkKind.WAITING: _waiting,
    RemarkKind.SAMPLED: _sampled,
    RemarkKind.FEW_GROUPS: _few_groups,
    RemarkKind.MOSTLY_FORMAT: _mostly_format,
    RemarkKind.CHANCE: _chance,
    RemarkKind.LARGE_NOT_BEST: _large_not_best,
    RemarkKind.QUANTISATION_DIFFERS: _quantisation_differs,
    RemarkKind.REGRADED: _regraded,
    RemarkKind.BY_HAND: _by_hand,
    RemarkKind.DRIFT: _drift,
    RemarkKind.DISTURBED: _disturbed,
    RemarkKind.THROTTLED: _throttled,
    RemarkKind.SWAPPED: _swapped,
    RemarkKind.ON_BATTERY: _on_battery,
    RemarkKind.UNREADABLE_LINES: _unreadable_lines,
    RemarkKind.REPEATS_DIFFER: _repeats_differ,
}
