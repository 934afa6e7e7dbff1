"""Names and explains the settings of a run, and reads them out of their controls."""

from large_enough.domain.pack_run import PackRunSettings, RunLimits, RunMode, RunOrder
from large_enough.domain.setting_limits import MAX_TOKENS, SEED, Limits
from large_enough.ui.setting_numbers import NumberSpec
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _, ngettext

MARGINS = (0.05, 0.10, 0.15)
REPEATS = (1, 2, 3, 5)
MODES = (RunMode.MEASURE, RunMode.FAST)
ORDERS = (RunOrder.MODEL_BY_MODEL, RunOrder.ABBA)


def mode_name(mode: RunMode) -> str:
    """Return the name of a mode, as on its switch."""
    return {RunMode.MEASURE: _("Measure everything"), RunMode.FAST: _("Grade fast")}[mode]


def mode_meaning(mode: RunMode) -> str:
    """Return what a mode means."""
    return {
        RunMode.MEASURE: _(
            "One answer at a time. Each answer is graded, and its time, memory and energy are "
            "measured, so that contenders can be compared in what they cost."
        ),
        RunMode.FAST: _(
            "Several answers at once: several times faster, but grades only. There are no times "
            "and no energy, since answers disturb each other."
        ),
    }[mode]


def order_name(order: RunOrder) -> str:
    """Return the name of an order, as on its switch."""
    return {RunOrder.MODEL_BY_MODEL: _("Model by model"), RunOrder.ABBA: _("In turns")}[order]


def order_meaning(order: RunOrder) -> str:
    """Return what an order means."""
    return {
        RunOrder.MODEL_BY_MODEL: _(
            "All questions to one model, then to the next: each is loaded once. The later ones "
            "meet a warmer processor."
        ),
        RunOrder.ABBA: _(
            "Blocks of questions to A, B, B, A and so on, so that heat and battery meet all alike. "
            "Models are loaded more often."
        ),
    }[order]


def margin_text(margin: float) -> str:
    """Return a margin in points: "10 points"."""
    points = round(margin * 100)
    words = ngettext("{count} point", "{count} points", points)
    return words.format(count=points)


def margin_meaning(margin: float) -> str:
    """Return what a margin means, and why it is set now."""
    points = round(margin * 100)
    words = ngettext(
        "The small model may get {count} question in 100 less right and is still large enough. ",
        "The small model may get {count} questions in 100 less right and is still large enough. ",
        points,
    ).format(count=points)
    return words + _(
        "It is fixed before the run: chosen afterwards, it could be made to fit the result."
    )


def repeats_text(repeats: int) -> str:
    """Return how often each question is asked."""
    words = ngettext("{count} time", "{count} times", repeats)
    return words.format(count=repeats)


def sample_spec(item_count: int) -> NumberSpec:
    """Return the setting for a sample of the questions."""
    return NumberSpec(
        field="sample_count",
        title=_("Only some of the questions"),
        explanation=_(
            "Chosen evenly over levels and kinds, the same for all contenders. Few questions show "
            "only large differences. Empty for all {count}."
        ).format(count=count_text(item_count)),
        limits=Limits(1, max(1, item_count)),
        usual=item_count,
        is_whole=True,
    )


def limit_specs() -> tuple[NumberSpec, ...]:
    """Return the settings that say when an answer is given up, and how chance begins."""
    usual = PackRunSettings()
    limits = RunLimits()
    return (
        NumberSpec(
            field="max_tokens",
            title=_("Longest answer, in tokens"),
            explanation=_("Empty for what each question says. Cut answers count as cut off."),
            limits=MAX_TOKENS,
            usual=None,
            is_whole=True,
        ),
        NumberSpec(
            field="longest_s",
            title=_("Longest time for an answer, in seconds"),
            explanation=_("After it, the answer is stopped and counts as too slow."),
            limits=Limits(1, 86_400),
            usual=limits.longest_s,
        ),
        NumberSpec(
            field="longest_characters",
            title=_("Longest answer, in characters"),
            explanation=_("Tokens of different models hold different amounts of text."),
            limits=Limits(10, 1_000_000),
            usual=limits.longest_characters,
            is_whole=True,
        ),
        NumberSpec(
            field="seed",
            title=_("Seed"),
            explanation=_("Start of the random order of questions and options."),
            limits=SEED,
            usual=usual.seed,
            is_whole=True,
        ),
        NumberSpec(
            field="batch_size",
            title=_("Answers at once"),
            explanation=_("Only where grading is fast; each needs memory for its context."),
            limits=Limits(1, 64),
            usual=usual.batch_size,
            is_whole=True,
        ),
    )
