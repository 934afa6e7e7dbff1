import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.power.synthetic_macos import FakeCoreFoundation, FakeIoKit, FakeSmc
from tests.helpers.fake_clock import FakeClock

from large_enough.domain.power import Absent, PowerReading, Scope, SourceKind
from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.corefoundation import CoreFoundation
from large_enough.measure.power.iokit import IoKit
from large_enough.measure.power.native import NOT_MACOS
from large_enough.measure.power.reading import CLOSED
from large_enough.measure.power.smc import _STRUCTURE, SmcSource, SmcValue, find_smc


def flt(power_w: float) -> tuple[str, bytes]:
    """A number as Apple Silicon writes it."""
    return "flt ", struct.pack("<f", power_w)


def sp96(power_w: float) -> tuple[str, bytes]:
    """A number as Intel Macs write it: 9 bits before the point, 6 behind it."""
    return "sp96", struct.pack(">h", round(power_w * 64))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def make(smc: FakeSmc | None) -> tuple[FakeIoKit, IoKit]:
    foundation = FakeCoreFoundation()
    library = FakeIoKit(foundation, {} if smc is None else {"AppleSMC": smc})
    return library, IoKit(library, CoreFoundation(foundation), FakeIoKit.TASK)


def find(kit: IoKit, clock: FakeClock, *, is_intel: bool = False) -> list[SmcSource]:
    found = find_smc(kit, clock, is_intel=is_intel)
    assert not isinstance(found, Absent), found
    return list(found)


def absence(smc: FakeSmc | None, clock: FakeClock, *, is_intel: bool = False) -> str:
    library, kit = make(smc)
    found = find_smc(kit, clock, is_intel=is_intel)
    assert isinstance(found, Absent)
    assert library.is_balanced
    return found.reason


def test_the_structure_has_80_bytes() -> None:
    assert _STRUCTURE.size == 80
    packed = _STRUCTURE.pack(1, 2, b"abcd", 3, 4, 5, 6, b"v")
    assert packed[28:36] == struct.pack("<I", 2) + b"abcd"
    assert (packed[40], packed[41], packed[42], packed[44], packed[48]) == (3, 4, 5, 6, ord("v"))


def test_apple_silicon(clock: FakeClock) -> None:
    smc = FakeSmc({"PSTR": flt(13.625), "PCPT": flt(99.0), "PC02": flt(50.0)})
    library, kit = make(smc)
    (source,) = find(kit, clock)
    assert source.read() == PowerReading(clock.monotonic_ns(), 13.625)
    identity = source.identity
    assert (identity.key, identity.scope) == ("smc:PSTR", Scope.WHOLE_MACHINE)
    assert identity.kind is SourceKind.POWER
    assert not identity.is_verified
    smc.keys["PSTR"] = flt(31.5)
    assert source.read().value == 31.5
    source.close()
    source.close()
    assert source.read() == CLOSED
    assert library.is_balanced


def test_an_intel_mac_tells_the_package_too(clock: FakeClock) -> None:
    _library, kit = make(FakeSmc({"PSTR": sp96(22.5), "PCPT": sp96(11.25), "PCPC": sp96(8.0)}))
    system, package = find(kit, clock, is_intel=True)
    assert system.read().value == 22.5
    assert package.read().value == 11.25
    assert (package.identity.key, package.identity.scope) == ("smc:PCPT", Scope.CPU_PACKAGE)


def test_the_second_key_of_the_package(clock: FakeClock) -> None:
    library, kit = make(FakeSmc({"PCPT": sp96(0.0), "PCPC": sp96(8.0)}))
    (package,) = find(kit, clock, is_intel=True)
    assert package.identity.key == "smc:PCPC"
    package.close()
    assert library.is_balanced


def test_a_key_that_is_missing(clock: FakeClock) -> None:
    assert absence(FakeSmc({}), clock) == "this Mac's controller does not know a value: PSTR"
    assert (
        absence(FakeSmc({}), clock, is_intel=True)
        == "this Mac's controller does not know a value: PSTR"
    )


