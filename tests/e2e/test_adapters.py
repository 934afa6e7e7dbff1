"""Models with an adapter, run by real workers."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.adapters import first_word_pair, random_pair, write_adapter
from tests.helpers.raw_worker import ONE_THREAD, RawWorker, ask, raw_worker
from tests.helpers.rounds import Recorder
from tests.helpers.tiny_model import END, write_tiny_model

from large_enough.comparison.plans import new_round
from large_enough.comparison.workbench import Workbench
from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.generation import BufferKind, LoadSettings
from large_enough.domain.model_card import Adapter
from large_enough.domain.round import AnswerSettings, Done, Failed, Mode, RoundRecord
from large_enough.protocol.messages import Failed as WorkerFailed
from large_enough.protocol.messages import Load, Loaded, Ready
from large_enough.store.run_log import list_rounds

SAYS = ("▁Yes", ".", END, "▁No")
SMALL = LoadSettings(context_tokens=512, batch_tokens=64, ubatch_tokens=32)
OUTPUT = "output.weight"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_tiny_model(tmp_path / "tiny.gguf", SAYS)


@pytest.fixture
def no_sayer(tmp_path: Path) -> Path:
    return write_adapter(tmp_path / "no-sayer.gguf", {OUTPUT: first_word_pair(SAYS, "▁No")})


def adapter(path: Path, scale: float = 1.0) -> Adapter:
    return Adapter(path=str(path), name=path.stem, size_bytes=1, scale=scale)


def load(worker: RawWorker, model: Path, added: Adapter | None) -> Loaded:
    worker.wait_for(Ready)
    worker.send(Load(path=str(model), settings=SMALL, placement=ONE_THREAD, adapter=added))
    return worker.wait_for(Loaded)


def answer(model: Path, added: Adapter | None) -> str:
    with raw_worker("llama") as worker:
        load(worker, model, added)
        return worker.ask(1, ask("Hi")).answer.text


def refusal(model: Path, added: Adapter) -> ErrorInfo:
    with raw_worker("llama") as worker:
        worker.wait_for(Ready)
        worker.send(Load(path=str(model), settings=SMALL, placement=ONE_THREAD, adapter=added))
        failed = worker.next_event()
        while not isinstance(failed, WorkerFailed):
            failed = worker.next_event()
        assert failed.request_id is None
        return failed.error


class TestWorker:
    """The worker by itself."""

    def test_an_adapter_changes_what_is_said(self, model: Path, no_sayer: Path) -> None:
        assert answer(model, None) == "Yes."
        assert answer(model, adapter(no_sayer)) == "No Yes."
        assert answer(model, adapter(no_sayer, scale=0.25)) == "Yes."

    def test_its_memory_is_told_without_warnings(self, model: Path, no_sayer: Path) -> None:
        with raw_worker("llama") as worker:
            loaded = load(worker, model, adapter(no_sayer)).model
        assert loaded.warnings == ()
        assert any(buffer.kind is BufferKind.WEIGHTS for buffer in loaded.buffers)

    def test_a_mismatch_is_named_and_the_worker_lives_on(
        self, model: Path, no_sayer: Path, tmp_path: Path
    ) -> None:
        odd = write_adapter(tmp_path / "odd.gguf", {OUTPUT: random_pair(32, 32)})
        error = refusal(model, adapter(odd))
        assert (error.kind, error.subject) == (FailureKind.ADAPTER_MISMATCH, str(odd))
        assert error.facts == {
            "base": "Tiny",
            "reason": "a part of the model has other dimensions: output.weight",
        }

    def test_a_file_that_is_cut(self, model: Path, no_sayer: Path) -> None:
        no_sayer.write_bytes(no_sayer.read_bytes()[:-100])
        assert refusal(model, adapter(no_sayer)).kind is FailureKind.FILE_TRUNCATED


@pytest.fixture
def run_round(tmp_path: Path) -> Callable[[str, str], RoundRecord]:
    """Runs a round of two contenders as the program would."""

    def run(first: str, second: str) -> RoundRecord:
        with contextlib.closing(Workbench.for_user(os.environ, tmp_path)) as workbench:
            cards = [workbench.resolve(name, ()) for name in (first, second)]
            plan = new_round(
                cards,
                "Hi",
                mode=Mode.MEASURED,
                settings=AnswerSettings(max_tokens=16, thread_count=1),
                load=SMALL,
            )
            record = workbench.run_round(plan, Recorder())
            assert list_rounds(workbench.rounds_folder)[0].record == record
            return record

    return run


class TestRounds:
    """A model and the same model with an adapter."""

    def test_they_answer_side_by_side(
        self, model: Path, no_sayer: Path, run_round: Callable[[str, str], RoundRecord]
    ) -> None:
        record = run_round(str(model), f"{model}+{no_sayer}")
        texts = {one.letter: one.answer.text for one in record.results if isinstance(one, Done)}
        assert texts == {"A": "Yes.", "B": "No Yes."}
        plain, added = record.contender("A").card, record.contender("B").card
        assert plain.adapter is None
        assert added.adapter is not None
        assert added.adapter.path == str(no_sayer)
        assert (plain.name, added.name) == ("Tiny", "Tiny + No Sayer")
        assert plain.sha256 == added.sha256
        assert len(str(added.adapter.sha256)) == 64
        assert added.adapter.sha256 != added.sha256

    def test_each_is_asked_again_with_what_it_had(
        self, model: Path, no_sayer: Path, tmp_path: Path
    ) -> None:
        with contextlib.closing(Workbench.for_user(os.environ, tmp_path)) as workbench:
            plain = workbench.resolve(str(model), ())
            added = workbench.resolve(f"{model}+{no_sayer}", ())
            said = []
            for cards in ([plain, added], [added, plain]):
                settings = AnswerSettings(max_tokens=16, thread_count=1)
                plan = new_round(cards, "Hi", settings=settings, load=SMALL)
                record = workbench.run_round(plan, Recorder())
                said += [one.answer.text for one in record.results if isinstance(one, Done)]
        assert said == ["Yes.", "No Yes.", "No Yes.", "Yes."]

    def test_an_adapter_that_was_changed_meanwhile(
        self, model: Path, no_sayer: Path, tmp_path: Path
    ) -> None:
        with contextlib.closing(Workbench.for_user(os.environ, tmp_path)) as workbench:
            card = workbench.resolve(f"{model}+{no_sayer}", ())
            write_adapter(no_sayer, {OUTPUT: random_pair(32, 32)})
            plan = new_round([card], "Hi", load=SMALL)
            (result,) = workbench.run_round(plan, Recorder()).results
        assert isinstance(result, Failed)
        assert result.error.kind is FailureKind.ADAPTER_MISMATCH


def compare(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "large_enough", "compare", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


class TestCommand:
    """`large-enough compare -m MODEL -m MODEL+ADAPTER.gguf`."""

    def test_base_and_base_with_adapter(self, model: Path, no_sayer: Path) -> None:
        finished = compare("-m", str(model), "-m", f"{model}+no-sayer.gguf", "-p", "Hi")
        assert finished.returncode == 0, finished.stderr
        for part in ("Tiny + No Sayer", "No Yes."):
            assert part in finished.stdout

    def test_a_mismatch_is_said_before_anything_is_loaded(
        self, model: Path, tmp_path: Path
    ) -> None:
        odd = write_adapter(
            tmp_path / "odd.gguf", {OUTPUT: random_pair(32, 32)}, architecture="qwen2"
        )
        finished = compare("-m", str(model), "-m", f"{model}+{odd}", "-p", "Hi")
        assert finished.returncode == 1
        assert "The adapter odd.gguf does not fit Tiny" in finished.stderr
        assert "qwen2" in finished.stderr
        assert finished.stdout == ""

    @pytest.mark.model
    def test_smollm2_with_an_adapter(self, smollm2_path: Path, tmp_path: Path) -> None:
        pairs = {
            f"blk.{layer}.ffn_down.weight": random_pair(1536, 576, strength=0.1)
            for layer in (28, 29)
        }
        path = write_adapter(tmp_path / "babble.gguf", pairs)
        finished = compare(
            *("-m", str(smollm2_path), "-m", f"{smollm2_path}+{path}"),
            *("-p", "What is the capital of France? Answer in one sentence."),
            *("--max-tokens", "12", "--threads", "1", "--json"),
        )
        assert finished.returncode == 0, finished.stderr
        results = json.loads(finished.stdout)["rounds"][0]["record"]["results"]
        first, second = (result["answer"]["text"] for result in results)
        assert "Paris" in first
        assert "Paris" not in second
