import ctypes
import struct
import sys

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.native import NOT_MACOS
from large_enough.measure.swapping_macos import (
    HOST_VM_INFO64,
    VmStatistics64,
    load_host_library,
    mac_swapped_out_bytes,
)

HOST = 0x1F03
PAGE_BYTES = 16384
SWAPOUTS = 123_456


class FakeHost:
    def __init__(self, status: int = 0, page_status: int = 0) -> None:
        self.status = status
        self.page_status = page_status

    def mach_host_self(self) -> int:
        return HOST

    def host_page_size(self, host, page_bytes) -> int:
        assert host == HOST
        page_bytes._obj.value = PAGE_BYTES
        return self.page_status

    def host_statistics64(self, host, flavour, statistics, count) -> int:
        assert (host, flavour, count._obj.value) == (HOST, HOST_VM_INFO64, 38)
        content = struct.pack(
            "=4I9Q2I4Q4IQ",
            *(1, 2, 3, 4),
            *range(5, 14),
            *(14, 15),
            *(16, 17, 18, SWAPOUTS),
            *(20, 21, 22, 23),
            24,
        )
        ctypes.memmove(ctypes.addressof(statistics._obj), content, len(content))
        return self.status


def test_the_layout_is_apples() -> None:
    assert ctypes.sizeof(VmStatistics64) == 152
    assert VmStatistics64.pageouts.offset == 40
    assert VmStatistics64.swapouts.offset == 120


def test_pages_in_swap_files() -> None:
    assert mac_swapped_out_bytes(FakeHost()) == SWAPOUTS * PAGE_BYTES


def test_a_system_that_refuses() -> None:
    for host in (FakeHost(status=4), FakeHost(page_status=4)):
        assert mac_swapped_out_bytes(host) == Unavailable(
            reason="macOS does not tell about its memory: error 4"
        )


def test_this_machine() -> None:
    if sys.platform == "darwin":
        assert isinstance(mac_swapped_out_bytes(), int | Unavailable)
    else:
        assert mac_swapped_out_bytes() == NOT_MACOS
        assert isinstance(load_host_library("darwin"), Unavailable)
