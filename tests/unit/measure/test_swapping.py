from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.power.trees import Reader, write

from large_enough.domain.clock import SystemClock
from large_enough.domain.quantity import Count, Unavailable
from large_enough.measure.power.native import NOT_MACOS
from large_enough.measure.swapping import (
    NOT_TOLD,
    paging_file_used_bytes,
    swapped_between,
    swapped_out_bytes,
)

LONGEST_S = 0.2
VMSTAT = "nr_free_pages 10\npswpin 7\npswpout 5\nthp_swpout 3"
ABSENT = Unavailable(reason="not told")


@pytest.mark.parametrize("page_bytes", [4096, 16384])
def test_linux_counts_pages(tmp_path: Path, page_bytes: int) -> None:
    write(tmp_path / "proc", vmstat=VMSTAT)
    assert swapped_out_bytes("linux", tmp_path, page_bytes=page_bytes) == 5 * page_bytes


@pytest.mark.parametrize("content", ["", "pswpin 7", "pswpout", "pswpout -1", "pswpout x"])
def test_a_kernel_that_does_not_count(tmp_path: Path, content: str) -> None:
    write(tmp_path / "proc", vmstat=content)
    assert swapped_out_bytes("linux", tmp_path) == NOT_TOLD


def test_a_count_that_cannot_be_read(tmp_path: Path) -> None:
    assert swapped_out_bytes("linux", tmp_path) == Unavailable(reason="it is missing: vmstat")
    reader = Reader()
    reader.fail("vmstat", PermissionError())
    assert swapped_out_bytes("linux", tmp_path, read_text=reader) == Unavailable(
        reason="this user may not read it: vmstat"
    )


def test_windows_and_macos() -> None:
    assert swapped_out_bytes("win32", ask_windows=lambda: 5, ask_macos=lambda: 6) == 5
    assert swapped_out_bytes("darwin", ask_windows=lambda: 5, ask_macos=lambda: 6) == 6


def test_between_two_readings() -> None:
    assert swapped_between(100, 130) == 30
    assert swapped_between(130, 100) == 0
    assert swapped_between(ABSENT, 1) == ABSENT
    assert swapped_between(1, ABSENT) == ABSENT


COUNTS = st.one_of(st.integers(min_value=0), st.just(ABSENT))


@given(COUNTS, COUNTS)
def test_what_is_between_is_never_negative(before: Count, after: Count) -> None:
    moved_bytes = swapped_between(before, after)
    if isinstance(moved_bytes, Unavailable):
        assert ABSENT in (before, after)
    else:
        assert moved_bytes >= 0


def test_this_machine() -> None:
    clock = SystemClock()
    start_s = clock.monotonic_s()
    before = swapped_out_bytes()
    after = swapped_out_bytes()
    assert clock.monotonic_s() - start_s < 2 * LONGEST_S
    if isinstance(before, Unavailable):
        assert before.reason
    else:
        assert swapped_between(before, after) >= 0


def test_a_mac_that_this_is_not() -> None:
    answer = swapped_out_bytes("darwin")
    assert answer == NOT_MACOS or isinstance(answer, int)


def test_the_paging_files_of_this_machine() -> None:
    assert paging_file_used_bytes() >= 0
