import ctypes
import errno
import json
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.fake_clock import FakeClock

from large_enough.measure.power.trace import TraceGapError, TracePlayer, TraceRecorder
from large_enough.measure.power.trace_file import decode_trace, encode_trace
from large_enough.measure.power.trace_scrub import REMOVED, Scrubber
from large_enough.measure.power.trace_values import ValueCodec, from_json

DATA = Path(__file__).parents[3] / "data" / "power"
UUID = "GPU-1b7c9f3e-04d2-4c6a-9a3e-5f0c2d1e8b77"


class _Opaque(ctypes.Structure):
    pass


class Number(ctypes.Union):
    _fields_ = (("uiVal", ctypes.c_uint), ("dVal", ctypes.c_double))


class Field(ctypes.Structure):
    _fields_ = (("code", ctypes.c_int), ("value", Number), ("serialNumber", ctypes.c_int))


class CardError(Exception):
    def __init__(self, value: int) -> None:
        super().__init__(value)
        self.value = value


class NotSupportedError(CardError):
    """As the binding has one for each code."""


class CardLibrary:
    """Behaves like a binding: pointers, structures, derived errors."""

    CardError = CardError
    VERSION = 13

    def __init__(self) -> None:
        self.energy_mj = 1_000

    def get_handle(self, index: int) -> object:
        return ctypes.pointer(_Opaque())

    def get_energy(self, handle: object) -> int:
        self.energy_mj += 500
        return self.energy_mj

    def get_fields(self, handle: object, ids: list[int]) -> object:
        values = (Field * len(ids))()
        values[0].value.uiVal = 22_000
        values[0].serialNumber = 987_654
        return values

    def get_power(self, handle: object) -> int:
        raise NotSupportedError(3)

    def get_uuid(self, handle: object) -> str:
        return UUID

    def get_name(self, handle: object) -> bytes:
        return b"Fast card of penguin"

    def list_processes(self, handle: object) -> list[SimpleNamespace]:
        return [SimpleNamespace(pid=7, usedGpuMemory=None)]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def recorder(clock: FakeClock) -> TraceRecorder:
    return TraceRecorder(clock, about="a laptop called Penguin", private=("penguin", "tux"))


def use(library: CardLibrary) -> list[object]:
    """Return what a program learns of a library."""
    handle = library.get_handle(0)
    learned: list[object] = [library.get_energy(handle), library.get_energy(handle)]
    with pytest.raises(library.CardError) as caught:
        library.get_power(handle)
    learned.append(caught.value.value)
    (field,) = library.get_fields(handle, [186])
    learned += [field.code, field.value.uiVal]
    (process,) = library.list_processes(handle)
    return [*learned, process.pid, process.usedGpuMemory]


def test_a_played_trace_answers_as_the_library_did(recorder: TraceRecorder) -> None:
    learned = use(recorder.library(CardLibrary(), (CardError,)))
    assert learned == [1_500, 2_000, 3, 0, 22_000, 7, None]
    trace = decode_trace(encode_trace(recorder.trace()))
    assert trace == recorder.trace()
    assert trace.origin == "recorded"
    assert use(TracePlayer(trace)) == learned


def test_recording_changes_nothing(recorder: TraceRecorder) -> None:
    recorded = recorder.library(CardLibrary(), (CardError,))
    assert recorded.VERSION == 13
    assert recorded.CardError is CardError
    with pytest.raises(NotSupportedError):
        recorded.get_power(None)
    with pytest.raises(AttributeError):
        recorded.get_nothing()  # type: ignore[attr-defined]


def test_nothing_private_is_recorded(recorder: TraceRecorder) -> None:
    recorded = recorder.library(CardLibrary(), (CardError,))
    handle = recorded.get_handle(0)
    recorded.get_uuid(handle)
    recorded.get_name(handle)
    recorded.get_fields(handle, [1])
    recorder.function("read", lambda path: "AB12")(Path("/sys/class/power_supply/serial_number"))
    recorder.function("read", lambda path: "TYPE=Battery\nSERIAL_NUMBER=AB12\nA=b")(Path("uevent"))
    recorder.function("read", lambda path: "of Tux")(Path("/home/tux/model"))
    written = encode_trace(recorder.trace()).decode()
    for secret in (UUID, UUID[4:], "penguin", "Penguin", "987654", "AB12", "tux"):
        assert secret not in written
    assert "Fast card of" in written
    assert "TYPE=Battery" in written


