import msgspec
import pytest
from tests.helpers.power_watchers import CalmSurroundings, TroubledSurroundings
from tests.helpers.records import make_context

from large_enough.comparison.circumstances import Circumstances
from large_enough.domain.quantity import Count, Unavailable
from large_enough.measure.throttling import NO_CARD_IN_USE, SlowdownCounts, ThrottleReading


def counts(number: int) -> ThrottleReading:
    return ThrottleReading(processor=SlowdownCounts(counts={"cpu0": number}), card=NO_CARD_IN_USE)


CALM = Circumstances.now(CalmSurroundings())


def test_a_calm_machine() -> None:
    context = CALM.until(Circumstances.now(CalmSurroundings()), make_context())
    assert context.conditions == CalmSurroundings().conditions()
    assert context.was_throttled == Unavailable(reason="not told in tests")
    assert context.swapped_out_bytes == 0
    assert context.engine == make_context().engine


def test_a_troubled_machine() -> None:
    surroundings = TroubledSurroundings()
    before = Circumstances.now(surroundings)
    context = before.until(Circumstances.now(surroundings), make_context())
    assert context.was_throttled is True
    assert context.swapped_out_bytes == 100_000_000


@pytest.mark.parametrize(("before", "after", "expected"), [(3, 3, False), (3, 4, True)])
def test_counted_slowdowns_are_told_from_what_was_before(
    before: int, after: int, expected: bool
) -> None:
    first = Circumstances(
        conditions=CALM.conditions, throttling=counts(before), swapped_out_bytes=0
    )
    last = Circumstances(conditions=CALM.conditions, throttling=counts(after), swapped_out_bytes=0)
    assert first.until(last, make_context()).was_throttled is expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (5, 9, 4),
        (9, 5, 0),
        (Unavailable(reason="not told"), 5, Unavailable(reason="not told")),
        (5, Unavailable(reason="gone"), Unavailable(reason="gone")),
    ],
)
def test_what_was_moved_to_disk_meanwhile(before: Count, after: Count, expected: Count) -> None:
    looks = [
        Circumstances(
            conditions=CALM.conditions, throttling=CALM.throttling, swapped_out_bytes=swapped
        )
        for swapped in (before, after)
    ]
    assert looks[0].until(looks[1], make_context()).swapped_out_bytes == expected


def test_the_conditions_are_those_when_it_was_asked() -> None:
    later = msgspec.structs.replace(CALM.conditions, on_battery=True)
    after = Circumstances(conditions=later, throttling=CALM.throttling, swapped_out_bytes=0)
    assert CALM.until(after, make_context()).conditions == CALM.conditions
