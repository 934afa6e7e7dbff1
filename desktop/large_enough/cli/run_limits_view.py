"""Prints where limits spoilt answers of a run, and how to ask those again."""

from collections.abc import Iterator

from large_enough.comparison.pack_run_limits import (
    has_come_through,
    limit_troubles,
    proposed_limits,
)
from large_enough.domain.pack_run import PackRunRecord
from large_enough.wording.limit_words import proposal_text, rise_text, troubles_text
from large_enough.wording.translate import _


def limit_lines(record: PackRunRecord) -> Iterator[str]:
    """Yield what there is to know about limits; nothing where all went well."""
    yield from map(rise_text, record.plan.rises)
    troubles = limit_troubles(record)
    if not troubles:
        return
    yield troubles_text(troubles)
    proposal = proposed_limits(record)
    yield proposal_text(proposal, is_complete=has_come_through(record))
    if proposal is not None:
        yield "  " + _("Ask them again: {command}").format(
            command=f"large-enough run --resume {record.plan.run_id} --raise-limits"
        )
