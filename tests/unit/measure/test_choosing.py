from tests.helpers.power_sources import make_identity

from large_enough.domain.power import Scope
from large_enough.measure.choosing import preferred_keys


def test_the_first_instrument_of_each_part_is_shown() -> None:
    usable = [
        make_identity("nvml:0", scope=Scope.GPU_BOARD),
        make_identity("amdgpu:1", scope=Scope.GPU_BOARD),
        make_identity("rapl:package-0"),
        make_identity("rapl:package-0/dram", scope=Scope.MEMORY),
        make_identity("amdgpu:0", scope=Scope.SOC),
        make_identity("battery", scope=Scope.WHOLE_MACHINE),
        make_identity("estimate"),
    ]
    assert preferred_keys(usable) == (
        "battery",
        "rapl:package-0",
        "nvml:0",
        "rapl:package-0/dram",
    )


def test_all_chips_of_one_instrument_are_shown() -> None:
    usable = [make_identity("rapl:package-0"), make_identity("rapl:package-1")]
    assert preferred_keys(usable) == ("rapl:package-0", "rapl:package-1")


def test_nothing_usable_shows_nothing() -> None:
    assert preferred_keys([]) == ()
