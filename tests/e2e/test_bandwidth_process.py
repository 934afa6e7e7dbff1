"""The memory of this machine, really measured."""

from large_enough.domain.speed_bound import Bandwidth
from large_enough.measure.bandwidth import TOO_LITTLE_MEMORY
from large_enough.measure.bandwidth_process import bandwidth_in_child


def test_a_real_measurement_ends_with_a_possible_result() -> None:
    found = bandwidth_in_child(lambda: False)
    if isinstance(found, Bandwidth):
        assert found.bytes_per_s > 50_000_000
        assert found.pass_count >= 3
    else:
        assert found == TOO_LITTLE_MEMORY
