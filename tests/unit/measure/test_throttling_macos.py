import sys

import pytest

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.native import NOT_MACOS
from large_enough.measure.throttling_macos import (
    PRESSURE_LEVEL,
    is_under_pressure,
    load_notifications,
)

FAILED = 1_000_000  # NOTIFY_STATUS_FAILED
TOKEN = 7


class FakeNotifications:
    def __init__(self, level: int = 0, register_status: int = 0, state_status: int = 0) -> None:
        self.level = level
        self.register_status = register_status
        self.state_status = state_status
        self.open_count = 0

    def notify_register_check(self, name, token) -> int:
        assert name == PRESSURE_LEVEL
        if self.register_status == 0:
            token._obj.value = TOKEN
            self.open_count += 1
        return self.register_status

    def notify_get_state(self, token, state) -> int:
        assert token == TOKEN
        state._obj.value = self.level
        return self.state_status

    def notify_cancel(self, token) -> int:
        assert token == TOKEN
        self.open_count -= 1
        return 0


@pytest.mark.parametrize(("level", "is_limited"), [(0, False), (1, True), (2, True), (4, True)])
def test_levels(level: int, is_limited: bool) -> None:
    library = FakeNotifications(level)
    assert is_under_pressure(library) is is_limited
    assert library.open_count == 0


def test_a_refusal() -> None:
    for library in (
        FakeNotifications(register_status=FAILED),
        FakeNotifications(3, state_status=FAILED),
    ):
        answer = is_under_pressure(library)
        assert isinstance(answer, Unavailable)
        assert "1000000" in answer.reason
        assert library.open_count == 0


def test_this_machine() -> None:
    answer = is_under_pressure(load_notifications())
    if sys.platform == "darwin":
        assert isinstance(answer, bool | Unavailable)
    else:
        assert answer == NOT_MACOS
        assert isinstance(load_notifications("darwin"), Unavailable)
