"""What rounds with real worker processes do with power instruments."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from tests.helpers.energy_uses import make_part, make_use
from tests.helpers.file_rules import ROOT
from tests.helpers.power_sources import CONDITIONS, make_identity
from tests.helpers.power_watchers import NONE_HERE, PlayedPower, TroubledSurroundings
from tests.helpers.rounds import Recorder, Table, write_script

from large_enough.comparison.events import (
    AnswerFinished,
    ContenderState,
    EnergyKnown,
    PowerSampled,
    RoundEvent,
    RoundFinished,
    StateChanged,
    TextAdded,
)
from large_enough.domain.clock import SystemClock
from large_enough.domain.energy import Energy, EnergyFlag
from large_enough.domain.energy_use import BEING_READ, headline
from large_enough.domain.power import PowerReading, ReadOutcome, SourceIdentity
from large_enough.domain.power_now import PowerNow
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.domain.round import Cancelled, Done, Failed, MachineUse, Mode, RoundRecord
from large_enough.measure.meter import EnergyMeter
from large_enough.store.log_reading import ENERGY_LOST
from large_enough.store.run_log import read_round

SLOW = [{"text": "one two three four five six seven eight", "token_delay_s": 0.05}]
ENDLESS = [{"text": "on and on ", "token_delay_s": 0.02, "end": "length"}]
USES = {"A": make_use(make_part(net_j=80)), "B": make_use(make_part(net_j=30))}

MakeTable = Callable[..., Table]


@pytest.fixture
def make_table(tmp_path: Path) -> Iterator[MakeTable]:
    tables: list[Table] = []

    def make(*, power: object = None, **options: object) -> Table:
        table = Table(tmp_path, power=power or PlayedPower(USES), **options)  # type: ignore[arg-type]
        tables.append(table)
        return table

    yield make
    for table in tables:
        table.close()


@pytest.fixture
def pair(tmp_path: Path) -> list[Path]:
    return [write_script(tmp_path, name) for name in ("ant", "dinosaur")]


def done(record: RoundRecord, letter: str) -> Done:
    result = record.result_of(letter)
    assert isinstance(result, Done)
    return result


def log_of(recorder: Recorder) -> Path:
    finished = recorder.events[-1]
    assert isinstance(finished, RoundFinished)
    assert finished.log_path is not None
    return Path(finished.log_path)


def lines_of(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_energy_of_each_answer_follows_its_end(make_table: MakeTable, pair: list[Path]) -> None:
    recorder = Recorder()
    table = make_table()
    record = table.run(table.plan(pair), recorder)
    told = [
        (type(event), event.result.letter)
        for event in recorder.events
        if isinstance(event, AnswerFinished | EnergyKnown)
    ]
    for letter in "AB":
        assert told.count((EnergyKnown, letter)) == 1
        assert told.index((AnswerFinished, letter)) < told.index((EnergyKnown, letter))
        assert done(record, letter).resources.energy == USES[letter]
    first = next(event for event in recorder.events if isinstance(event, AnswerFinished))
    assert isinstance(first.result, Done)
    assert first.result.resources.energy.missing == BEING_READ


def test_the_log_has_a_line_for_each_energy_and_what_the_machine_gave(
    make_table: MakeTable, pair: list[Path]
) -> None:
    recorder = Recorder()
    table = make_table()
    record = table.run(table.plan(pair), recorder)
    lines = lines_of(log_of(recorder))
    assert sorted(str(line["line"]) for line in lines) == [
        "answer", "answer", "end", "energy", "energy", "round",
    ]  # fmt: skip
    assert {line["letter"] for line in lines if line["line"] == "energy"} == {"A", "B"}
    assert msgspec.convert(lines[-1]["machine_use"], MachineUse) == record.machine_use
    assert len(record.machine_use.idle) == 1
    assert read_round(log_of(recorder)) == record


def test_without_an_instrument_the_reason_is_on_record(
    make_table: MakeTable, pair: list[Path]
) -> None:
    recorder = Recorder()
    table = make_table(power=PlayedPower({}))
    record = table.run(table.plan(pair), recorder)
    assert done(record, "A").resources.energy.missing == Unavailable(reason=NONE_HERE)
    assert read_round(log_of(recorder)) == record


def test_a_stop_while_energies_are_awaited_ends_the_round(
    make_table: MakeTable, pair: list[Path]
) -> None:
    table = make_table(power=PlayedPower(USES, is_slow=True))

    def stop_at_last(event: RoundEvent) -> None:
        if isinstance(event, AnswerFinished) and event.result.letter == "B":
            table.stop()

    recorder = Recorder(reaction=stop_at_last)
    record = table.run(table.plan(pair), recorder)
    assert record.is_complete
    assert done(record, "B").resources.energy == USES["B"]
    assert read_round(log_of(recorder)) == record


def test_who_fails_or_is_stopped_has_no_energy(make_table: MakeTable, tmp_path: Path) -> None:
    power = PlayedPower(USES)
    table = make_table(power=power)
    scripts = [
        write_script(tmp_path, "bad", answers=[{"text": "Well", "end": "killed"}]),
        write_script(tmp_path, "endless", answers=ENDLESS),
        write_script(tmp_path, "good"),
    ]

    def stop_second(event: RoundEvent) -> None:
        if isinstance(event, TextAdded) and event.letter == "B":
            table.stop("B")

    recorder = Recorder(reaction=stop_second)
    record = table.run(table.plan(scripts), recorder)
    assert [type(result) for result in record.results] == [Failed, Cancelled, Done]
    known = [event.result.letter for event in recorder.events if isinstance(event, EnergyKnown)]
    assert known == ["C"]
    assert "drop A" in power.heard
    assert power.heard[::-1].index("drop B") < power.heard[::-1].index("end B")
    assert read_round(log_of(recorder)) == record


def test_a_wished_order_is_obeyed_and_results_stay_with_their_letters(
    make_table: MakeTable, pair: list[Path]
) -> None:
    recorder = Recorder()
    power = PlayedPower(USES)
    table = make_table(power=power)
    plan = msgspec.structs.replace(table.plan(pair), ask_order=("B", "A"))
    record = table.run(plan, recorder)
    assert recorder.letters_of_text() == "BA"
    assert [each for each in power.heard if each.startswith("begin")] == ["begin B", "begin A"]
    assert [contender.letter for contender in record.plan.contenders] == ["A", "B"]
    assert done(record, "A").answer.text == "I am ant."
    assert done(record, "B").answer.text == "I am dinosaur."
    assert done(record, "B").resources.energy == USES["B"]


def test_instruments_hear_who_computes_and_when_nobody_does(
    make_table: MakeTable, pair: list[Path]
) -> None:
    power = PlayedPower(USES)
    table = make_table(power=power)
    table.run(table.plan(pair))
    heard = power.heard
    assert heard[0] == "wake"
    for letter in "AB":
        begin, end = heard.index(f"begin {letter}"), heard.index(f"end {letter}")
        assert heard[begin - 1] == "busy"
        assert "quiet" not in heard[begin:end]
        assert "quiet" in heard[end:]
    assert heard[-1] == "quiet"
    assert power.shared == {False}


def test_together_they_share_the_machine_and_are_quiet_when_all_have_ended(
    make_table: MakeTable, tmp_path: Path
) -> None:
    power = PlayedPower(USES)
    table = make_table(power=power)
    scripts = [write_script(tmp_path, name, answers=SLOW) for name in ("ant", "dinosaur")]
    table.run(table.plan(scripts, mode=Mode.TOGETHER))
    heard = power.heard
    last_begin = max(heard.index("begin A"), heard.index("begin B"))
    last_end = max(heard.index("end A"), heard.index("end B"))
    assert power.shared == {True}
    assert "quiet" not in heard[last_begin:last_end]
    assert heard[last_end:] == [heard[last_end], "quiet"]


def test_power_is_told_while_somebody_answers_and_a_reason_only_once(
    make_table: MakeTable, tmp_path: Path
) -> None:
    script = write_script(
        tmp_path, "slow", answers=[{"text": "one two three four", "token_delay_s": 0.3}]
    )
    recorder = Recorder()
    table = make_table()
    table.run(table.plan([script]), recorder)
    (sampled,) = [event for event in recorder.events if isinstance(event, PowerSampled)]
    assert sampled.letters == ("A",)
    assert sampled.power.power_w == Unavailable(reason=NONE_HERE)
    events = [type(event) for event in recorder.events]
    assert events.index(PowerSampled) < events.index(AnswerFinished)


def test_a_changing_power_is_told_again(make_table: MakeTable, tmp_path: Path) -> None:
    power = PlayedPower(USES)
    table = make_table(power=power)
    levels_w = iter(range(10, 1000))

    def change(event: RoundEvent) -> None:
        if isinstance(event, TextAdded):
            power.power = PowerNow(power_w=next(levels_w), quality=NumberQuality.MEASURED)

    script = write_script(
        tmp_path, "slow", answers=[{"text": "one two three four", "token_delay_s": 0.3}]
    )
    recorder = Recorder(reaction=change)
    table.run(table.plan([script]), recorder)
    told = [event.power.power_w for event in recorder.events if isinstance(event, PowerSampled)]
    assert len(told) >= 3
    assert len(set(told)) == len(told)


def test_what_else_the_machine_did_is_on_record_and_marks_the_energy(
    make_table: MakeTable, pair: list[Path]
) -> None:
    table = make_table(surroundings=TroubledSurroundings())
    recorder = Recorder()
    record = table.run(table.plan(pair), recorder)
    result = done(record, "A")
    assert result.context.was_throttled is True
    assert result.context.conditions == msgspec.structs.replace(
        CONDITIONS, machine="test", on_battery=True
    )
    assert result.context.swapped_out_bytes == 100_000_000
    flags = (EnergyFlag.ON_BATTERY, EnergyFlag.THROTTLED, EnergyFlag.SWAPPING)
    assert result.flags == flags
    gross = result.resources.energy.parts[0].gross
    assert isinstance(gross, Energy)
    assert gross.flags == flags
    assert isinstance(record.machine_use.swapped_out_bytes, int)
    assert record.machine_use.swapped_out_bytes > 2 * 100_000_000
    assert read_round(log_of(recorder)) == record


def test_the_lowest_free_memory_tells_what_the_models_took(
    make_table: MakeTable, pair: list[Path]
) -> None:
    table = make_table(available_bytes=10**12)

    def fall_and_recover(event: RoundEvent) -> None:
        if isinstance(event, StateChanged) and event.state is ContenderState.READY:
            table.available_bytes -= 10**9
        if isinstance(event, EnergyKnown) and event.result.letter == "B":
            table.available_bytes = 10**12

    record = table.run(table.plan(pair), Recorder(reaction=fall_and_recover))
    assert record.machine_use.models_bytes == 2 * 10**9
    again = table.run(table.plan(pair, "And now?"))
    assert again.machine_use.models_bytes == Unavailable(reason="a model was already loaded")


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.helpers.power_watchers import PlayedPower
from tests.helpers.rounds import Recorder, Table, write_script
from large_enough.comparison.events import AnswerFinished

def kill_at_last(event):
    if isinstance(event, AnswerFinished) and event.result.letter == "B":
        os.kill(os.getpid(), signal.SIGKILL)

folder = Path(sys.argv[1])
table = Table(folder, power=PlayedPower({}, is_slow=True))
scripts = [write_script(folder, name) for name in ("ant", "dinosaur")]
table.run(table.plan(scripts), Recorder(reaction=kill_at_last))
"""


