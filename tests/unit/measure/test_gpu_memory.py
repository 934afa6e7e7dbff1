import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tests.data.power.synthetic_windows import FakePdh
from tests.data.power.trees import add_pci
from tests.helpers.fake_clock import FakeClock
from tests.unit.measure.test_gpu_memory_drm import MIB, add_file

from large_enough.domain.clock import SystemClock
from large_enough.domain.quantity import Unavailable
from large_enough.measure.gpu_memory import NOT_IN_USE, GpuMemoryReader
from large_enough.measure.gpu_memory_drm import NO_CARD_OPEN, SHARED
from large_enough.measure.gpu_memory_nvidia import IN_CONTAINER
from large_enough.measure.power.native import NOT_WINDOWS
from large_enough.measure.power.nvml_library import BINDING_MISSING
from large_enough.measure.power.pdh_gpu import NOT_LISTED
from large_enough.measure.power.trace import TracePlayer
from large_enough.measure.power.trace_file import decode_trace

DATA = Path(__file__).parents[2] / "data" / "power"
SLOT = "0000:01:00.0"
WORKER, CHILD = 4242, 4243
LONGEST_S = 0.2


def trace(case: str) -> TracePlayer:
    return TracePlayer(decode_trace((DATA / f"synthetic_nvml_{case}.json").read_bytes()))


def add_namespace(root: Path, number: int) -> None:
    folder = root / "proc" / "self" / "ns"
    folder.mkdir(parents=True)
    (folder / "pid").symlink_to(f"pid:[{number}]")


def add_processes(root: Path, *process_ids: int) -> None:
    for process_id in process_ids:
        (root / "proc" / str(process_id)).mkdir(parents=True)


def reader_of(
    root: Path,
    library: object = None,
    *,
    system: str = "linux",
    children: Sequence[int] = (),
    is_gpu_in_use: Callable[[], bool] = lambda: True,
) -> GpuMemoryReader:
    def load_nvml() -> object:
        if library is None:
            raise ImportError
        return library

    return GpuMemoryReader(
        is_gpu_in_use,
        clock=FakeClock(),
        system=system,
        root=root,
        nvml_loader=load_nvml,
        pdh_loader=lambda: library,
        find=lambda _process_id: children,
    )


def reason(outcome: object) -> str:
    assert isinstance(outcome, Unavailable)
    return outcome.reason


def is_open(player: TracePlayer) -> bool:
    return player.call_count("nvmlInit") > player.call_count("nvmlShutdown")


@pytest.mark.parametrize("namespace", [None, 4026531836])
def test_nvidia_counts_a_worker_with_its_children(tmp_path: Path, namespace: int | None) -> None:
    add_pci(tmp_path, SLOT)
    if namespace is not None:
        add_namespace(tmp_path, namespace)
    player = trace("rtx_laptop")
    assert reader_of(tmp_path, player, children=(CHILD,)).read(WORKER) == 1_550_000_000
    assert not is_open(player)


def test_a_process_that_nvidia_does_not_list(tmp_path: Path) -> None:
    add_pci(tmp_path, SLOT)
    assert "does not list" in reason(reader_of(tmp_path, trace("rtx_laptop")).read(5))


@pytest.mark.parametrize("process_id", [5, WORKER])
def test_in_a_container_a_listed_number_may_be_of_a_stranger(
    tmp_path: Path, process_id: int
) -> None:
    """The driver lists processes that are not there, so its numbers are not ours."""
    add_pci(tmp_path, SLOT)
    add_namespace(tmp_path, 4026532999)
    add_processes(tmp_path, WORKER, 5)
    player = trace("rtx_laptop")
    assert reader_of(tmp_path, player).read(process_id) == IN_CONTAINER
    assert not is_open(player)


def test_a_driver_that_knows_the_numbers_in_a_container(tmp_path: Path) -> None:
    add_pci(tmp_path, SLOT)
    add_namespace(tmp_path, 4026532999)
    add_processes(tmp_path, WORKER, CHILD, 77)
    player = trace("rtx_laptop")
    assert reader_of(tmp_path, player, children=(CHILD,)).read(WORKER) == 1_550_000_000
    assert reader_of(tmp_path, player).read(5) == IN_CONTAINER
    assert not is_open(player)


def test_a_card_that_does_not_tell(tmp_path: Path) -> None:
    add_namespace(tmp_path, 4026532999)
    player = trace("jetson")
    assert "not supported by this card" in reason(reader_of(tmp_path, player).read(WORKER))
    assert not is_open(player)


