"""Says by which methods a run was asked, graded and judged, with their sources."""

from collections.abc import Iterator

from large_enough.domain.pack_run import (
    AnswerWay,
    PackRunRecord,
    PackRunSettings,
    RunMode,
    RunOrder,
    Variant,
)
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import harmless_line
from large_enough.domain.verdict import Method, RunVerdict
from large_enough.report.provenance import Fact, FactGroup, fact, sampling_facts
from large_enough.wording.numbers import count_text, seconds_text
from large_enough.wording.pack_words import reasoning_text
from large_enough.wording.points import margin_text
from large_enough.wording.translate import _, ngettext
from large_enough.wording.verdict_words import method_text


def methods(verdict: RunVerdict, record: PackRunRecord) -> tuple[FactGroup, ...]:
    """Return everything that somebody needs to check the figures, or to repeat them."""
    return (
        FactGroup(heading=_("How it was judged"), facts=tuple(_judging(verdict))),
        FactGroup(heading=_("How it was asked"), facts=tuple(_asking(record))),
        FactGroup(heading=_("How it was graded"), facts=tuple(_grading(record))),
    )


def _judging(verdict: RunVerdict) -> Iterator[Fact]:
    yield fact(_("Margin"), _margin(verdict.plan.settings))
    yield fact(_("Outcome"), _outcome())
    if not isinstance(verdict.headline, Unavailable):
        yield fact(_("Limits of the difference"), method_text(verdict.headline))
        yield fact(_("Why these limits"), _why(verdict.headline.method))
    yield fact(_("Interval of an accuracy"), _accuracy())
    yield fact(_("Interval of a ratio"), _ratios())
    if len(verdict.contenders) > 2:
        yield fact(_("Several models"), _several())
    if not isinstance(verdict.evidence, Unavailable):
        yield fact(_("Evidence"), _evidence())
    if not isinstance(verdict.cascade, Unavailable):
        yield fact(_("Small first"), _cascade())
    yield fact(_("No overall score"), _("Accuracy, time, energy and memory are never mixed."))


def _margin(settings: PackRunSettings) -> str:
    return _(
        "{margin} points of 100: so much worse the small model may be. It was fixed before the run "
        "and stands in its record."
    ).format(margin=margin_text(settings.margin))


def _outcome() -> str:
    return _(
        "The difference (small minus large) has two one-sided 95 % limits; both together span a "
        "90 % interval. Large enough: the lower limit lies above minus the margin. The large one "
        "is worth it: the upper limit lies below minus the margin. Measurably worse: the upper "
        "limit lies between minus the margin and 0. Otherwise: not settled."
    )


def _why(method: Method) -> str:
    return {
        Method.SINGLE: _(
            "T. Tango, Statistics in Medicine 17 (1998) 891-908, for paired shares. In simulations "
            "of 20 to 200 questions at the margin it was wrong in 4.3 to 5.8 % of the cases where "
            "5 % are promised; the usual (Wald) limits in up to 12.5 %."
        ),
        Method.GROUPED: _(
            "Questions of a kind are not independent. The design effect (L. Kish, Survey Sampling, "
            "1965) is estimated, and Tango's limits (Statistics in Medicine 17, 1998, 891-908) are "
            "taken of so many fewer questions. In simulations of 10 to 40 kinds, false claims of "
            "“large enough” stayed at or below 5.6 %."
        ),
        Method.PARTIAL: _(
            "Answers can be partly right, so differences are not just -1, 0 and 1. Questions, or "
            "kinds of them, are drawn again 10,000 times with a fixed seed, and the mean of each "
            "draw is divided by its standard error (Efron and Tibshirani, An Introduction to the "
            "Bootstrap, 1993, chapter 12)."
        ),
        Method.BETTING: _(
            "Answers can be partly right and there are few questions: the limits come from betting "
            "(I. Waudby-Smith and A. Ramdas, JRSS-B 86, 2024) and hold exactly for any bounded "
            "points."
        ),
    }[method]


def _accuracy() -> str:
    return _(
        "Wilson's score interval, 95 %, two-sided (E. B. Wilson, JASA 22, 1927). Where questions "
        "are of kinds, it is that of the effective number of questions. Intervals of two models "
        "that overlap do not mean that the models are equal: the difference has limits of its own."
    )


def _ratios() -> str:
    return _(
        "Time and energy: sums over the same questions, one divided by the other; 90 % interval "
        "by drawing questions, or kinds of them, 10,000 times with a fixed seed. Medians of "
        "ratios: order statistics, no distribution assumed (David and Nagaraja, Order Statistics, "
        "section 7.1)."
    )


def _several() -> str:
    return _(
        "Ladders are walked down from the largest model, in an order settled beforehand, and end "
        "at the first that is not shown to be enough; so the error of the whole stays that of one "
        "test (Maurer, Hothorn and Lehmacher, 1995). P-values of all pairs are adjusted (S. Holm, "
        "1979). Limits of pairs beside the headline are not adjusted."
    )


