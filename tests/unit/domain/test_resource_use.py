import pytest

from large_enough.domain.energy_use import NOT_READ, EnergyUse
from large_enough.domain.quantity import Unavailable
from large_enough.domain.resource_use import MemorySample

MISSING = Unavailable(reason="not told apart")


@pytest.mark.parametrize(
    ("weights", "working", "needed"),
    [(100, 10, 110), (MISSING, 10, MISSING), (100, MISSING, MISSING)],
)
def test_the_need_is_known_if_both_parts_are(weights, working, needed) -> None:
    sample = MemorySample(t_ns=0, resident_bytes=1, weights_bytes=weights, working_bytes=working)
    assert sample.needed_bytes == needed


def test_energy_is_missing_until_it_is_read() -> None:
    assert EnergyUse().parts == ()
    assert EnergyUse().missing == NOT_READ
