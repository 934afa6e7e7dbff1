import pytest

from large_enough.domain.power import Scope
from large_enough.measure.plausible import TOO_LITTLE, TOO_MUCH, why_not_plausible


@pytest.mark.parametrize(
    ("scope", "power_w", "wrong"),
    [
        (Scope.CPU_PACKAGE, 15.0, None),
        (Scope.SOC, 0.012, TOO_LITTLE),
        (Scope.CPU_PACKAGE, 0.0, TOO_LITTLE),
        (Scope.WHOLE_MACHINE, 0.368, TOO_LITTLE),
        (Scope.CPU_PACKAGE, 1e6, TOO_MUCH),
        (Scope.GPU, 0.0, None),
        (Scope.PROCESS_CPU, 0.0, None),
        (Scope.GPU_BOARD, 600.0, None),
        (Scope.GPU_BOARD, 4294.0, TOO_MUCH),
    ],
)
def test_powers_that_can_be_true(scope, power_w, wrong) -> None:
    assert why_not_plausible(scope, power_w) == wrong