def test_times_count_from_the_beginning(clock: FakeClock, recorder: TraceRecorder) -> None:
    recorded = recorder.library(CardLibrary(), (CardError,))
    clock.advance(0.25)
    recorded.get_energy(None)
    (call,) = recorder.trace().calls
    assert (call.t_s, call.call, call.reply) == (0.25, "get_energy", 1_500)


def test_a_trace_is_played_by_the_clock(clock: FakeClock, recorder: TraceRecorder) -> None:
    recorded = recorder.library(CardLibrary(), (CardError,))
    for _ in range(3):
        recorded.get_energy(0)
        clock.advance(1)
    player = TracePlayer(recorder.trace(), clock)
    assert [player.get_energy(0), player.get_energy(0)] == [1_500, 1_500]
    clock.advance(1.5)
    assert player.get_energy(0) == 2_000
    clock.advance(100)
    assert player.get_energy(0) == 2_500
    assert player.call_count("get_energy") == 4


def test_without_a_clock_the_last_answer_stays(recorder: TraceRecorder) -> None:
    recorded = recorder.library(CardLibrary(), (CardError,))
    recorded.get_energy(0)
    recorded.get_energy(0)
    player = TracePlayer(recorder.trace())
    assert [player.get_energy(0) for _ in range(3)] == [1_500, 2_000, 2_000]


def test_a_call_without_an_answer_is_a_gap(recorder: TraceRecorder) -> None:
    recorder.library(CardLibrary(), (CardError,)).get_energy(0)
    player = TracePlayer(recorder.trace())
    with pytest.raises(TraceGapError):
        player.get_energy(1)
    with pytest.raises(AttributeError):
        player.get_power  # noqa: B018


def test_files_and_ioctls(recorder: TraceRecorder) -> None:
    def refuse(path: Path) -> str:
        raise PermissionError(errno.EACCES, "Permission denied")

    def control(handle: int, code: int, *, size: int) -> bytes:
        return b"\x01\x00p\x00e\x00n\x00g\x00u\x00i\x00n\x00\xff"

    recorded_control = recorder.function("control", control)
    assert recorded_control(3, 0x22400C, size=32).endswith(b"\xff")
    with pytest.raises(PermissionError):
        recorder.function("read", refuse)(Path("/sys/energy_uj"))
    player = TracePlayer(decode_trace(encode_trace(recorder.trace())))
    reply = player.function("control")(3, 0x22400C, size=32)
    assert reply == b"\x01\x00" + b"x" * 14 + b"\xff"
    with pytest.raises(PermissionError):
        player.function("read")(Path("/sys/energy_uj"))


def test_an_import_that_failed_is_played_as_one(recorder: TraceRecorder) -> None:
    def load() -> None:
        raise ModuleNotFoundError

    with pytest.raises(ImportError):
        recorder.function("load", load, (ImportError,))()
    with pytest.raises(ImportError):
        TracePlayer(recorder.trace()).function("load")()


def test_a_damaged_trace_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        decode_trace(b'{"origin": "guessed", "about": "", "calls": []}')
    with pytest.raises(msgspec.DecodeError):
        decode_trace(b"{")


plain = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False)
values = st.recursive(
    plain | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.from_regex(r"\A[b-d]{1,4}\Z"), inner),
)


@given(values)
def test_values_come_back_as_they_were(value: object) -> None:
    written = ValueCodec(Scrubber()).to_json(value)
    assert from_json(json.loads(json.dumps(written))) == value


@pytest.mark.parametrize(
    ("text", "scrubbed"),
    [
        (UUID, f"GPU-{REMOVED}"),
        ("00:1a:2B:3c:4d:5e", REMOVED),
        ("at 192.168.1.20", f"at {REMOVED}"),
        ("/home/tux/x", f"/home/{REMOVED}/x"),
        ("C:\\Users\\Tux\\x", f"C:\\Users\\{REMOVED}\\x"),
        ("TUX and tuxedo", f"{REMOVED} and tuxedo"),
        ("0000:01:00.0", "0000:01:00.0"),
        ("driver 580.95.05", "driver 580.95.05"),
    ],
)
def test_private_words(text: str, scrubbed: str) -> None:
    assert Scrubber(("tux", "x", "")).text(text) == scrubbed


@pytest.mark.parametrize(
    "file", sorted(DATA.glob("synthetic_nvml_*.json")), ids=lambda file: file.stem
)
def test_traces_in_the_repository(file: Path) -> None:
    data = file.read_bytes()
    trace = decode_trace(data)
    assert encode_trace(trace) == data
    assert trace.schema_version == 1
    assert file.stem.startswith("synthetic_") == (trace.origin == "synthetic")
    assert Scrubber().text(data.decode()) == data.decode()
