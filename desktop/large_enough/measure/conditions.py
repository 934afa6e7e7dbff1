"""Notes what has to be the same for two energies to be compared."""

from collections.abc import Callable

from large_enough.domain.energy import PowerConditions
from large_enough.domain.quantity import Unavailable
from large_enough.measure.machine import on_battery
from large_enough.measure.power_plan import power_plan


def power_conditions(
    machine_name: str,
    *,
    ask_battery: Callable[[], bool | Unavailable] = on_battery,
    ask_plan: Callable[[], str | Unavailable] = power_plan,
) -> PowerConditions:
    """Return the state of the machine now.

    Args:
        machine_name: Stable name of the machine, for example its processor and operating system.
        ask_battery: Whether the machine runs on its battery.
        ask_plan: Gives the system's power plan.
    """
    return PowerConditions(machine=machine_name, on_battery=ask_battery(), power_plan=ask_plan())
