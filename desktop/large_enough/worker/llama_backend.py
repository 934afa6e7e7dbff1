"""Runs models with llama.cpp, through the low-level part of llama-cpp-python.

This is the only module that imports the bindings; its helpers get the module handed to them.
"""

import contextlib
import functools
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
from large_enough.domain.quantity import Unavailable
from large_enough.gguf.card import read_card
from large_enough.worker.answer_batch import AnswerBatch
from large_enough.worker.answering import make_answer, make_choice
from large_enough.worker.backend import Output
from large_enough.worker.bindings import Bindings, Handle
from large_enough.worker.bindings_check import check_bindings, describe_build
from large_enough.worker.dry_run import DryRunner
from large_enough.worker.engine_log import EngineLog
from large_enough.worker.growing_answer import PreparedPrompt
from large_enough.worker.label_tokens import label_tokens
from large_enough.worker.llama_adapter import add_adapter, check_before_loading
from large_enough.worker.llama_model import (
    AbortFlag,
    check_is_language_model,
    clamp_context,
    describe_model,
    open_context,
    open_model,
    read_template,
    warm_up,
)
from large_enough.worker.llama_session import LlamaSession
from large_enough.worker.llama_vocabulary import LlamaVocabulary
from large_enough.worker.load_log import parse_buffers, parse_warnings
from large_enough.worker.placement import ProcessorShare
from large_enough.worker.prompting import PromptMaker
from large_enough.worker.request_check import (
    check_labels,
    check_load,
    check_prompt_length,
    check_request,
)
from large_enough.worker.sampling import sampler_chain
from large_enough.worker.stopwatch import Stopwatch
from large_enough.worker.thoughts import family_of
from large_enough.worker.thread_pool import ThreadPool

NO_TEMPLATE = Unavailable(reason="the file holds no chat template")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loaded:
    """Everything that belongs to the loaded model."""

    context: Handle
    vocabulary: LlamaVocabulary
    template_source: str | None
    session: LlamaSession
    prompts: PromptMaker
    threads: ThreadPool


class _LoadWatch:
    """Takes the times of loading."""

    def __init__(self, clock: Clock) -> None:
        self._now_s = clock.monotonic_s
        self._mark_s = self._now_s()
        self.load_s = self.warm_up_s = 0.0

    def model_loaded(self) -> None:
        """Note that the context is set up."""
        self.load_s = self._lap_s()

    def warmed_up(self) -> None:
        """Note that the first computation is done."""
        self.warm_up_s = self._lap_s()

    def _lap_s(self) -> float:
        before_s, self._mark_s = self._mark_s, self._now_s()
        return self._mark_s - before_s


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
        self._loaded: _Loaded | None = None

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
            watch = _LoadWatch(self._clock)
            model = open_model(self._bindings, self._log, path, settings, on_progress)
            undo.callback(self._bindings.llama_model_free, model)
            check_is_language_model(self._bindings, model, path)
            vocabulary = LlamaVocabulary(self._bindings, model, path)
            settings, reduced = clamp_context(self._bindings, model, settings)
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
            loaded = self._assemble(model, context, vocabulary, threads)
            undo.pop_all()
        self._loaded = loaded
        return self._describe(model, loaded, watch, reduced)

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
        with sampler_chain(
            self._bindings, request.sampling, prompt.tokens, loaded.vocabulary.size
        ) as chain:
            loaded.session.use_chain(chain)
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
        check_request(request)
        return len(self._loaded_model().prompts.prepare(request).tokens)

    @property
    def batch(self) -> AnswerBatch | None:
        """Where several answers are made at once; None if the model makes one at a time."""
        return None

    def _prepare(
        self, request: GenerationRequest, watch: Stopwatch
    ) -> tuple[_Loaded, PreparedPrompt]:
        """Return the model, set up for a request, with the request's prompt."""
        check_request(request)
        loaded, threads = self._loaded_model(), request.placement.thread_count
        self._share.apply(request.placement)
        self._bindings.llama_set_n_threads(loaded.context, threads, threads)
        loaded.threads.resize(threads)
        with watch.preparing_prompt():
            prompt = loaded.prompts.prepare(request)
        check_prompt_length(len(prompt.tokens), loaded.session.context_tokens)
        return loaded, prompt

    def _loaded_model(self) -> _Loaded:
        if self._loaded is None:
            raise EngineError(FailureKind.ENGINE_REFUSED, detail="no model is loaded")
        return self._loaded

    def _assemble(
        self, model: Handle, context: Handle, vocabulary: LlamaVocabulary, threads: ThreadPool
    ) -> _Loaded:
        source = read_template(self._bindings, model)
        prompts = PromptMaker(vocabulary, source, self._clock)
        tags = family_of(source or "")
        return _Loaded(
            context=context,
            vocabulary=vocabulary,
            template_source=source,
            session=LlamaSession(
                self._bindings,
                model,
                context,
                vocabulary,
                self._log,
                self._abort_flag,
                hidden_tags=vocabulary.hidden_tags(tags),
                label_tokens=functools.partial(label_tokens, prompts.tokenize_within),
            ),
            prompts=prompts,
            threads=threads,
        )

    def _describe(
        self, model: Handle, loaded: _Loaded, watch: _LoadWatch, reduced: str | None
    ) -> LoadedModel:
        lines = self._log.lines
        return LoadedModel(
            description=describe_model(self._bindings, model),
            parameter_count=self._bindings.llama_model_n_params(model),
            weights_bytes=self._bindings.llama_model_size(model),
            context_tokens=loaded.session.context_tokens,
            vocabulary_size=loaded.vocabulary.size,
            chat_template_sha256=(
                NO_TEMPLATE
                if loaded.template_source is None
                else hashlib.sha256(loaded.template_source.encode()).hexdigest()
            ),
            load_s=watch.load_s,
            warm_up_s=watch.warm_up_s,
            buffers=parse_buffers(lines),
            warnings=(*parse_warnings(lines), *([reduced] if reduced else ())),
        )


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