def test_a_program_killed_between_answer_and_energy_keeps_the_answers(tmp_path: Path) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)], cwd=ROOT, timeout=60, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    (log,) = (tmp_path / "rounds").iterdir()
    record = read_round(log)
    assert not record.is_complete
    assert [done(record, letter).answer.text for letter in "AB"] == ["I am ant.", "I am dinosaur."]
    assert done(record, "B").resources.energy.missing == ENERGY_LOST


class SteadyCounter:
    """Counts 20 W of real time."""

    def __init__(self) -> None:
        self._clock = SystemClock()

    @property
    def identity(self) -> SourceIdentity:
        """What it is."""
        return make_identity()

    def read(self) -> ReadOutcome:
        """Return the joules since the machine was started."""
        now_ns = self._clock.monotonic_ns()
        return PowerReading(now_ns, 20.0 * now_ns / 1e9)

    def close(self) -> None:
        """Do nothing."""


def test_a_round_with_the_real_meter(make_table: MakeTable, tmp_path: Path) -> None:
    """It takes as long as an instrument is observed, three seconds and a little."""
    meter = EnergyMeter(lambda: ((SteadyCounter(),),), SystemClock(), lambda: CONDITIONS)
    text = " ".join(str(number) for number in range(24))
    script = write_script(tmp_path, "slow", answers=[{"text": text, "token_delay_s": 0.05}])
    try:
        table = make_table(power=meter)
        record = table.run(table.plan([script]))
    finally:
        meter.close()
    answered = done(record, "A")
    energy = headline({"A": answered.resources.energy}).energies["A"]
    assert isinstance(energy, Energy), energy
    true_j = 20.0 * answered.answer.timing.total_s
    assert energy.low_j <= true_j <= energy.high_j
    assert energy.energy_j == pytest.approx(true_j, rel=0.02)
