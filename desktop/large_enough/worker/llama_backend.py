"""Runs models with llama.cpp, through the low-level part of llama-cpp-python.

This is the only module that imports the bindings; its helpers get the module handed to them.
"""

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

from large_enough.domain.clock import Clock
from large_enough.domain.dry_run import DryRun
from large_enough.domain.errors import EngineError, FailureKind
from large_enough.domain.generation import (
    Answer,
    Choice,
    EngineBuild,
    FinishReason,
    GenerationRequest,
    LoadedModel,
    LoadSettings,
    Placement,
)
from large_enough.domain.model_card import Adapter
from large_enough.gguf.card import read_card
from large_enough.worker.answer_batch import AnswerBatch
from large_enough.worker.answering import make_answer, make_choice
from large_enough.worker.backend import Output
from large_enough.worker.bindings import Bindings
from large_enough.worker.bindings_check import check_bindings, describe_build
from large_enough.worker.dry_run import DryRunner
from large_enough.worker.engine_log import EngineLog
from large_enough.worker.growing_answer import PreparedPrompt
from large_enough.worker.llama_adapter import add_adapter, check_before_loading
from large_enough.worker.llama_context import open_context, suited, warm_up
from large_enough.worker.llama_loaded import LoadedLlama, LoadWatch
from large_enough.worker.llama_model import AbortFlag, check_is_language_model, open_model
from large_enough.worker.llama_vocabulary import LlamaVocabulary
from large_enough.worker.placement import ProcessorShare
from large_enough.worker.request_check import check_labels, check_load, check_request
from large_enough.worker.stopwatch import Stopwatch
from large_enough.worker.thread_pool import ThreadPool


