"""`large-enough doctor`: the real program on this machine, and workers that cannot run models."""

import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from tests.helpers.fake_clock import FakeClock
from tests.helpers.gguf_files import write_gguf
from tests.helpers.played_machine import played_environment

from large_enough.domain.clock import SystemClock
from large_enough.domain.doctor import DoctorReport, EngineFound, InstrumentVerdict
from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.generation import EngineBuild
from large_enough.domain.model_card import BackendKind
from large_enough.engine.inspection import EngineInspection
from large_enough.engine.launcher import LaunchCommand, worker_command
from large_enough.measure.power.trace_file import decode_trace
from large_enough.measure.probe_all import probe_instruments

LONGEST_S = 20.0
"""Of a machine that is busy with other things; at rest it takes about a second."""


def run(*arguments: str, **environ: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "large_enough", "doctor", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", **environ},
    )


def report_of(finished: "subprocess.CompletedProcess[str]") -> DoctorReport:
    assert finished.returncode == 0, finished.stderr
    return msgspec.json.decode(finished.stdout, type=DoctorReport)


class TestThisMachine:
    """Whatever machine that is: what is asserted holds on all of them."""

    def test_everything_is_told_as_json(self, tmp_path: Path) -> None:
        write_gguf(tmp_path / "tiny-1m-f32.gguf")
        (tmp_path / "page.gguf").touch()
        finished = run("--json", "--models-dir", str(tmp_path))
        report = report_of(finished)
        assert finished.stderr == ""
        assert report.schema_version == 1
        assert isinstance(report.engine, EngineFound)
        assert report.engine.backends
        assert "CPU" in {device.name for device in report.engine.build.devices}
        assert (report.models.count, report.models.set_aside_count) == (1, 1)
        assert report.models_folder.path == str(tmp_path)
        assert isinstance(report.results_folder.free_bytes, int)
        assert 0 < report.duration_s < LONGEST_S
        assert len(report.instruments) >= 4

    def test_an_output_that_cannot_be_written_is_said(self) -> None:
        with Path("/dev/full").open("w") as full:
            finished = subprocess.run(
                [sys.executable, "-m", "large_enough", "doctor"],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                timeout=120,
                check=False,
            )
        assert finished.returncode == 1
        assert "could not be written" in finished.stderr
        assert "Traceback" not in finished.stderr

    def test_a_length_without_a_recording_is_refused(self) -> None:
        finished = run("--seconds", "3")
        assert finished.returncode == 2
        assert "--record" in finished.stderr

    def test_what_is_not_there_has_a_reason(self) -> None:
        for instrument in report_of(run("--json")).instruments:
            is_there = instrument.verdict is not InstrumentVerdict.NOT_AVAILABLE
            assert bool(instrument.key) is is_there
            assert instrument.instrument
            if instrument.verdict is not InstrumentVerdict.IN_USE:
                assert instrument.reason
                assert "\n" not in instrument.unlock

    def test_people_get_one_sentence_first(self, tmp_path: Path) -> None:
        finished = run("--models-dir", str(tmp_path))
        assert finished.returncode == 0, finished.stderr
        assert finished.stderr == ""
        first = finished.stdout.splitlines()[0]
        assert first.startswith(("Energy: ", "No energy can be measured here"))
        assert "Memory: yes." in first
        assert "0 models" in finished.stdout

    def test_without_bindings_it_says_so(self, tmp_path: Path) -> None:
        finished = run(LLAMA_CPP_LIB_PATH=str(tmp_path))
        assert finished.returncode == 0, finished.stderr
        assert "llama-cpp-python" in finished.stdout
        assert "Install it as the README says" in finished.stdout

    @pytest.mark.parametrize("seconds", ["0", "-1", "nan", "601", "long"])
    def test_lengths_that_make_no_sense(self, tmp_path: Path, seconds: str) -> None:
        file = tmp_path / "trace.json"
        assert run("--record", str(file), "--seconds", seconds).returncode == 2
        assert not file.exists()


class TestRecord:
    """`doctor --record`."""

    def test_what_this_machine_answers_can_be_played(self, tmp_path: Path) -> None:
        file = tmp_path / "trace.json"
        finished = run("--json", "--record", str(file), "--seconds", "1", USER="tuxedo")
        report = report_of(finished)
        assert "Recorded" in finished.stderr
        assert str(file) in finished.stderr
        trace = decode_trace(file.read_bytes())
        assert trace.origin == "recorded"
        assert "tuxedo" not in file.read_text(encoding="utf-8")
        played = played_environment(trace, tmp_path / "played", FakeClock(), system=sys.platform)
        assert len(probe_instruments(played)) <= len(report.instruments)

    def test_a_file_that_exists_is_kept(self, tmp_path: Path) -> None:
        file = tmp_path / "trace.json"
        file.write_text("precious")
        finished = run("--record", str(file), "--seconds", "1")
        assert finished.returncode == 2
        said = " ".join(finished.stderr.split())
        assert "there is such a file already. Choose another name, or add --force." in said
        assert file.read_text() == "precious"
        assert run("--record", str(file), "--seconds", "1", "--force").returncode == 0
        assert json.loads(file.read_bytes())["origin"] == "recorded"

    def test_a_place_that_cannot_be_written(self, tmp_path: Path) -> None:
        finished = run("--record", str(tmp_path / "missing" / "trace.json"))
        assert finished.returncode == 1
        assert "cannot be written" in finished.stderr
        assert finished.stdout == ""


class TestInspection:
    """What a worker tells of its engine."""

    def inspect(self, command: LaunchCommand, patience_s: float = 60.0) -> EngineBuild | ErrorInfo:
        inspection = EngineInspection(command, SystemClock(), patience_s)
        try:
            return inspection.result()
        finally:
            inspection.close()
            inspection.close()

    def python(self, code: str) -> LaunchCommand:
        return LaunchCommand(arguments=(sys.executable, "-c", code), environment=dict(os.environ))

    def test_an_engine(self) -> None:
        build = self.inspect(worker_command(BackendKind.ECHO, os.environ))
        assert isinstance(build, EngineBuild)
        assert build.name == "echo"

    @pytest.mark.parametrize(
        ("code", "kind"),
        [
            ("import sys; sys.exit('no memory')", FailureKind.WORKER_NOT_STARTED),
            ("print('hello', flush=True); input()", FailureKind.PROTOCOL_BROKEN),
        ],
    )
    def test_a_worker_that_ends(self, code: str, kind: FailureKind) -> None:
        error = self.inspect(self.python(code))
        assert isinstance(error, ErrorInfo)
        assert error.kind is kind
        assert error.subject == "llama.cpp"

    def test_a_worker_that_is_silent(self) -> None:
        error = self.inspect(self.python("input()"), patience_s=0.1)
        assert isinstance(error, ErrorInfo)
        assert error.kind is FailureKind.STOPPED_RESPONDING
        assert error.facts == {"silent_s": 0.1}

    def test_a_program_that_is_not_there(self, tmp_path: Path) -> None:
        command = LaunchCommand(arguments=(str(tmp_path / "python"),), environment={})
        error = self.inspect(command)
        assert isinstance(error, ErrorInfo)
        assert error.kind is FailureKind.WORKER_NOT_STARTED
        assert "python" in error.detail
