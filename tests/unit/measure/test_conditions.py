from large_enough.domain.clock import SystemClock
from large_enough.domain.energy import PowerConditions
from large_enough.domain.quantity import Unavailable
from large_enough.measure.conditions import power_conditions

LONGEST_S = 0.2


def test_what_the_system_tells() -> None:
    conditions = power_conditions("laptop", ask_battery=lambda: True, ask_plan=lambda: "saver")
    assert conditions == PowerConditions(machine="laptop", on_battery=True, power_plan="saver")


def test_what_it_does_not_tell() -> None:
    absent = Unavailable(reason="not told")
    conditions = power_conditions("m", ask_battery=lambda: absent, ask_plan=lambda: absent)
    assert conditions == PowerConditions(machine="m", on_battery=absent, power_plan=absent)


def test_this_machine() -> None:
    clock = SystemClock()
    start_s = clock.monotonic_s()
    conditions = power_conditions("here")
    assert clock.monotonic_s() - start_s < LONGEST_S
    assert isinstance(conditions.on_battery, bool | Unavailable)
    assert power_conditions("here") == conditions