def test_a_sensor_that_says_0_is_no_sensor(clock: FakeClock) -> None:
    assert absence(FakeSmc({"PSTR": flt(0.0)}), clock) == "the sensor says 0 W"
    assert absence(FakeSmc({"PSTR": flt(-0.0)}), clock) == "the sensor says 0 W"


@pytest.mark.parametrize("power_w", [math.nan, math.inf, -5.0, 0.012, 5_000.0])
def test_numbers_that_cannot_be_true(clock: FakeClock, power_w: float) -> None:
    assert "cannot be true" in absence(FakeSmc({"PSTR": flt(power_w)}), clock)


def test_a_large_mac(clock: FakeClock) -> None:
    _library, kit = make(FakeSmc({"PSTR": flt(420.0)}))
    assert find(kit, clock)[0].read().value == 420.0


@pytest.mark.parametrize(
    ("form", "content"),
    [
        ("ui32", struct.pack("<I", 12)),  # byte orders differ between Intel and Apple Silicon
        ("ui16", struct.pack(">H", 12)),
        ("flt ", bytes(8)),
        ("sp96", bytes(4)),
        ("spab", bytes(2)),
        ("spxy", bytes(2)),
        ("SP96", bytes(2)),
        ("\xff\xfe\xfd\xfc", bytes(4)),
    ],
)
def test_unknown_forms(clock: FakeClock, form: str, content: bytes) -> None:
    smc = FakeSmc({"PSTR": ("flt ", content)})
    smc.keys["PSTR"] = (form, content)
    smc.answer = answer_with_form(smc, form)
    assert "unknown form" in absence(smc, clock)


def answer_with_form(smc: FakeSmc, form: str):
    """Forms may hold bytes that are no letters."""

    def answer(selector: int, request: bytes) -> tuple[int, bytes]:
        reply = bytearray(80)
        content = smc.keys["PSTR"][1]
        number = int.from_bytes(form.encode("latin-1"), "big")
        struct.pack_into("<II", reply, 28, len(content), number)
        return 0, bytes(reply)

    return answer


def test_a_controller_that_fails_later(clock: FakeClock) -> None:
    smc = FakeSmc({"PSTR": flt(9.0)})
    _library, kit = make(smc)
    (source,) = find(kit, clock)
    smc.error = 0xE000_02C1
    assert "denies access" in source.read().reason
    smc.error = 0
    smc.cut_bytes = 1
    assert source.read() == Unavailable(reason="the controller's answer is cut")
    smc.cut_bytes = 0
    smc.result = 0x82
    assert source.read() == Unavailable(reason="the controller answers with an error: 0x82")
    smc.result = 0
    assert source.read().value == 9.0


def test_no_controller(clock: FakeClock) -> None:
    assert absence(None, clock) == "this Mac has no controller that tells its power"


def test_a_controller_that_may_not_be_opened(clock: FakeClock) -> None:
    library, kit = make(FakeSmc({"PSTR": flt(9.0)}))
    library.open_error = 0xE000_02C1
    found = find_smc(kit, clock, is_intel=True)
    assert isinstance(found, Absent)
    assert "denies access" in found.reason
    assert library.is_balanced


def test_another_system(clock: FakeClock) -> None:
    found = find_smc(NOT_MACOS, clock, is_intel=False)
    assert isinstance(found, Absent)
    assert found.reason == "this is not macOS"


@given(st.floats(0.5, 1_000.0, width=32))
def test_floats_are_what_was_written(power_w: float) -> None:
    assert SmcValue(key="PSTR", size_bytes=4, form="flt ").decode(flt(power_w)[1]) == power_w


@given(st.integers(0, 15), st.integers(-0x8000, 0x7FFF))
def test_fixed_point_numbers_of_all_forms(fraction_bits: int, number: int) -> None:
    value = SmcValue(key="X", size_bytes=2, form=f"sp{15 - fraction_bits:x}{fraction_bits:x}")
    assert value.is_known
    assert value.decode(struct.pack(">h", number)) == number / 2**fraction_bits
