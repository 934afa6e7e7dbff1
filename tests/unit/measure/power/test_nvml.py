from pathlib import Path

import pytest
from tests.data.power.trees import add_pci, write
from tests.helpers.fake_clock import FakeClock

from large_enough.domain.power import Absent, PowerReading, Scope, SourceKind
from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.nvml import NvmlSource, find_nvml, gpu_process_memory_bytes
from large_enough.measure.power.nvml_session import NvmlSession
from large_enough.measure.power.trace import TracePlayer
from large_enough.measure.power.trace_file import decode_trace

TRACES = Path(__file__).parents[3] / "data" / "power"
SLOT = "0000:01:00.0"


class Bench:
    """A fake machine whose NVIDIA library is a trace."""

    def __init__(self, root: Path, case: str, *, with_clock: bool = False) -> None:
        self.root = root
        self.clock = FakeClock()
        trace = decode_trace((TRACES / f"synthetic_nvml_{case}.json").read_bytes())
        assert trace.origin == "synthetic"
        self.player = TracePlayer(trace, self.clock if with_clock else None)
        self.is_gpu_in_use = True
        self.load_count = 0

    def load(self) -> TracePlayer:
        self.load_count += 1
        return self.player

    def find(self) -> tuple[NvmlSource, ...] | Absent:
        return find_nvml(self.load, self.root, self.clock, lambda: self.is_gpu_in_use)

    def sources(self) -> tuple[NvmlSource, ...]:
        found = self.find()
        assert not isinstance(found, Absent), found
        return found

    def absence(self) -> Absent:
        found = self.find()
        assert isinstance(found, Absent)
        assert found.reason
        assert found.scope is Scope.GPU_BOARD
        return found

    def session(self) -> NvmlSession:
        return NvmlSession(self.load, self.root, lambda: self.is_gpu_in_use)

    def is_open(self) -> bool:
        return self.player.call_count("nvmlInit") > self.player.call_count("nvmlShutdown")


def value(outcome: PowerReading | Unavailable) -> float:
    assert isinstance(outcome, PowerReading), outcome
    return outcome.value


def reason(outcome: object) -> str:
    assert isinstance(outcome, Unavailable)
    return outcome.reason


def test_the_counter_of_a_laptop_card(tmp_path: Path) -> None:
    add_pci(tmp_path, SLOT)
    bench = Bench(tmp_path, "rtx_laptop", with_clock=True)
    (source,) = bench.sources()
    start_j = value(source.read())
    bench.clock.advance(10)
    assert value(source.read()) - start_j == pytest.approx(4 * 8 + 6 * 80)
    identity = source.identity
    assert (identity.scope, identity.kind) == (Scope.GPU_BOARD, SourceKind.COUNTER)
    assert identity.key == f"nvml:{SLOT}"
    assert identity.instrument == "NVIDIA GeForce RTX 4070 Laptop GPU (NVML)"
    assert identity.wrap_j is None
    assert identity.is_verified  # recorded_nvml_h200.json


def test_nothing_is_touched_while_no_model_runs_on_the_card(tmp_path: Path) -> None:
    add_pci(tmp_path, SLOT)
    bench = Bench(tmp_path, "rtx_laptop")
    bench.is_gpu_in_use = False
    assert "no model runs" in bench.absence().reason
    assert bench.load_count == 0


@pytest.mark.parametrize("status", ["suspended", "suspending", "resuming", "error"])
def test_a_sleeping_card_is_not_touched(tmp_path: Path, status: str) -> None:
    add_pci(tmp_path, SLOT, status=status)
    bench = Bench(tmp_path, "rtx_laptop")
    assert "sleeps" in bench.absence().reason
    assert bench.load_count == 0


def test_a_machine_without_nvidia_loads_nothing(tmp_path: Path) -> None:
    add_pci(tmp_path, "0000:00:02.0", vendor="0x8086")
    bench = Bench(tmp_path, "rtx_laptop")
    assert bench.absence().reason == "no NVIDIA graphics card"
    assert bench.load_count == 0


def test_the_library_is_closed_when_the_last_model_leaves_the_card(tmp_path: Path) -> None:
    add_pci(tmp_path, SLOT)
    bench = Bench(tmp_path, "rtx_laptop")
    (source,) = bench.sources()
    assert bench.is_open()
    bench.is_gpu_in_use = False
    assert "no model runs" in reason(source.read())
    assert not bench.is_open()
    bench.is_gpu_in_use = True
    assert value(source.read()) > 0
    assert bench.is_open()
    source.close()
    source.close()
    assert not bench.is_open()
    assert isinstance(source.read(), Unavailable)
    assert bench.player.call_count("nvmlShutdown") == 2


def test_a_card_that_falls_asleep_is_left_alone(tmp_path: Path) -> None:
    card = add_pci(tmp_path, SLOT)
    bench = Bench(tmp_path, "rtx_laptop")
    (source,) = bench.sources()
    asked = bench.player.call_count("nvmlDeviceGetTotalEnergyConsumption")
    write(card, power__runtime_status="suspended")
    assert "sleeps" in reason(source.read())
    assert bench.player.call_count("nvmlDeviceGetTotalEnergyConsumption") == asked


