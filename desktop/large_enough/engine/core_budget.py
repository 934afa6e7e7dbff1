"""Divides the machine's cores between contenders.

More computing threads than cores is the largest performance risk of llama.cpp: every step ends in
a barrier, and a thread that waits for a core makes all others wait. So the threads of all workers
that compute at the same time never exceed the cores given here.
"""

from collections.abc import Sequence

from large_enough.domain.generation import Placement


def whole_machine(core_ids: Sequence[int], thread_count: int | None) -> Placement:
    """Return the placement of a contender that has the machine to itself: all cores, not pinned.

    Args:
        core_ids: One logical processor of each core that may be used.
        thread_count: The user's own choice, or None.
    """
    wanted = len(core_ids) if thread_count is None else thread_count
    return Placement(thread_count=max(1, wanted), cpu_ids=None)


def divide(
    core_ids: Sequence[int], contender_count: int, thread_count: int | None
) -> tuple[Placement, ...]:
    """Divide the cores between contenders that compute at the same time.

    Args:
        core_ids: One logical processor of each core that may be used.
        contender_count: How many take part.
        thread_count: The user's own choice for each; cut to the share.

    Returns:
        One placement for each contender that gets at least one core, the largest shares first:
        as many as contenders or cores, whichever is fewer. The others wait for a turn.
    """
    cores = list(core_ids) or [0]
    share_count = min(contender_count, len(cores))
    if share_count <= 0:
        return ()
    size, rest = divmod(len(cores), share_count)
    placements = []
    for index in range(share_count):
        start = index * size + min(index, rest)
        own = tuple(cores[start : start + size + (index < rest)])
        threads = len(own) if thread_count is None else max(1, min(thread_count, len(own)))
        placements.append(Placement(thread_count=threads, cpu_ids=own))
    return tuple(placements)
