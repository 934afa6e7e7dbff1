from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.power.trees import Reader

from large_enough.domain.quantity import Unavailable
from large_enough.measure.gpu_memory_drm import (
    NO_CARD_OPEN,
    NOT_TOLD,
    SHARED,
    drm_memory_bytes,
)

WORKER, CHILD = 4242, 4243
SLOT = "0000:03:00.0"
MIB = 1 << 20


def add_file(
    root: Path,
    number: int,
    *regions: str,
    process_id: int = WORKER,
    client: str | None = "5",
    slot: str | None = SLOT,
    driver: str = "amdgpu",
) -> None:
    """One open file of a graphics device."""
    lines = ["pos:\t0", "flags:\t02100002", f"drm-driver:\t{driver}"]
    if client is not None:
        lines.append(f"drm-client-id:\t{client}")
    if slot is not None:
        lines.append(f"drm-pdev:\t{slot}")
    folder = root / "proc" / str(process_id) / "fdinfo"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / str(number)).write_text("\n".join([*lines, *regions, "drm-engine-gfx:\t5 ns\n"]))


def add_plain_file(root: Path, process_id: int = WORKER) -> None:
    folder = root / "proc" / str(process_id) / "fdinfo"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "0").write_text("pos:\t0\nflags:\t02\nmnt_id:\t9\n")


def memory(root: Path, *process_ids: int) -> object:
    return drm_memory_bytes(process_ids or (WORKER,), root)


@pytest.mark.parametrize(
    ("regions", "used_bytes"),
    [
        (("drm-memory-vram:\t2048 KiB", "drm-memory-gtt: 99 MiB"), 2 * MIB),
        (("drm-memory-vram:\t9 MiB", "drm-resident-vram:\t3 MiB", "drm-total-vram: 7"), 3 * MIB),
        (("drm-resident-vram0: 1 MiB", "drm-resident-vram1: 2 MiB"), 3 * MIB),
        (("drm-resident-local0: 5 MiB", "drm-resident-stolen-local0: 8 MiB"), 5 * MIB),
        (("drm-resident-vram:\t12345",), 12345),
        (("drm-resident-vram:\t0",), 0),
    ],
)
def test_memory_of_the_cards_own(tmp_path: Path, regions: tuple[str, ...], used_bytes: int) -> None:
    add_plain_file(tmp_path)
    add_file(tmp_path, 7, *regions)
    assert memory(tmp_path) == used_bytes


def test_files_of_one_client_count_once(tmp_path: Path) -> None:
    for number in (7, 8, 11):
        add_file(tmp_path, number, "drm-resident-vram: 3 MiB")
    add_file(tmp_path, 4, "drm-resident-vram: 3 MiB", process_id=CHILD)
    assert memory(tmp_path, WORKER, CHILD) == 3 * MIB


def test_clients_and_cards_are_told_apart(tmp_path: Path) -> None:
    add_file(tmp_path, 7, "drm-resident-vram: 3 MiB")
    add_file(tmp_path, 8, "drm-resident-vram: 4 MiB", client="6")
    add_file(tmp_path, 9, "drm-resident-vram: 5 MiB", slot="0000:41:00.0")
    add_file(tmp_path, 4, "drm-resident-vram: 6 MiB", process_id=CHILD, client="9")
    assert memory(tmp_path) == 12 * MIB
    assert memory(tmp_path, WORKER, CHILD) == 18 * MIB


def test_files_without_an_id_are_clients_of_their_own(tmp_path: Path) -> None:
    add_file(tmp_path, 7, "drm-resident-vram: 3 MiB", client=None, slot=None)
    add_file(tmp_path, 8, "drm-resident-vram: 4 MiB", client=None, slot=None)
    assert memory(tmp_path) == 7 * MIB


def test_a_chip_without_memory_of_its_own(tmp_path: Path) -> None:
    add_file(tmp_path, 7, "drm-resident-system0: 80 MiB", driver="i915")
    assert memory(tmp_path) == SHARED


def test_a_chip_without_memory_of_its_own_beside_a_card(tmp_path: Path) -> None:
    add_file(tmp_path, 7, "drm-resident-system0: 80 MiB", driver="i915", slot="0000:00:02.0")
    add_file(tmp_path, 8, "drm-resident-vram: 4 MiB")
    assert memory(tmp_path) == 4 * MIB


@pytest.mark.parametrize(
    "regions",
    [(), ("drm-resident-vram: many",), ("drm-resident-vram: -1 KiB",), ("drm-memory-vram: 3 PiB",)],
)
def test_a_driver_that_does_not_tell(tmp_path: Path, regions: tuple[str, ...]) -> None:
    add_file(tmp_path, 7, *regions)
    assert memory(tmp_path) == NOT_TOLD
    add_file(tmp_path, 8, "drm-resident-vram: 4 MiB", client="6")
    assert memory(tmp_path) == NOT_TOLD


def test_a_process_without_a_card(tmp_path: Path) -> None:
    add_plain_file(tmp_path)
    assert memory(tmp_path) == NO_CARD_OPEN


def test_a_process_that_is_gone(tmp_path: Path) -> None:
    assert memory(tmp_path) == Unavailable(reason="it is missing: the list of open files")
    add_file(tmp_path, 4, "drm-resident-vram: 6 MiB", process_id=CHILD)
    assert memory(tmp_path, WORKER, CHILD) == 6 * MIB


def test_a_file_that_is_closed_meanwhile(tmp_path: Path) -> None:
    add_file(tmp_path, 7, "drm-resident-vram: 3 MiB")
    add_file(tmp_path, 8, "drm-resident-vram: 4 MiB", client="6")
    reader = Reader()
    reader.fail("fdinfo/7", FileNotFoundError())
    assert drm_memory_bytes([WORKER], tmp_path, reader) == 4 * MIB


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("drm")
    add_file(root, 7)
    return root


@given(st.text(), st.sampled_from(["resident", "memory", "total"]), st.text())
def test_whatever_a_file_holds(opened: Path, place: str, kind: str, value: str) -> None:
    content = f"drm-driver: x\ndrm-{kind}-{place}: {value}\ndrm-{kind}-vram: {value}"
    used_bytes = drm_memory_bytes([WORKER], opened, lambda _path: content)
    assert used_bytes.reason if isinstance(used_bytes, Unavailable) else used_bytes >= 0
