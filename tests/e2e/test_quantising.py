"""Quantised copies, made by real worker processes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from tests.helpers.gguf_files import write_gguf
from tests.helpers.quantising import Copier, find_worker, in_the_middle, limited_command
from tests.helpers.raw_worker import RawWorker, ask, raw_worker
from tests.helpers.tiny_model import END, write_tiny_model

from large_enough.domain.errors import ErrorInfo, FailureKind, LargeEnoughError
from large_enough.domain.generation import LoadSettings
from large_enough.domain.quantising import QuantisingProgress, QuantisingStage
from large_enough.engine.launcher import LaunchCommand
from large_enough.gguf.card import read_card
from large_enough.gguf.size_forecast import TOLERANCE_BYTES
from large_enough.protocol.messages import Failed, Quantise, Quantised, Ready
from large_enough.store.parentage import parent_of

SAYS = ("▁Yes", ",", "▁indeed", ".", END)
SMALL = LoadSettings(context_tokens=512, batch_tokens=64, ubatch_tokens=32)
PATIENCE_S = 30.0
LOCK_HOLDER = """
import pathlib, sys
from large_enough.resources.lock import file_lock
with file_lock(pathlib.Path(sys.argv[1]), lambda: False, lambda: None):
    print(flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def copier(tmp_path: Path) -> Copier:
    folder = tmp_path / "models"
    folder.mkdir()
    return Copier(folder)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return write_tiny_model(tmp_path / "tiny-F32.gguf", SAYS)


def failure(copier: Copier, parent: Path, type_name: str, **options: object) -> ErrorInfo:
    with pytest.raises(LargeEnoughError) as caught:
        copier.make(parent, type_name, **options)  # type: ignore[arg-type]
    return caught.value.info


class TestTinyModels:
    """Models of which every tensor is done in no time."""

    def test_a_copy_answers_as_its_parent_does(self, copier: Copier, tiny: Path) -> None:
        made = copier.make(tiny, "q8_0")
        assert made is not None
        assert Path(made.path) == copier.folder / "tiny.Q8_0.gguf"
        assert read_card(Path(made.path)).quantisation == "Q8_0"
        with raw_worker("llama") as worker:
            worker.load(made.path, SMALL)
            assert worker.ask(1, ask("Hi")).answer.text == "Yes, indeed."
        assert copier.names() == ["tiny.Q8_0.gguf"]

    def test_it_is_as_large_as_was_foretold(self, copier: Copier, tiny: Path) -> None:
        for type_name in ("F16", "Q8_0", "Q4_K_M", "Q2_K"):
            made = copier.make(tiny, type_name)
            assert made is not None
            size_bytes = Path(made.path).stat().st_size
            assert made.parentage.size_bytes == size_bytes
            assert abs(made.forecast.size_bytes - size_bytes) <= TOLERANCE_BYTES

    def test_its_stages_and_shares_are_told(self, copier: Copier, tiny: Path) -> None:
        copier.make(tiny, "Q8_0")
        assert copier.stages() == [
            QuantisingStage.CHECKING,
            QuantisingStage.QUANTISING,
            QuantisingStage.FINISHING,
        ]
        fractions = [
            reading.fraction
            for reading in copier.progress
            if reading.stage is QuantisingStage.QUANTISING
        ]
        assert fractions == sorted(fractions)
        assert fractions[0] == 0
        assert 0.5 < fractions[-1] < 1

    def test_where_it_comes_from_is_kept(self, copier: Copier, tiny: Path) -> None:
        made = copier.make(tiny, "Q8_0")
        assert made is not None
        assert made.problem is None
        found = parent_of(copier.folder.parent / "parentage", Path(made.path))
        assert found == made.parentage
        assert found.parent.path == str(tiny)
        assert len(str(found.parent.sha256)) == 64
        assert (found.type_name, found.was_quantised) == ("Q8_0", False)
        assert found.engine.name == "llama.cpp"

    def test_a_copy_of_a_copy_keeps_its_history(self, copier: Copier, tiny: Path) -> None:
        first = copier.make(tiny, "Q8_0")
        assert first is not None
        second = copier.make(Path(first.path), "Q4_0")
        assert second is not None
        assert Path(second.path).name == "tiny.Q8_0.Q4_0.gguf"
        assert second.parentage.was_quantised
        assert read_card(Path(second.path)).name == "Tiny"

    def test_what_is_there_is_not_replaced(self, copier: Copier, tiny: Path) -> None:
        target = copier.folder / "tiny.Q8_0.gguf"
        target.write_bytes(b"precious")
        error = failure(copier, tiny, "Q8_0")
        assert (error.kind, error.subject) == (FailureKind.ALREADY_THERE, str(target))
        assert target.read_bytes() == b"precious"
        assert copier.make(tiny, "Q8_0", may_replace=True) is not None
        assert read_card(target).quantisation == "Q8_0"
        assert copier.names() == ["tiny.Q8_0.gguf"]

    def test_what_comes_meanwhile_is_not_replaced_either(self, copier: Copier, tiny: Path) -> None:
        target = copier.folder / "tiny.Q8_0.gguf"
        copier.reaction = lambda progress: (
            target.write_bytes(b"precious") and None
            if progress.stage is QuantisingStage.FINISHING
            else None
        )
        assert failure(copier, tiny, "Q8_0").kind is FailureKind.ALREADY_THERE
        assert target.read_bytes() == b"precious"
        assert copier.names() == ["tiny.Q8_0.gguf"]

    def test_a_disk_without_room_is_told_before(self, copier: Copier, tiny: Path) -> None:
        error = failure(copier, tiny, "Q8_0", free_bytes=lambda folder: 1000)
        assert error.kind is FailureKind.DISK_FULL
        assert error.facts["free_bytes"] == 1000
        assert int(error.facts["needed_bytes"]) > 64_000_000
        assert copier.progress == []
        assert copier.names() == []

    def test_a_disk_that_fills_up_leaves_nothing(self, copier: Copier, tiny: Path) -> None:
        error = failure(copier, tiny, "Q8_0", command=limited_command(50_000))
        assert (error.kind, error.subject) == (FailureKind.DISK_FULL, "tiny.Q8_0.gguf")
        assert copier.names() == []

    def test_a_folder_that_is_none(self, copier: Copier, tiny: Path) -> None:
        copier.folder = copier.folder / "file" / "folder"
        copier.folder.parent.write_bytes(b"")
        error = failure(copier, tiny, "Q8_0")
        assert error.kind is FailureKind.BAD_SETTING
        assert error.subject == str(copier.folder)

    def test_stopped_while_the_original_is_checked(self, copier: Copier, tiny: Path) -> None:
        copier.reaction = lambda _progress: setattr(copier, "is_stopped", True)
        assert copier.make(tiny, "Q8_0") is None
        assert copier.stages() == [QuantisingStage.CHECKING]
        assert copier.names() == []

    def test_stopped_while_another_process_is_at_it(self, copier: Copier, tiny: Path) -> None:
        lock = copier.folder / "quantising.lock.part"
        copier.reaction = lambda _progress: setattr(copier, "is_stopped", True)
        with subprocess.Popen(
            [sys.executable, "-c", LOCK_HOLDER, str(lock)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            assert copier.make(tiny, "Q8_0") is None
            process.communicate()
        assert copier.stages() == [QuantisingStage.WAITING]

    def test_what_a_killed_program_left_is_removed(self, copier: Copier, tiny: Path) -> None:
        (copier.folder / "quantising-0123456789ab.part").write_bytes(b"half")
        (copier.folder / "model.gguf.part").write_bytes(b"a download, for another day")
        copier.make(tiny, "Q8_0")
        assert copier.names() == ["model.gguf.part", "tiny.Q8_0.gguf"]

    def test_an_unknown_architecture(self, copier: Copier, tmp_path: Path) -> None:
        path = write_gguf(tmp_path / "odd.gguf", architecture="zzzzz")
        error = failure(copier, path, "Q8_0")
        assert error.kind is FailureKind.UNSUPPORTED_ARCHITECTURE
        assert (error.subject, error.facts["architecture"]) == (str(path), "zzzzz")
        assert copier.names() == []

    def test_numbers_that_cannot_be_rounded(self, copier: Copier, tmp_path: Path) -> None:
        path = write_tiny_model(tmp_path / "tiny-F32.gguf", SAYS)
        data = bytearray(path.read_bytes())
        data[-64:] = b"\xff" * 64  # not a number
        path.write_bytes(data)
        error = failure(copier, path, "Q8_0")
        assert (error.kind, error.subject) == (FailureKind.NOT_QUANTISED, "tiny.Q8_0.gguf")
        assert error.detail
        assert copier.names() == []

    def test_a_worker_that_cannot_be_started(self, copier: Copier, tiny: Path) -> None:
        nothing = LaunchCommand(arguments=(str(tiny.parent / "nothing"),), environment={})
        error = failure(copier, tiny, "Q8_0", command=nothing)
        assert error.kind is FailureKind.WORKER_NOT_STARTED
        assert copier.names() == []

    def test_a_copy_counts_even_if_its_origin_cannot_be_kept(
        self, copier: Copier, tiny: Path
    ) -> None:
        in_the_way = copier.folder.parent / "parentage"
        in_the_way.write_bytes(b"a file where the folder should be")
        made = copier.make(tiny, "Q8_0")
        assert made is not None
        assert made.problem is not None
        assert made.problem.kind is FailureKind.PARENTAGE_NOT_KEPT
        assert copier.names() == ["tiny.Q8_0.gguf"]

    def test_names_with_any_characters(self, copier: Copier, tiny: Path) -> None:
        copier.folder = copier.folder / "Größe 大 “x”"
        parent = tiny.rename(tiny.with_name("größe-大-F32.gguf"))
        made = copier.make(parent, "Q8_0")
        assert made is not None
        assert copier.names() == ["größe-大.Q8_0.gguf"]


def order(parent: Path, unfinished: Path) -> Quantise:
    return Quantise(
        source_path=str(parent),
        unfinished_path=str(unfinished),
        type_name="Q8_0",
        allow_requantise=False,
        thread_count=1,
    )


class TestWorker:
    """The worker by itself."""

    PROGRAM = (sys.executable, "-c", "from large_enough.worker.quantise import main; main()")

    def test_it_removes_the_file_unless_it_was_renamed(self, tmp_path: Path, tiny: Path) -> None:
        unfinished, finished = tmp_path / "a.part", tmp_path / "a.gguf"
        for renames in (False, True):
            with raw_worker("", program=self.PROGRAM) as worker:
                self.quantised(worker, order(tiny, unfinished))
                if renames:
                    unfinished.rename(finished)
                worker.close_stdin()
                assert worker.end() == 0
            assert not unfinished.exists()
        assert read_card(finished).quantisation == "Q8_0"

    def test_it_does_not_round_twice_unless_allowed(self, tmp_path: Path, tiny: Path) -> None:
        with raw_worker("", program=self.PROGRAM) as worker:
            self.quantised(worker, order(tiny, tmp_path / "a.part"))
            (tmp_path / "a.part").rename(tmp_path / "a.gguf")
            assert worker.quit() == 0
        with raw_worker("", program=self.PROGRAM) as worker:
            worker.wait_for(Ready)
            again = order(tmp_path / "a.gguf", tmp_path / "b.part")
            worker.send(
                Quantise(
                    source_path=again.source_path,
                    unfinished_path=again.unfinished_path,
                    type_name="Q4_0",
                    allow_requantise=False,
                    thread_count=1,
                )
            )
            failed = worker.next_event()
            while not isinstance(failed, Failed):
                failed = worker.next_event()
        assert failed.error.kind is FailureKind.NOT_QUANTISED
        assert "requantizing from type q8_0 is disabled" in failed.error.detail

    def test_nonsense_ends_it(self) -> None:
        with raw_worker("", program=self.PROGRAM) as worker:
            worker.wait_for(Ready)
            worker.send_raw(b"nonsense\n")
            assert worker.end() == 0
            assert "commands cannot be read" in worker.error_text

    def quantised(self, worker: RawWorker, order: Quantise) -> None:
        ready = worker.wait_for(Ready)
        assert ready.foreign_modules == ()
        worker.send(order)
        assert worker.wait_for(Quantised).duration_s > 0


@pytest.mark.model
class TestSmolLM2:
    """A model that takes long enough to be interrupted."""

    TYPE = "Q4_K_M"

    def test_stopped_in_the_middle(self, copier: Copier, smollm2_path: Path) -> None:
        copier.reaction = copier.stop
        assert copier.make(smollm2_path, self.TYPE) is None
        assert copier.progress[-1].fraction < 1
        assert copier.names() == []

    def test_a_worker_killed_in_the_middle(self, copier: Copier, smollm2_path: Path) -> None:
        def kill(progress: QuantisingProgress) -> None:
            if in_the_middle(progress):
                copier.reaction = lambda progress: None
                find_worker().send_signal(signal.SIGKILL)

        copier.reaction = kill
        error = failure(copier, smollm2_path, self.TYPE)
        assert error.kind is FailureKind.KILLED
        assert error.subject == "SmolLM2 135M Instruct"
        assert copier.names() == []

    def test_a_disk_that_fills_up_in_the_middle(self, copier: Copier, smollm2_path: Path) -> None:
        error = failure(copier, smollm2_path, self.TYPE, command=limited_command(40_000_000))
        assert error.kind is FailureKind.DISK_FULL
        assert copier.names() == []

    def test_a_program_killed_in_the_middle(self, tmp_path: Path, smollm2_path: Path) -> None:
        folder = tmp_path / "models"
        arguments = ("models", "quantize", str(smollm2_path), self.TYPE, "--models-dir", folder)
        with subprocess.Popen(
            [sys.executable, "-m", "large_enough", *map(str, arguments)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as program:
            assert program.stderr is not None
            while "quantising, 2" not in (line := program.stderr.readline()):
                assert line, "the program ended"
            worker = find_worker(psutil.Process(program.pid))
            os.kill(program.pid, signal.SIGKILL)
            program.stderr.close()
        _, alive = psutil.wait_procs([worker], timeout=PATIENCE_S)
        assert alive == []
        left = [path.name for path in folder.iterdir()]
        assert left == ["quantising.lock.part"]  # empty, and nobody's