class LlamaBackend:
    """One model in this process, until the process ends: that frees everything, the GPU too."""

    def __init__(self, clock: Clock) -> None:
        """Import the bindings and start the engine.

        Raises:
            EngineError: BINDINGS_MISSING or BINDINGS_MISMATCH.
        """
        self._clock = clock
        self._share = ProcessorShare()
        self._log = EngineLog()
        self._bindings, self._build = start_engine(self._log)
        self._abort_flag = AbortFlag(self._bindings)
        self._dry_runner = DryRunner(self._bindings, self._log, self._abort_flag)
        self._loaded: LoadedLlama | None = None

    @property
    def build(self) -> EngineBuild:
        """Which llama.cpp this is, exactly."""
        return self._build

    @property
    def is_pinned(self) -> bool:
        """Whether this process really stays on the processors it was given."""
        return self._share.is_pinned

    def set_cancelled(self, is_cancelled: bool) -> None:
        """Raise or lower the flag that stops the answer in hand, also within a computation."""
        self._abort_flag.set(is_cancelled)

    def load(
        self,
        path: str,
        settings: LoadSettings,
        placement: Placement,
        on_progress: Callable[[float], None],
        adapter: Adapter | None = None,
    ) -> LoadedModel:
        """Load a model and warm it up.

        Raises:
            LargeEnoughError: It cannot be loaded; nothing of it is left in memory.
        """
        check_load(settings, placement.thread_count)
        self._dry_runner.close()
        # What is wrong with the files themselves is found without the engine.
        card = read_card(Path(path))
        if adapter is not None:
            check_before_loading(adapter, path, card.name)
        self._share.apply(placement)
        self._log.clear()
        with contextlib.ExitStack() as undo:
            watch = LoadWatch(self._clock)
            model = open_model(self._bindings, self._log, path, settings, on_progress)
            undo.callback(self._bindings.llama_model_free, model)
            check_is_language_model(self._bindings, model, path)
            vocabulary = LlamaVocabulary(self._bindings, model, path)
            settings, warnings = suited(self._bindings, model, settings)
            context = open_context(
                self._bindings, self._log, model, path, settings, placement, self._abort_flag
            )
            undo.callback(self._bindings.llama_free, context)
            if adapter is not None:
                add_adapter(self._bindings, self._log, model, context, adapter)
            watch.model_loaded()
            threads = ThreadPool(self._bindings, context)
            threads.resize(placement.thread_count)
            warm_up(self._bindings, self._log, context, vocabulary.warm_up_tokens)
            watch.warmed_up()
            loaded = LoadedLlama(
                self._bindings,
                model,
                context,
                vocabulary,
                threads,
                self._log,
                self._abort_flag,
                self._share,
                self._clock,
            )
            undo.pop_all()
        self._loaded = loaded
        return loaded.describe(watch, warnings)

    def inspect(self, path: str, settings: LoadSettings) -> DryRun:
        """Find out what loading a model would take, without loading it.

        Raises:
            LargeEnoughError: It could not be loaded.
        """
        return self._dry_runner.run(path, settings)

    def generate(self, request: GenerationRequest, arrived_ns: int, output: Output) -> Answer:
        """Answer a prompt.

        Raises:
            LargeEnoughError: The request is impossible, or the engine refused.
        """
        watch = Stopwatch(self._clock, arrived_ns, longest_s=request.longest_s)
        loaded, prompt = self._prepare(request, watch)
        with contextlib.closing(loaded.open_chooser(request, prompt)) as chooser:
            loaded.session.use(chooser)
            return make_answer(loaded.session, prompt, request, output, watch)

    def choose(
        self, request: GenerationRequest, labels: Sequence[str], arrived_ns: int, output: Output
    ) -> Choice | FinishReason:
        """Say how probable labels are as the beginning of an answer.

        Raises:
            LargeEnoughError: The request is impossible, or the engine refused.
        """
        watch = Stopwatch(self._clock, arrived_ns, longest_s=request.longest_s)
        check_labels(labels)
        loaded, prompt = self._prepare(request, watch)
        return make_choice(loaded.session, prompt, request, labels, output, watch)

    def count_tokens(self, request: GenerationRequest) -> int:
        """Return how many tokens the prompt of a request has.

        Raises:
            LargeEnoughError: The model's template refuses it.
        """
        return self._loaded_model().count_tokens(request)

    @property
    def batch(self) -> AnswerBatch | None:
        """Where several answers are made at once; None if the model makes one at a time."""
        return None if self._loaded is None else self._loaded.batch

    def _prepare(
        self, request: GenerationRequest, watch: Stopwatch
    ) -> tuple[LoadedLlama, PreparedPrompt]:
        """Return the model, set up for a request, with the request's prompt."""
        check_request(request)
        loaded = self._loaded_model()
        with watch.preparing_prompt():
            return loaded, loaded.prepare(request)

    def _loaded_model(self) -> LoadedLlama:
        if self._loaded is None:
            raise EngineError(FailureKind.ENGINE_REFUSED, detail="no model is loaded")
        return self._loaded


def start_engine(log: EngineLog) -> tuple[Bindings, EngineBuild]:
    """Import the bindings, make sure that they fit, and start the engine.

    Args:
        log: Listens to it from then on.

    Raises:
        EngineError: BINDINGS_MISSING or BINDINGS_MISMATCH.
    """
    bindings, bindings_version = _import_bindings()
    check_bindings(bindings)
    log.install(bindings)
    bindings.llama_backend_init()
    return bindings, describe_build(bindings, bindings_version)


def _import_bindings() -> tuple[Bindings, str]:
    """Return the low-level bindings with their version.

    Raises:
        EngineError: They are not installed, or do not fit the library they found.
    """
    try:
        import llama_cpp
        import llama_cpp.llama_cpp as bindings
    except AttributeError as error:  # the library lacks a function
        raise EngineError(FailureKind.BINDINGS_MISMATCH, detail=str(error)) from error
    except (ImportError, OSError, RuntimeError) as error:
        raise EngineError(FailureKind.BINDINGS_MISSING, detail=str(error)) from error
    return bindings, llama_cpp.__version__
