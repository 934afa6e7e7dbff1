"""What the terminal shows of the doctor's findings."""

import io

import pytest
from rich.console import Console
from tests.helpers.doctor_reports import (
    NO_ENGINE,
    make_absent,
    make_instrument,
    make_report,
    make_resting,
)

from large_enough.cli.doctor_view import show_report
from large_enough.domain.doctor import BatteryCharge, DoctorReport
from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.rapl_absence import UNLOCK, UNLOCK_COST


def shown(report: DoctorReport, width: int = 80) -> str:
    stream = io.StringIO()
    show_report(Console(file=stream, width=width, force_terminal=False), report)
    return stream.getvalue()


def test_the_sentence_comes_first() -> None:
    lines = shown(make_report(make_instrument())).splitlines()
    assert lines[0] == "Energy: processor chip (RAPL), measured. Memory: yes."


def test_an_instrument_has_its_numbers() -> None:
    text = shown(make_report(make_instrument(), make_absent("there is none")))
    row = next(line for line in text.splitlines() if "12.3 W" in line)
    assert row.split() == ["processor", "chip", "in", "use", "10", "ms", "12.3", "W"]
    assert "measured; never verified on this hardware" in text
    assert "RAPL counter of the processor (Linux powercap): there is none" in text


def test_columns_are_aligned() -> None:
    lines = shown(make_report(make_instrument(), make_resting())).splitlines()
    head = next(line for line in lines if line.lstrip().startswith("covers"))
    for line in lines:
        if line.startswith(("   processor chip ", "   whole machine ")):
            assert line[head.index("state") - 1] == " "
            assert line[head.index("state")] != " "


def test_a_command_stands_alone_on_its_line() -> None:
    closed = make_absent("closed", unlock=UNLOCK, unlock_note=UNLOCK_COST)
    lines = [line.strip() for line in shown(make_report(closed), width=40).splitlines()]
    assert UNLOCK in lines
    assert UNLOCK_COST in lines


def test_machine_engine_models_and_disks() -> None:
    text = shown(make_report(make_instrument()))
    for part in (
        "Fast chip; cores: 4, threads: 8, used for models: 4",
        "16.0 GB, 9.00 GB available, 0 bytes swapped out",
        "mains; the battery is 81 % full",
        "0.3.36",
        "b9999 (0c1e570)",
        "CUDA, CPU",
        "AVX2, FMA",
        "CPU: Fast chip, 16.0 GB",
        "CUDA0: Fast card\n",
        "1 model: Tiny (2 files set aside)",
        "/data/models (50.0 GB free)",
        "/data/rounds (— free)",
        "Looked for 3.20 s.",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("battery", "text"),
    [
        (BatteryCharge(on_battery=True, percent=40.0), "battery; the battery is 40 % full"),
        (
            BatteryCharge(
                on_battery=Unavailable(reason="the system reports no battery"),
                percent=Unavailable(reason="none"),
            ),
            "the system reports no battery",
        ),
    ],
)
def test_where_the_power_comes_from(battery: BatteryCharge, text: str) -> None:
    assert text in shown(make_report(battery=battery))


def test_no_engine_is_said_in_words() -> None:
    text = shown(make_report(engine=NO_ENGINE))
    assert "llama-cpp-python, which runs the models, cannot be loaded: no module llama_cpp" in text
    assert "Install it as the README says" in text


def test_terminal_escapes_are_not_obeyed() -> None:
    hostile = "card \x1b[31m\x1b]0;title\x07 \u202eevil [bold]x[/]"
    text = shown(make_report(make_instrument(instrument=hostile, reason=hostile)))
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert "[bold]x[/]" in text