def test_a_binding_that_is_not_installed(tmp_path: Path) -> None:
    add_pci(tmp_path, SLOT)
    assert reason(reader_of(tmp_path).read(WORKER)) == BINDING_MISSING.reason


def test_without_an_nvidia_card_the_other_drivers_tell(tmp_path: Path) -> None:
    add_pci(tmp_path, SLOT, vendor="0x1002")
    add_file(tmp_path, 7, "drm-resident-vram: 3 MiB")
    add_file(tmp_path, 7, "drm-resident-vram: 4 MiB", process_id=CHILD, client="6")
    assert reader_of(tmp_path).read(WORKER) == 3 * MIB
    assert reader_of(tmp_path, children=(CHILD,)).read(WORKER) == 7 * MIB


def test_a_model_beside_a_sleeping_nvidia_card(tmp_path: Path) -> None:
    add_pci(tmp_path, SLOT, status="suspended")
    add_file(tmp_path, 7, "drm-resident-vram: 3 MiB")
    assert reader_of(tmp_path).read(WORKER) == 3 * MIB


def test_an_nvidia_card_without_nvidias_driver(tmp_path: Path) -> None:
    add_pci(tmp_path, SLOT)
    add_file(tmp_path, 7, "drm-resident-vram: 3 MiB", driver="nouveau")
    assert reader_of(tmp_path, trace("no_driver")).read(WORKER) == 3 * MIB


def test_nothing_is_touched_while_no_model_runs_on_a_card(tmp_path: Path) -> None:
    def refuse(*_arguments: object) -> object:
        raise AssertionError

    for system in ("linux", "win32", "darwin"):
        reader = GpuMemoryReader(
            lambda: False,
            system=system,
            root=tmp_path,
            read_text=refuse,
            nvml_loader=refuse,
            pdh_loader=refuse,
            find=refuse,
        )
        assert reader.read(WORKER) == NOT_IN_USE
        reader.close()


def test_windows_counts_a_worker_with_its_children(tmp_path: Path) -> None:
    fixture = DATA / "synthetic_pdh_gpu_process_memory.json"
    library = FakePdh(json.loads(fixture.read_text(encoding="utf-8"))["values"])
    reader = reader_of(tmp_path, library, system="win32", children=(7, 42))
    assert reader.read(WORKER) == 3_500_000_000 + 77_000_000
    assert library.open_count == 1
    assert reader_of(tmp_path, library, system="win32").read(7) == NOT_LISTED
    assert reader_of(tmp_path, library, system="win32").read(1000) == 0
    reader.close()
    reader.close()
    assert reader.read(WORKER) == 3_577_000_000


def test_windows_lets_go_when_no_model_runs_on_a_card(tmp_path: Path) -> None:
    fixture = DATA / "synthetic_pdh_gpu_process_memory.json"
    library = FakePdh(json.loads(fixture.read_text(encoding="utf-8"))["values"])
    uses = [True, False]
    reader = reader_of(tmp_path, library, system="win32", is_gpu_in_use=lambda: uses.pop(0))
    assert reader.read(WORKER) == 3_500_000_000
    assert reader.read(WORKER) == NOT_IN_USE
    assert library.open_count == 0


def test_a_windows_that_does_not_count(tmp_path: Path) -> None:
    reader = reader_of(tmp_path, NOT_WINDOWS, system="win32")
    assert reader.read(WORKER) == NOT_WINDOWS


def test_macs_share_their_memory(tmp_path: Path) -> None:
    assert reader_of(tmp_path, system="darwin").read(WORKER) == SHARED
    assert SHARED.reason == "shared with the machine's memory"


def test_this_machine() -> None:
    clock = SystemClock()
    reader = GpuMemoryReader(lambda: False)
    start_s = clock.monotonic_s()
    assert reader.read(os.getpid()) == NOT_IN_USE
    assert clock.monotonic_s() - start_s < LONGEST_S
    reader.close()


def test_the_open_files_of_this_process() -> None:
    """On Linux without an NVIDIA card, whose library would take long."""
    root = Path("/")
    reader = GpuMemoryReader(lambda: True, system="linux", root=root, nvml_loader=_no_nvml)
    outcome = reader.read(os.getpid())
    reader.close()
    if isinstance(outcome, Unavailable):
        assert outcome == NO_CARD_OPEN or outcome.reason
    else:
        assert outcome >= 0


def _no_nvml() -> object:
    raise ImportError
