"""Reads the power of a whole Mac from its System Management Controller.

Source: Apple publishes no documentation. The structure of 80 bytes and its commands are those of
`SMCParamStruct` as public tools use it (for example smcFanControl's smc.h); values are big-endian
integers or fixed-point numbers on Intel, little-endian `flt ` numbers on Apple Silicon.

`PSTR` is a sensor of the power that the whole machine draws, screen included, with and without
charger; tools see it renewed about once a second. Other keys change their meaning from chip to
chip, so of them only the processor package of Intel Macs (`PCPT`, `PCPC`) is read.
"""

import struct

import msgspec

from large_enough.domain.clock import Clock
from large_enough.domain.power import Absent, ReadOutcome, Scope, SourceIdentity, SourceKind
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.text import to_translate
from large_enough.measure.power.iokit import (
    NO_SUCH_DEVICE,
    Drivers,
    IoKitError,
    UserClient,
)
from large_enough.measure.power.reading import (
    CLOSED,
    HIGHEST_MACHINE_W,
    LOWEST_CHIP_W,
    LOWEST_MACHINE_W,
    Stopwatch,
    power_reading,
)
from large_enough.measure.power.source import Found

INSTRUMENT = to_translate("Power sensor of the whole Mac (SMC)")
INSTRUMENT_OF_PACKAGE = to_translate("Power sensor of the processor (SMC of an Intel Mac)")
DRIVER = "AppleSMC"
SYSTEM_KEY = "PSTR"
PACKAGE_KEYS = ("PCPT", "PCPC")
HIGHEST_MAC_W = 1500.0
"""More than the supply of the largest Mac gives (Mac Pro of 2019: 1.4 kW)."""

SELECTOR = 2
STRUCTURE_BYTES = 80
READ_BYTES = 5
READ_KEY_INFO = 9
KEY_NOT_FOUND = 0x84

_STRUCTURE = struct.Struct("<I24xI4s4xBBBxI32s")
"""key, (version, limits), size and type of the value, result, status, command, data, value."""
_FLOAT = struct.Struct("<f")
_FIXED_POINT = struct.Struct(">h")
_BITS_WITHOUT_SIGN = 15


class SmcValue(msgspec.Struct, frozen=True, kw_only=True):
    """How the value of a key is written."""

    key: str
    """Four letters."""
    size_bytes: int
    """Length of the value."""
    form: str
    """Four letters: "flt ", "sp96" and so on."""

    @property
    def is_known(self) -> bool:
        """Whether `decode` can read it."""
        if self.form == "flt ":
            return self.size_bytes == _FLOAT.size
        return self._fraction_bits is not None and self.size_bytes == _FIXED_POINT.size

    def decode(self, content: bytes) -> float:
        """Return the number in the bytes of a known form."""
        if self.form == "flt ":
            return float(_FLOAT.unpack_from(content)[0])
        return float(_FIXED_POINT.unpack_from(content)[0]) / (1 << (self._fraction_bits or 0))

    @property
    def _fraction_bits(self) -> int | None:
        """Return how many of the 15 bits of a signed fixed-point number are its fraction."""
        digits = self.form[2:]
        if self.form[:2] != "sp" or any(digit not in "0123456789abcdef" for digit in digits):
            return None
        whole_bits, fraction_bits = (int(digit, 16) for digit in digits)
        return fraction_bits if whole_bits + fraction_bits == _BITS_WITHOUT_SIGN else None


class SmcSource:
    """One key of the controller."""

    def __init__(
        self, identity: SourceIdentity, value: SmcValue, client: UserClient, clock: Clock
    ) -> None:
        self._identity = identity
        self._value = value
        self._client: UserClient | None = client
        self._clock = clock

    @property
    def identity(self) -> SourceIdentity:
        """What the instrument is."""
        return self._identity

    def read(self) -> ReadOutcome:
        """Return the watts that are drawn now."""
        if self._client is None:
            return CLOSED
        stopwatch = Stopwatch(self._clock)
        power_w = _read_w(self._client, self._value)
        if isinstance(power_w, Unavailable):
            return power_w
        is_system = self._identity.scope is Scope.WHOLE_MACHINE
        lowest_w = LOWEST_MACHINE_W if is_system else LOWEST_CHIP_W
        highest_w = HIGHEST_MAC_W if is_system else HIGHEST_MACHINE_W
        return power_reading(stopwatch.middle_ns(), power_w, lowest_w, highest_w)

    def close(self) -> None:
        """Close the connection to the controller."""
        if self._client is not None:
            self._client.close()
            self._client = None


