import sys

import pytest
from tests.data.power.synthetic_macos import FakeCoreFoundation, FakeIoKit, FakeSmc

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.corefoundation import CoreFoundation
from large_enough.measure.power.iokit import (
    NO_SUCH_DEVICE,
    IoKit,
    IoKitError,
    load_iokit,
)
from large_enough.measure.power.native import NOT_MACOS

BATTERY = {"Voltage": 12_000, "ExternalConnected": False, "Nested": {"SystemLoad": 5}}


def make(drivers: dict[str, object]) -> tuple[FakeIoKit, IoKit]:
    foundation = FakeCoreFoundation()
    library = FakeIoKit(foundation, drivers)
    return library, IoKit(library, CoreFoundation(foundation), FakeIoKit.TASK)


def test_properties() -> None:
    library, kit = make({"AppleSmartBattery": BATTERY})
    names = ("Voltage", "Nested", "ExternalConnected", "Missing")
    assert kit.properties("AppleSmartBattery", names) == {
        "Voltage": 12_000,
        "Nested": {"SystemLoad": 5},
        "ExternalConnected": False,
    }
    assert library.is_balanced


def test_a_hundred_readings_leave_nothing_behind() -> None:
    library, kit = make({"AppleSmartBattery": BATTERY})
    for _ in range(100):
        kit.properties("AppleSmartBattery", ("Voltage", "Nested"))
    assert library.is_balanced


def test_a_driver_that_is_missing() -> None:
    library, kit = make({})
    for ask in (lambda: kit.properties("X", ("a",)), lambda: kit.open_client("X")):
        with pytest.raises(IoKitError) as caught:
            ask()
        assert caught.value.code == NO_SUCH_DEVICE
    assert library.is_balanced


def test_no_memory_for_the_name_of_a_driver() -> None:
    library, kit = make({"AppleSMC": FakeSmc({})})
    library.IOServiceMatching = lambda _name: None
    with pytest.raises(IoKitError):
        kit.open_client("AppleSMC")


def test_a_property_that_fails_midway_is_released() -> None:
    library, kit = make({"AppleSmartBattery": BATTERY})

    def fail(*_arguments: object) -> int:
        raise OSError

    library.foundation.CFNumberGetValue = fail
    with pytest.raises(OSError, match=r"^$"):
        kit.properties("AppleSmartBattery", ("Voltage",))
    assert library.is_balanced


def test_a_client() -> None:
    library, kit = make({"AppleSMC": FakeSmc({})})
    client = kit.open_client("AppleSMC")
    assert not library.services  # the service is let go of as soon as the client is open
    assert len(library.connections) == 1
    assert len(client.call(2, bytes(80), 80)) == 80
    client.close()
    client.close()
    assert library.is_balanced


def test_a_closed_client_refuses() -> None:
    _library, kit = make({"AppleSMC": FakeSmc({})})
    client = kit.open_client("AppleSMC")
    client.close()
    with pytest.raises(IoKitError):
        client.call(2, bytes(80), 80)


@pytest.mark.parametrize("code", [0xE000_02C1, 0xE000_02E2])
def test_access_that_is_denied(code: int) -> None:
    library, kit = make({"AppleSMC": FakeSmc({})})
    library.open_error = code - (1 << 32)  # kern_return_t is a signed number
    with pytest.raises(IoKitError) as caught:
        kit.open_client("AppleSMC")
    assert caught.value.code == code
    assert caught.value.reason == "macOS denies access to it"
    assert library.is_balanced


def test_a_call_that_fails() -> None:
    smc = FakeSmc({})
    smc.error = 0xE000_02BC
    library, kit = make({"AppleSMC": smc})
    client = kit.open_client("AppleSMC")
    with pytest.raises(IoKitError) as caught:
        client.call(2, bytes(80), 80)
    assert caught.value.reason == "macOS answers with error 0xe00002bc"
    client.close()
    assert library.is_balanced


def test_this_and_other_systems() -> None:
    assert load_iokit("linux") == NOT_MACOS
    assert isinstance(load_iokit(), Unavailable) == (sys.platform != "darwin")
    assert load_iokit("darwin") != NOT_MACOS