def _evidence() -> str:
    return _(
        "Test martingales: under the hypothesis to be refuted the chance that one ever reaches 20 "
        "is at most 5 %, so one may look after every question (I. Waudby-Smith and A. Ramdas, "
        "JRSS-B 86, 2024)."
    )


def _cascade() -> str:
    return _(
        "Computed from recorded answers, nothing is asked again. Which signal decides was settled "
        "beforehand. The cut-off is judged by leaving out one question, or one kind of questions, "
        "at a time, and nothing is advised where the signal does not sort clearly better than "
        "chance. The time that changing models in memory would take is left out. AUROC: chance "
        "that a right answer has the higher signal, ties half (Mann and Whitney, 1947)."
    )


def _asking(record: PackRunRecord) -> Iterator[Fact]:
    plan, settings = record.plan, record.plan.settings
    yield fact(_("Questions"), _questions(record))
    yield fact(_("Order of questions"), _order(settings))
    yield fact(_("Order of models"), _turns(settings))
    yield fact(_("Mode"), _mode(settings))
    yield fact(_("Way of answering"), _way(settings))
    if settings.variant is Variant.NO_CONTEXT:
        yield fact(_("Documents"), _("left out, as a control"))
    yield fact(_("Repeats"), count_text(settings.repeats))
    yield fact(_("Longest answer, tokens"), _longest_answer(record))
    yield fact(_("Longest time of an answer"), seconds_text(settings.limits.longest_s))
    yield fact(_("Longest answer, characters"), count_text(settings.limits.longest_characters))
    yield fact(_("Stopped when it repeats itself"), settings.limits.stops_loops)
    yield from sampling_facts(settings.answers)
    yield fact(_("System message"), plan.pack.system_prompt or None)
    if settings.way is AnswerWay.GENERATED:
        yield fact(_("Reasoning"), reasoning_text(plan.pack) or None)


def _questions(record: PackRunRecord) -> str:
    asked, graded = len(record.plan.item_ids), len(record.plan.pack.graded_items)
    if asked == graded:
        return ngettext("all {count} of the pack", "all {count} of the pack", graded).format(
            count=count_text(graded)
        )
    return _(
        "{asked} of the pack's {count}, chosen by the seed evenly over levels and kinds"
    ).format(asked=count_text(asked), count=count_text(graded))


def _order(settings: PackRunSettings) -> str:
    return _("random, the same for all models, from seed {seed}").format(seed=settings.seed)


def _turns(settings: PackRunSettings) -> str:
    return {
        RunOrder.MODEL_BY_MODEL: _("all questions to one model, then to the next"),
        RunOrder.ABBA: _("blocks in turned order (A, B, B, A), so that heat meets all alike"),
    }[settings.order]


def _mode(settings: PackRunSettings) -> str:
    if settings.mode is RunMode.MEASURE:
        return _("one answer at a time; time, memory and energy are measured, loading left out")
    return _("{count} answers at once: grades only, no times and no energy").format(
        count=count_text(settings.batch_size)
    )


def _way(settings: PackRunSettings) -> str:
    return {
        AnswerWay.GENERATED: _("the model writes, and the answer is looked for in its text"),
        AnswerWay.FORCED_CHOICE: _("the probabilities of the options' letters are read"),
    }[settings.way]


def _longest_answer(record: PackRunRecord) -> str:
    items = {item.id: item for item in record.plan.pack.items}
    asked = [items[item_id] for item_id in record.plan.item_ids if item_id in items]
    limits = sorted({record.plan.max_tokens(item) for item in asked})
    if not limits:
        return ""
    words = count_text(limits[0])
    if len(limits) > 1:
        words = _("{low} to {high}, as each question says").format(
            low=count_text(limits[0]), high=count_text(limits[-1])
        )
    return " ".join((words, *_raised(record)))


def _raised(record: PackRunRecord) -> Iterator[str]:
    """Say for how many answers the limit was raised, once they were asked again."""
    for rise in record.plan.rises:
        if rise.max_tokens is not None:
            yield ngettext(
                "({count} answer that a limit had cut was asked for again with {tokens})",
                "({count} answers that a limit had cut were asked for again with {tokens})",
                len(rise.keys),
            ).format(count=count_text(len(rise.keys)), tokens=count_text(rise.max_tokens))


def _grading(record: PackRunRecord) -> Iterator[Fact]:
    graders = sorted({harmless_line(cell.grade.grader) for cell in record.cells})
    yield fact(
        _("Rule"),
        _(
            "By rule, without knowing which model it was. An answer that is empty, cut, refused "
            "or in error counts 0, and so does a question too long to be asked; what a person "
            "must judge is left out until then."
        ),
    )
    yield fact(_("Graders and their versions"), ", ".join(graders) or None)
    by_hand = sum(cell.hand_grade is not None for cell in record.cells)
    yield fact(_("Graded by people"), count_text(by_hand))
    for regrading in record.regradings:
        changed = ", ".join(regrading.changed_item_ids) or _("no key changed")
        why = f" ({regrading.why})" if regrading.why else ""
        yield fact(_("Graded again"), f"{regrading.utc}: {changed}{why}")
