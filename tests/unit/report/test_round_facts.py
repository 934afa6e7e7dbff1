import msgspec
import pytest
from tests.helpers.power_sources import CONDITIONS, make_idle
from tests.helpers.records import make_card, make_done, make_failed, make_plan, make_record

from large_enough.domain.costing import Costing
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import SWAPPING_BYTES, Done, MachineUse, RoundRecord
from large_enough.report.round_facts import round_facts


def record_with(**machine_use: object) -> RoundRecord:
    record = make_record([make_done("A"), make_done("B")])
    use = msgspec.structs.replace(MachineUse(), **machine_use)
    return msgspec.structs.replace(record, machine_use=use)


def on(conditions: object, done: Done) -> Done:
    context = msgspec.structs.replace(done.context, conditions=conditions)
    return msgspec.structs.replace(done, context=context)


def test_where_nothing_was_noted_nothing_is_said() -> None:
    assert round_facts(record_with()) == ()
    assert round_facts(make_record([make_failed("A")])) == ()


def test_memory_of_all_models_together() -> None:
    (fact,) = round_facts(record_with(models_bytes=2_100_000_000))
    assert "fell by up to 2.10 GB" in fact
    alone = make_record([make_done("A")], make_plan(make_card()))
    use = MachineUse(models_bytes=2_100_000_000)
    assert round_facts(msgspec.structs.replace(alone, machine_use=use)) == ()


def test_memory_that_was_moved_to_disk() -> None:
    (fact,) = round_facts(record_with(swapped_out_bytes=500_000_000))
    assert "from memory to disk" in fact
    assert round_facts(record_with(swapped_out_bytes=SWAPPING_BYTES - 1)) == ()


@pytest.mark.parametrize(
    ("on_battery", "plan", "words"),
    [
        (True, "balanced", "on battery, power plan balanced"),
        (False, "saver", "plugged in, power plan saver"),
        (False, Unavailable(reason="not told"), "plugged in"),
    ],
)
def test_the_power_source(on_battery: bool, plan: object, words: str) -> None:
    conditions = msgspec.structs.replace(CONDITIONS, on_battery=on_battery, power_plan=plan)
    (fact,) = round_facts(make_record([make_failed("A"), on(conditions, make_done("B"))]))
    assert fact == f"Power: {words}."


def test_a_power_source_that_is_not_known() -> None:
    unknown = Unavailable(reason="not told")
    conditions = msgspec.structs.replace(CONDITIONS, on_battery=unknown, power_plan=unknown)
    assert round_facts(make_record([on(conditions, make_done("A"))])) == ()


def test_idle_power_with_two_standard_uncertainties() -> None:
    (fact,) = round_facts(record_with(idle=(make_idle(4.0, 0.25),)))
    assert "4.0 W ± 0.50 W" in fact
    assert "something else was running" not in fact
    (disturbed,) = round_facts(record_with(idle=(make_idle(is_disturbed=True),)))
    assert "something else was running" in disturbed


def test_what_the_user_gave_is_named_with_its_source() -> None:
    costing = Costing(
        price_per_kwh=0.3, currency="EUR", price_source="my contract", grid_g_per_kwh=380.0
    )
    price, grid = round_facts(record_with(), costing)
    assert price == "Cost at 0.3 EUR per kWh (my contract)."
    assert grid == "CO2 at 380 g per kWh (your figure)."
