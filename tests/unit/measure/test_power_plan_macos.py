import sys

import pytest

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.native import NOT_MACOS
from large_enough.measure.power_plan_macos import (
    TOO_OLD,
    ObjectiveC,
    load_objective_c,
    low_power_mode,
)

CLASS = 0x6000_0000_1000
OBJECT = 0x6000_0000_2000
SELECTORS = {b"processInfo": 0x7000_0000_0010, b"isLowPowerModeEnabled": 0x7000_0000_0020}


def runtime(
    *,
    state: int = 0,
    class_address: int | None = CLASS,
    is_old: bool = False,
    has_object: bool = True,
) -> ObjectiveC:
    def responds_to(receiver: int, selector: int) -> int:
        assert (receiver, selector) == (CLASS, SELECTORS[b"isLowPowerModeEnabled"])
        return 0 if is_old else 1

    def send_for_object(receiver: int, selector: int) -> int | None:
        assert (receiver, selector) == (CLASS, SELECTORS[b"processInfo"])
        return OBJECT if has_object else None

    def send_for_truth(receiver: int, selector: int) -> int:
        assert not is_old
        assert (receiver, selector) == (OBJECT, SELECTORS[b"isLowPowerModeEnabled"])
        return state

    return ObjectiveC(
        get_class={b"NSProcessInfo": class_address}.get,
        register_name=SELECTORS.__getitem__,
        responds_to=responds_to,
        send_for_object=send_for_object,
        send_for_truth=send_for_truth,
    )


@pytest.mark.parametrize("state", [0, 1])
def test_low_power_mode(state: int) -> None:
    assert low_power_mode(runtime(state=state)) is bool(state)


def test_a_macos_without_it() -> None:
    assert low_power_mode(runtime(is_old=True)) == TOO_OLD
    assert low_power_mode(runtime(class_address=None)) == TOO_OLD
    assert low_power_mode(runtime(has_object=False)) == TOO_OLD


def test_this_machine() -> None:
    if sys.platform == "darwin":
        assert isinstance(low_power_mode(), bool | Unavailable)
    else:
        assert low_power_mode() == NOT_MACOS
    assert load_objective_c("linux") == NOT_MACOS


def test_a_runtime_that_is_missing() -> None:
    if sys.platform != "darwin":
        assert load_objective_c("darwin") == Unavailable(reason="this macOS has no Objective-C")
