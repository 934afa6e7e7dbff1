"""What logs of rounds say about energy."""

import json
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.helpers.energy_uses import done_with, make_part, missing_part
from tests.helpers.power_sources import make_idle
from tests.helpers.records import make_done, make_failed, make_machine, make_plan

from large_enough.domain.energy import EnergyFlag, EnergyKind
from large_enough.domain.energy_use import BEING_READ, EnergyUse
from large_enough.domain.quantity import Unavailable
from large_enough.domain.resource_use import NOT_ON_A_CARD
from large_enough.domain.round import NOT_NOTED, Done, MachineUse, Purpose
from large_enough.report.comparison_table import comparison_rows
from large_enough.store.log_reading import ENERGY_LOST, DamagedLogError, read_round
from large_enough.store.run_log import RoundLog

STARTED = "2026-05-04T10:00:00+00:00"
AWAITED = make_done("A").with_energy(EnergyUse(missing=BEING_READ))
KNOWN = done_with("A", make_part(split_kind=EnergyKind.NET), missing_part("window too short"))
USE = MachineUse(models_bytes=9, swapped_out_bytes=0, idle=(make_idle(),))


@pytest.fixture
def log(tmp_path: Path) -> RoundLog:
    return RoundLog.create(tmp_path, make_plan(), make_machine(), STARTED, 1)


def test_an_energy_comes_back_to_its_answer(log: RoundLog) -> None:
    log.append(AWAITED)
    log.append(make_failed("B"))
    log.append_energy(KNOWN)
    log.finish(USE)
    record = read_round(log.path)
    assert record.results == (KNOWN, make_failed("B"))
    assert record.machine_use == USE
    assert record.is_complete


def test_flags_of_the_answer_are_there_again(log: RoundLog) -> None:
    def hot(done: Done) -> Done:
        context = msgspec.structs.replace(done.context, was_throttled=True)
        return msgspec.structs.replace(done, context=context)

    known = hot(AWAITED).with_energy(KNOWN.resources.energy)
    log.append(hot(AWAITED))
    log.append_energy(known)
    log.finish(USE)
    (result,) = read_round(log.path).results
    assert result == known
    assert isinstance(result, Done)
    assert EnergyFlag.THROTTLED in result.flags


def test_a_log_that_ends_before_the_energy_says_so(log: RoundLog) -> None:
    log.append(AWAITED)
    log.close()
    record = read_round(log.path)
    (result,) = record.results
    assert isinstance(result, Done)
    assert result.resources.energy == EnergyUse(missing=ENERGY_LOST)
    assert not record.is_complete
    notes = {row.key: row.cells[0].note for row in comparison_rows(record)}
    assert notes["energy_j"] == ENERGY_LOST.reason


def test_a_reason_that_was_given_in_time_is_kept(log: RoundLog) -> None:
    reason = EnergyUse(missing=Unavailable(reason="no rights"))
    log.append(AWAITED)
    log.append_energy(AWAITED.with_energy(reason))
    log.finish()
    (result,) = read_round(log.path).results
    assert isinstance(result, Done)
    assert result.resources.energy == reason


def test_a_log_cut_at_every_byte_keeps_answer_and_energy_apart(
    log: RoundLog, tmp_path: Path
) -> None:
    log.append(AWAITED)
    log.append_energy(KNOWN)
    log.finish(USE)
    content = log.path.read_bytes()
    head, answer, _energy, _end = content.splitlines(keepends=True)
    cut = tmp_path / "cut"
    for size in range(len(head) + len(answer), len(content), 37):
        cut.write_bytes(content[:size])
        (result,) = read_round(cut).results
        assert isinstance(result, Done)
        assert result.resources.energy in (
            KNOWN.resources.energy,
            EnergyUse(missing=ENERGY_LOST),
        )


def test_an_energy_without_an_answer_is_a_damage(log: RoundLog) -> None:
    log.append(make_failed("A"))
    log.append_energy(KNOWN)
    log.append_energy(done_with("B", make_part()))
    log.finish()
    with pytest.raises(DamagedLogError) as caught:
        read_round(log.path)
    assert caught.value.record.results == (make_failed("A"),)
    assert caught.value.info.facts["line"] == 3


def spoilt(log: RoundLog, spoil: dict[str, Any]) -> Path:
    """Return a whole log with other values in the gross energy of A."""
    log.append(AWAITED)
    log.append_energy(KNOWN)
    log.finish()
    lines = [json.loads(line) for line in log.path.read_bytes().splitlines()]
    lines[2]["energy"]["parts"][0]["gross"].update(spoil)
    log.path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return log.path


@pytest.mark.parametrize(
    "spoil",
    [
        {"energy_j": "much"},
        {"scopes": ["moon"]},
        {"quality": "guessed"},
        {"duration_s": 0.0},
        {"duration_s": -1.0},
        {"type": "energies"},
    ],
)
def test_a_senseless_energy_is_a_damage_and_costs_only_itself(
    log: RoundLog, spoil: dict[str, Any]
) -> None:
    with pytest.raises(DamagedLogError) as caught:
        read_round(spoilt(log, spoil))
    (result,) = caught.value.record.results
    assert isinstance(result, Done)
    assert result.resources.energy.missing == ENERGY_LOST
    assert comparison_rows(caught.value.record)


def without(content: dict[str, Any], *names: str) -> None:
    for name in names:
        del content[name]


def test_a_log_from_before_there_were_instruments_still_reads(log: RoundLog) -> None:
    """Energy was a number then, with no line of its own; nothing was noted of the machine."""
    log.append(make_done("A"))
    log.append(make_failed("B"))
    log.finish()
    head, answer, failed, end = (json.loads(line) for line in log.path.read_bytes().splitlines())
    without(head["plan"], "purpose", "ask_order")
    without(answer["result"]["context"], "conditions", "was_throttled", "swapped_out_bytes")
    none = {"type": "unavailable", "reason": "no instrument yet"}
    answer["result"]["resources"]["energy"] = {
        "energy_j": none,
        "mean_power_w": none,
        "quality": "not_available",
        "scope": none,
    }
    answer["result"]["resources"]["gpu_memory_bytes"] = none
    without(end, "machine_use")
    log.path.write_text(
        "".join(json.dumps(line) + "\n" for line in (head, answer, failed, end)), encoding="utf-8"
    )
    record = read_round(log.path)
    assert record.is_complete
    assert record.machine_use == MachineUse()
    assert record.plan.purpose is Purpose.QUESTION
    done, _failed = record.results
    assert isinstance(done, Done)
    assert done.answer == make_done("A").answer
    assert done.resources.energy == EnergyUse()
    assert done.context.conditions == NOT_NOTED
    assert done.resources.gpu_memory_bytes != NOT_ON_A_CARD
    assert comparison_rows(record)


def test_only_its_owner_may_read_a_log(log: RoundLog) -> None:
    """Questions and answers are private; Windows has no such bits, and keeps folders of users."""
    mode = log.path.stat().st_mode
    log.close()
    assert os.name != "posix" or not mode & 0o077