def test_an_old_card_tells_its_power_only(tmp_path: Path) -> None:
    add_pci(tmp_path, SLOT)
    bench = Bench(tmp_path, "gtx10_not_supported")
    (source,) = bench.sources()
    assert source.identity.kind is SourceKind.POWER
    assert source.identity.averaging_s == 0.0
    assert value(source.read()) == 33.0


def test_an_average_is_labelled_as_one(tmp_path: Path) -> None:
    add_pci(tmp_path, SLOT)
    (source,) = Bench(tmp_path, "average_only").sources()
    assert source.identity.kind is SourceKind.POWER
    assert source.identity.averaging_s == 1.0
    assert value(source.read()) == 18.0


def test_what_is_not_supported_is_never_zero(tmp_path: Path) -> None:
    bench = Bench(tmp_path, "jetson")
    absent = bench.absence()
    assert "neither energy nor power" in absent.reason
    assert "not supported by this card" in absent.reason
    assert not bench.is_open()
    assert "not supported" in reason(gpu_process_memory_bytes(bench.session(), {4242}))


def test_a_frozen_counter_is_passed_on_as_it_is(tmp_path: Path) -> None:
    add_pci(tmp_path, SLOT)
    (source,) = Bench(tmp_path, "counter_frozen").sources()
    assert [value(source.read()) for _ in range(3)] == [123.456] * 3


def test_a_driver_that_is_loaded_anew(tmp_path: Path) -> None:
    add_pci(tmp_path, SLOT)
    bench = Bench(tmp_path, "driver_reload")
    (source,) = bench.sources()  # takes the first value
    assert value(source.read()) == 9_000.5
    assert isinstance(source.read(), Unavailable)
    assert not bench.is_open()
    assert reason(source.read()) == "the card's counter has started again"
    assert value(source.read()) == 1.04
    assert bench.player.call_count("nvmlInit") == 2


def test_two_cards(tmp_path: Path) -> None:
    add_pci(tmp_path, SLOT)
    add_pci(tmp_path, "0000:41:00.0")
    bench = Bench(tmp_path, "two_cards")
    first, second = bench.sources()
    assert first.identity.kind is SourceKind.COUNTER
    assert value(first.read()) == 71.0
    assert second.identity.kind is SourceKind.POWER
    assert second.identity.averaging_s == 0.0
    assert value(second.read()) == 23.5
    assert gpu_process_memory_bytes(bench.session(), {4242}) == 10**9
    first.close()
    assert isinstance(second.read(), PowerReading)
    second.close()


def test_of_two_cards_the_sleeping_one_is_not_touched(tmp_path: Path) -> None:
    add_pci(tmp_path, SLOT, status="suspended")
    add_pci(tmp_path, "0000:41:00.0")
    bench = Bench(tmp_path, "two_cards")
    (source,) = bench.sources()
    assert source.identity.key == "nvml:0000:41:00.0"
    assert bench.player.call_count("nvmlDeviceGetHandleByPciBusId") == 1


def test_memory_of_a_worker_counts_each_process_once(tmp_path: Path) -> None:
    add_pci(tmp_path, SLOT)
    session = Bench(tmp_path, "rtx_laptop").session()
    assert gpu_process_memory_bytes(session, {4242, 4243}) == 1_550_000_000
    assert gpu_process_memory_bytes(session, {77}) == 200_000_000
    assert "does not list" in reason(gpu_process_memory_bytes(session, {5}))
    session.release()


def test_windows_tells_no_memory_of_processes(tmp_path: Path) -> None:
    bench = Bench(tmp_path, "wddm")
    (source,) = bench.sources()
    assert source.identity.key == "nvml:0"
    assert value(source.read()) == 90.0
    assert "Windows" in reason(gpu_process_memory_bytes(bench.session(), {4242}))


def test_memory_is_not_asked_for_while_no_model_runs_on_the_card(tmp_path: Path) -> None:
    bench = Bench(tmp_path, "wddm")
    bench.is_gpu_in_use = False
    assert "no model runs" in reason(gpu_process_memory_bytes(bench.session(), {4242}))
    assert bench.load_count == 0


@pytest.mark.parametrize(
    ("case", "words", "unlock"),
    [
        ("no_driver", "driver is not installed", ""),
        ("driver_updated", "updated since the start", "restart the computer"),
    ],
)
def test_a_driver_that_does_not_answer(tmp_path: Path, case: str, words: str, unlock: str) -> None:
    add_pci(tmp_path, SLOT)
    bench = Bench(tmp_path, case)
    absent = bench.absence()
    assert words in absent.reason
    assert absent.unlock == unlock
    assert isinstance(gpu_process_memory_bytes(bench.session(), {1}), Unavailable)


def test_a_binding_that_is_not_installed(tmp_path: Path) -> None:
    add_pci(tmp_path, SLOT)

    def load() -> TracePlayer:
        raise ImportError

    absent = find_nvml(load, tmp_path, FakeClock(), lambda: True)
    assert isinstance(absent, Absent)
    assert absent.unlock == "pip install nvidia-ml-py"