def find_smc(drivers: Drivers | Unavailable, clock: Clock, *, is_intel: bool) -> Found:
    """Look for the sensors of whole Mac and, on Intel, of the processor.

    Args:
        drivers: Of this machine, or why they cannot be asked.
        clock: For the times of readings.
        is_intel: Whether this Mac has an Intel processor.
    """
    if isinstance(drivers, Unavailable):
        return _absent(drivers.reason)
    system = _find_key(drivers, SYSTEM_KEY, clock)
    sources = [] if isinstance(system, str) else [system]
    sources += _packages(drivers, clock) if is_intel else []
    return tuple(sources) or _absent(str(system))


def _packages(drivers: Drivers, clock: Clock) -> list[SmcSource]:
    """Return the source of the first key of the package that says something."""
    for key in PACKAGE_KEYS:
        source = _find_key(drivers, key, clock)
        if not isinstance(source, str):
            return [source]
    return []


def _find_key(drivers: Drivers, key: str, clock: Clock) -> SmcSource | str:
    """Return the source, or why there is none."""
    try:
        client = drivers.open_client(DRIVER)
    except IoKitError as error:
        if error.code == NO_SUCH_DEVICE:
            return to_translate("this Mac has no controller that tells its power")
        return f"{to_translate('the controller cannot be asked')}: {error.reason}"
    source = _source(client, key, clock)
    if isinstance(source, str):
        client.close()
    return source


def _source(client: UserClient, key: str, clock: Clock) -> SmcSource | str:
    value = _value_of(client, key)
    if isinstance(value, Unavailable):
        return value.reason
    source = SmcSource(_identity(key), value, client, clock)
    outcome = source.read()
    return outcome.reason if isinstance(outcome, Unavailable) else source


def _value_of(client: UserClient, key: str) -> SmcValue | Unavailable:
    answer = _ask(client, key, READ_KEY_INFO, 0)
    if isinstance(answer, Unavailable):
        return answer
    _key, size_bytes, form, *_rest = answer
    # A name of four letters is a number of 32 bits whose highest byte is the first letter.
    value = SmcValue(key=key, size_bytes=size_bytes, form=form[::-1].decode("latin-1"))
    if value.is_known:
        return value
    return Unavailable(reason=f"the sensor tells its power in an unknown form ({value.form})")


def _read_w(client: UserClient, value: SmcValue) -> Quantity:
    answer = _ask(client, value.key, READ_BYTES, value.size_bytes)
    if isinstance(answer, Unavailable):
        return answer
    power_w = value.decode(answer[-1])
    return power_w if power_w != 0 else Unavailable(reason="the sensor says 0 W")


def _ask(
    client: UserClient, key: str, command: int, size_bytes: int
) -> tuple[int, int, bytes, int, int, int, int, bytes] | Unavailable:
    number = int.from_bytes(key.encode(), "big")
    request = _STRUCTURE.pack(number, size_bytes, b"", 0, 0, command, 0, b"")
    try:
        answer = client.call(SELECTOR, request, STRUCTURE_BYTES)
    except IoKitError as error:
        return Unavailable(reason=f"the controller cannot be read: {error.reason}")
    if len(answer) < STRUCTURE_BYTES:
        return Unavailable(reason="the controller's answer is cut")
    parts = _STRUCTURE.unpack(answer)
    result = parts[3]
    if result == KEY_NOT_FOUND:
        return Unavailable(reason=f"this Mac's controller does not know a value: {key}")
    if result != 0:
        return Unavailable(reason=f"the controller answers with an error: {result:#04x}")
    return parts


def _identity(key: str) -> SourceIdentity:
    is_system = key == SYSTEM_KEY
    return SourceIdentity(
        key=f"smc:{key}",
        instrument=INSTRUMENT if is_system else INSTRUMENT_OF_PACKAGE,
        scope=Scope.WHOLE_MACHINE if is_system else Scope.CPU_PACKAGE,
        kind=SourceKind.POWER,
        gain_uncertainty=0.05,
        resolution=0.01,
        nominal_period_s=1.0,
        needs="a Mac",
    )


def _absent(reason: str) -> Absent:
    return Absent(instrument=INSTRUMENT, scope=Scope.WHOLE_MACHINE, reason=reason)
