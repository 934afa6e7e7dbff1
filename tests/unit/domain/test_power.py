from hypothesis import given
from hypothesis import strategies as st

from large_enough.domain.power import CONTAINED_IN, Scope, outermost


def test_graphics_on_the_chip_lie_within_it() -> None:
    assert outermost([Scope.SOC, Scope.GPU, Scope.MEMORY]) == {Scope.SOC, Scope.MEMORY}
    assert outermost([Scope.CPU_PACKAGE, Scope.GPU_BOARD]) == {Scope.CPU_PACKAGE, Scope.GPU_BOARD}
    assert outermost([]) == set()


@given(st.sets(st.sampled_from(Scope)))
def test_outermost_scopes_may_be_added_and_cover_all(scopes: set[Scope]) -> None:
    outer = outermost(scopes)
    assert all(not CONTAINED_IN[scope] & outer for scope in outer)
    assert all(scope in outer or CONTAINED_IN[scope] & outer for scope in scopes)
