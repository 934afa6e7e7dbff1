"""Puts a run on record into a line of the list."""

from pathlib import Path

from large_enough.domain.pack_run import PackRunEnd, RunMode, Variant
from large_enough.domain.text import harmless_line
from large_enough.store.pack_run_heads import HeadPlan, PackRunHead
from large_enough.ui.round_words import problem_words, time_text
from large_enough.ui.run_rows import RunRow
from large_enough.ui.run_specs import mode_name
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _


def run_row(head: PackRunHead) -> RunRow:
    """Return a run as it stands in the list."""
    if head.plan is None:
        why = "" if head.error is None else problem_words(head.error).happened
        name = harmless_line(Path(head.path).name)
        return RunRow(head.path, name, why, _("cannot be read"), None, 0.0)
    total = head.total_count
    return RunRow(
        run_id=head.plan.run_id,
        title=harmless_line(head.plan.pack.title) or harmless_line(head.plan.pack.id),
        facts=_facts(head.plan, head.started_utc),
        state=_state(head),
        end=head.end,
        share=head.done_count / total if total else 0.0,
        is_running=head.is_in_use,
    )


def _facts(plan: HeadPlan, started_utc: str) -> str:
    models = ", ".join(
        f"{contender.letter} {harmless_line(contender.card.name)}" for contender in plan.contenders
    )
    parts = [mode_name(RunMode(plan.settings.mode)), models, time_text(started_utc)]
    if plan.settings.variant is Variant.NO_CONTEXT:
        parts.insert(1, _("without the texts"))
    return " · ".join(parts)


def _state(head: PackRunHead) -> str:
    if head.is_in_use:
        return _("running")
    count = _("{done} of {total}").format(
        done=count_text(head.done_count), total=count_text(head.total_count)
    )
    return {
        PackRunEnd.COMPLETE: _("complete"),
        PackRunEnd.STOPPED: _("paused at {count}"),
        PackRunEnd.CUT: _("interrupted at {count}"),
    }[head.end].format(count=count)
