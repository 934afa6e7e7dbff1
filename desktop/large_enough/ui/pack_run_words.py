"""Says what a pack is, what a run of it is, and how far it has come."""

from large_enough.domain.pack import Pack
from large_enough.domain.pack_run import PackRunEnd, PackRunPlan, PackRunSettings, RunMode, Variant
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import harmless_line
from large_enough.ui.run_specs import margin_text
from large_enough.wording.numbers import count_text, duration_text, share_text
from large_enough.wording.translate import _, ngettext


def pack_title(pack: Pack) -> str:
    """Return what a pack is called."""
    return harmless_line(pack.title) or harmless_line(pack.id)


def pack_facts(pack: Pack) -> str:
    """Return how many questions there are, of how many kinds, and what guessing gives."""
    items = pack.graded_items
    parts = [_questions(len(items))]
    kinds = {item.cluster for item in items}
    if len(kinds) < len(items):
        words = ngettext("of {count} kind", "of {count} kinds", len(kinds))
        parts[0] = f"{parts[0]} {words.format(count=count_text(len(kinds)))}"
    levels = {item.level for item in items if item.level is not None}
    if len(levels) > 1:
        words = ngettext("{count} level", "{count} levels", len(levels))
        parts.append(words.format(count=len(levels)))
    if not isinstance(pack.chance, Unavailable):
        parts.append(_("chance level {share}").format(share=share_text(pack.chance)))
    return " · ".join(parts)


def plan_facts(plan: PackRunPlan) -> str:
    """Return the same of a run, with the margin that was fixed before it."""
    parts = [_questions(len(plan.item_ids))]
    if len(plan.item_ids) < len(plan.pack.graded_items):
        parts[0] = _("a sample of {questions}").format(questions=parts[0])
    if not isinstance(plan.pack.chance, Unavailable):
        parts.append(_("chance level {share}").format(share=share_text(plan.pack.chance)))
    parts.append(
        _("margin set before the run: {margin}").format(margin=margin_text(plan.settings.margin))
    )
    parts += settings_words(plan.settings)
    again = sum(len(rise.keys) for rise in plan.rises)
    if again:
        words = ngettext(
            "{count} answer asked again with a higher limit",
            "{count} answers asked again with a higher limit",
            again,
        )
        parts.append(words.format(count=count_text(again)))
    return " · ".join(parts)


def settings_words(settings: PackRunSettings) -> list[str]:
    """Return what is unusual about the settings of a run."""
    parts = []
    if settings.repeats > 1:
        words = ngettext("asked {count} time", "asked {count} times", settings.repeats)
        parts.append(words.format(count=settings.repeats))
    if settings.variant is Variant.NO_CONTEXT:
        parts.append(_("without the texts"))
    if settings.way.value == "forced_choice":
        parts.append(_("forced choice"))
    return parts


def end_word(end: PackRunEnd) -> str:
    """Return where a run stands."""
    return {
        PackRunEnd.COMPLETE: _("complete"),
        PackRunEnd.STOPPED: _("paused"),
        PackRunEnd.CUT: _("interrupted"),
    }[end]


def running_title(settings: PackRunSettings, *, is_pausing: bool) -> str:
    """Return the title of a run that goes on: "Running: measure everything"."""
    words = _("Pausing: {mode}") if is_pausing else _("Running: {mode}")
    return words.format(mode=_mode_in_title(settings.mode))


def ended_title(end: PackRunEnd, settings: PackRunSettings) -> str:
    """Return the title of a run that nothing works on: "Paused: measure everything"."""
    words = {
        PackRunEnd.COMPLETE: _("Complete: {mode}"),
        PackRunEnd.STOPPED: _("Paused: {mode}"),
        PackRunEnd.CUT: _("Interrupted: {mode}"),
    }[end]
    return words.format(mode=_mode_in_title(settings.mode))


def progress_words(done: int, total: int, items_per_s: float | None, left_s: float | None) -> str:
    """Return how far a run is, how fast it goes, and how long it will take."""
    words = ngettext("{done} of {total} answer", "{done} of {total} answers", total)
    parts = [words.format(done=count_text(done), total=count_text(total))]
    if items_per_s:
        parts.append(speed_words(items_per_s))
    if left_s is not None and done < total:
        parts.append(_("{time} left").format(time=duration_text(left_s)))
    return " · ".join(parts)


def speed_words(items_per_s: float) -> str:
    """Return a speed of answering in the unit that suits it."""
    if items_per_s >= 1:
        return _("{count} answers a second").format(count=f"{items_per_s:.1f}")
    per_minute = items_per_s * 60
    if per_minute >= 1:
        return _("{count} answers a minute").format(count=count_text(per_minute))
    return _("{count} answers an hour").format(count=count_text(items_per_s * 3600))


def _mode_in_title(mode: RunMode) -> str:
    return {RunMode.MEASURE: _("measure everything"), RunMode.FAST: _("grade fast")}[mode]


def _questions(count: int) -> str:
    words = ngettext("{count} question", "{count} questions", count)
    return words.format(count=count_text(count))
