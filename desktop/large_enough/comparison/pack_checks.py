"""Checks the keys of a pack: right answers must pass, nearly right ones must fail."""

from large_enough.domain.grade import GradeStatus, Reply
from large_enough.domain.pack import Pack, PackItem
from large_enough.domain.pack_fault import Fault
from large_enough.scoring.grading import grade
from large_enough.scoring.ideal import ideal_text
from large_enough.scoring.near_misses import near_misses


def check_pack(pack: Pack) -> tuple[Fault, ...]:
    """Return what is wrong with the keys of a pack, item by item."""
    return tuple(fault for item in pack.graded_items for fault in _faults(pack, item))


def _faults(pack: Pack, item: PackItem) -> tuple[Fault, ...]:
    reply = Reply(text=ideal_text(item.key), language=pack.language)
    if not reply.text:
        return ()
    faults = []
    if grade(item.key, reply).status is not GradeStatus.CORRECT:
        faults.append(Fault(row=None, item=item.id, field="answer", problem="fails"))
    for text in near_misses(item.key):
        miss = Reply(text=text, language=pack.language)
        if grade(item.key, miss).status is GradeStatus.CORRECT:
            faults.append(Fault(row=None, item=item.id, field="answer", problem="passes"))
    return tuple(faults)
