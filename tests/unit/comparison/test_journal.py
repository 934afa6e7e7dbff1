from pathlib import Path

import msgspec
import pytest
from tests.helpers.energy_uses import done_with, make_part
from tests.helpers.fake_clock import FakeClock
from tests.helpers.records import make_done, make_failed, make_machine, make_plan

from large_enough.comparison.journal import Journal
from large_enough.domain.round import MachineUse
from large_enough.store.run_log import read_round

PLAN = make_plan()
KNOWN = done_with("A", make_part())
USE = MachineUse(models_bytes=5, swapped_out_bytes=0)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "rounds", make_machine(), FakeClock())


def test_memory_and_disk_say_the_same(journal: Journal) -> None:
    journal.open(PLAN, 7)
    journal.add(make_done("A"))
    journal.add(make_failed("B"))
    journal.amend(KNOWN)
    record = journal.finish(PLAN, USE)
    assert record.results == (KNOWN, make_failed("B"))
    assert record.machine_use == USE
    assert journal.path is not None
    assert read_round(Path(journal.path)) == record
    assert journal.problem == ""


def test_results_from_before_it_was_opened_are_written_first(journal: Journal) -> None:
    journal.add(make_failed("B"))
    assert journal.path is None
    journal.open(PLAN, 7)
    journal.add(make_done("A"))
    journal.amend(KNOWN)
    record = journal.finish(PLAN, USE)
    assert journal.path is not None
    assert read_round(Path(journal.path)) == record


def test_a_log_that_cannot_be_made_costs_no_result(tmp_path: Path) -> None:
    (tmp_path / "rounds").write_text("in the way", encoding="utf-8")
    journal = Journal(tmp_path / "rounds", make_machine(), FakeClock())
    journal.open(PLAN, 7)
    assert journal.problem
    journal.add(make_done("A"))
    journal.amend(KNOWN)
    record = journal.finish(PLAN, USE)
    assert record.results == (KNOWN,)
    assert record.available_memory_before_bytes == 7
    assert not record.is_complete


def test_an_energy_of_nobody_changes_nothing(journal: Journal) -> None:
    journal.add(make_failed("B"))
    journal.amend(KNOWN)
    assert journal.finish(PLAN, USE).results == (make_failed("B"),)


def test_a_plan_that_is_only_known_at_the_end_is_the_one_on_record(journal: Journal) -> None:
    journal.open(PLAN, 7)
    later = msgspec.structs.replace(PLAN, ask_order=("B", "A"))
    assert journal.finish(later, USE).plan == later
