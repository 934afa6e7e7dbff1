import ctypes
import sys
import uuid

import pytest

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.native import NOT_WINDOWS
from large_enough.measure.power_plan_windows import (
    PowerSchemes,
    load_power_schemes,
    windows_power_plan,
)

BALANCED = uuid.UUID("381b4222-f694-41f0-9685-ff5bb260df2e")
NONE = uuid.UUID(int=0)
MORE_DATA = 234
ACCESS_DENIED = 5


class OldLibrary:
    """powrprof.dll before Windows 10 1709."""

    def __init__(self, scheme: uuid.UUID = BALANCED, name: str | None = "Balanced") -> None:
        self.scheme = ctypes.create_string_buffer(scheme.bytes_le, 16)
        self.name = name
        self.status = 0
        self.freed: list[int] = []

    def free(self, address: int) -> None:
        self.freed.append(address)

    def PowerGetActiveScheme(self, root, scheme) -> int:
        assert root is None
        scheme._obj.value = None if self.status else ctypes.addressof(self.scheme)
        return self.status

    def PowerReadFriendlyName(self, root, scheme, group, setting, buffer, size) -> int:
        assert (root, group, setting) == (None, None, None)
        assert scheme.raw == self.scheme.raw
        if self.name is None:
            return ACCESS_DENIED
        content = (self.name + "\0").encode("utf-16-le")
        if len(content) > size._obj.value:
            size._obj.value = len(content)
            return MORE_DATA
        ctypes.memmove(buffer, content, len(content))
        return 0

    def schemes(self) -> PowerSchemes:
        return PowerSchemes(self, self.free)


class Library(OldLibrary):
    """powrprof.dll of today."""

    def __init__(self, overlay: uuid.UUID = NONE, overlay_status: int = 0) -> None:
        super().__init__()
        self.overlay = overlay
        self.overlay_status = overlay_status

    def PowerGetEffectiveOverlayScheme(self, overlay) -> int:
        ctypes.memmove(overlay, self.overlay.bytes_le, 16)
        return self.overlay_status


@pytest.mark.parametrize(
    ("overlay", "plan"),
    [
        ("00000000-0000-0000-0000-000000000000", "Balanced"),
        ("961cc777-2547-4f9d-8174-7d86181b8a7a", "Balanced, best power efficiency"),
        ("3af9b8d9-7c97-431d-ad78-34a8bfea439f", "Balanced, better performance"),
        ("ded574b5-45a0-4f42-8737-46345c09c238", "Balanced, best performance"),
        (
            "12345678-0000-0000-0000-000000000009",
            "Balanced, 12345678-0000-0000-0000-000000000009",
        ),
    ],
)
def test_the_plan_with_the_mode_over_it(overlay: str, plan: str) -> None:
    assert windows_power_plan(Library(uuid.UUID(overlay)).schemes()) == plan


def test_what_windows_gives_is_freed() -> None:
    library = Library()
    windows_power_plan(library.schemes())
    assert library.freed == [ctypes.addressof(library.scheme)]


def test_an_overlay_that_is_refused() -> None:
    library = Library(uuid.UUID("ded574b5-45a0-4f42-8737-46345c09c238"), ACCESS_DENIED)
    assert windows_power_plan(library.schemes()) == "Balanced"


def test_a_windows_without_overlays() -> None:
    library = OldLibrary(name="  Ausbalanciert \r\n")
    assert windows_power_plan(library.schemes()) == "Ausbalanciert"


@pytest.mark.parametrize("name", [None, "", "x" * 300])
def test_a_plan_without_a_name_is_told_by_its_number(name: str | None) -> None:
    assert windows_power_plan(OldLibrary(name=name).schemes()) == str(BALANCED)


def test_no_active_plan() -> None:
    library = OldLibrary()
    library.status = ACCESS_DENIED
    plan = windows_power_plan(library.schemes())
    assert plan == Unavailable(reason="Windows answers with an error: 5")
    assert library.freed == []


def test_this_machine() -> None:
    if sys.platform == "win32":
        assert isinstance(windows_power_plan(), str)
    else:
        assert windows_power_plan() == NOT_WINDOWS
    assert load_power_schemes("linux") == NOT_WINDOWS


def test_a_library_that_is_missing() -> None:
    schemes = load_power_schemes("win32")
    if sys.platform != "win32":
        assert isinstance(schemes, Unavailable)
        assert schemes.reason == "this Windows does not tell about its power plans"
