"""A loaded model with everything that is needed to ask it."""

import functools
import hashlib

from large_enough.domain.clock import Clock
from large_enough.domain.generation import GenerationRequest, LoadedModel, Placement
from large_enough.domain.quantity import Unavailable
from large_enough.worker.answer_batch import AnswerBatch
from large_enough.worker.bindings import Bindings, Handle
from large_enough.worker.choosing import Chooser
from large_enough.worker.engine_log import EngineLog
from large_enough.worker.growing_answer import PreparedPrompt
from large_enough.worker.label_tokens import label_tokens
from large_enough.worker.llama_context import shape_of
from large_enough.worker.llama_model import AbortFlag, describe_model, read_template
from large_enough.worker.llama_seats import LlamaSeats
from large_enough.worker.llama_session import LlamaSession
from large_enough.worker.llama_vocabulary import LlamaVocabulary
from large_enough.worker.load_log import parse_buffers, parse_warnings
from large_enough.worker.placement import ProcessorShare
from large_enough.worker.prompting import PromptMaker
from large_enough.worker.request_check import check_prompt_length, check_request
from large_enough.worker.thoughts import family_of
from large_enough.worker.thread_pool import ThreadPool

NO_TEMPLATE = Unavailable(reason="the file holds no chat template")


class LoadWatch:
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


class LoadedLlama:
    """One model in its context.

    Attributes:
        context: The engine's context.
        session: Computes one answer at a time.
        batch: Where several answers are made at once; None if one is made at a time.
    """

    def __init__(
        self,
        bindings: Bindings,
        model: Handle,
        context: Handle,
        vocabulary: LlamaVocabulary,
        threads: ThreadPool,
        log: EngineLog,
        abort_flag: AbortFlag,
        share: ProcessorShare,
        clock: Clock,
    ) -> None:
        self._bindings = bindings
        self._model = model
        self.context = context
        self._vocabulary = vocabulary
        self._threads = threads
        self._log = log
        self._share = share
        self._template = read_template(bindings, model)
        self._prompts = PromptMaker(vocabulary, self._template, clock)
        self._shape = shape_of(bindings, model, context)
        find_labels = functools.partial(label_tokens, self._prompts.tokenize_within)
        hidden_tags = vocabulary.hidden_tags(family_of(self._template or ""))
        self.session = LlamaSession(
            bindings, model, context, vocabulary, log, abort_flag, hidden_tags, find_labels
        )
        self.batch: AnswerBatch | None = None
        if self._shape.sequence_count > 1:
            seats = LlamaSeats(
                bindings,
                context,
                self._shape,
                vocabulary,
                log,
                abort_flag,
                hidden_tags,
                find_labels,
                self.prepare,
            )
            self.batch = AnswerBatch(seats, clock)

    def prepare(self, request: GenerationRequest) -> PreparedPrompt:
        """Return the prompt of a request, and have the engine use the threads that it wants.

        Raises:
            LargeEnoughError: The request is impossible.
        """
        self._place(request.placement)
        prompt = self._prompts.prepare(request)
        check_prompt_length(len(prompt.tokens), self._shape.context_tokens)
        return prompt

    def count_tokens(self, request: GenerationRequest) -> int:
        """Return how many tokens the prompt of a request has.

        Raises:
            LargeEnoughError: The model's template refuses it.
        """
        check_request(request)
        return len(self._prompts.prepare(request).tokens)

    def open_chooser(self, request: GenerationRequest, prompt: PreparedPrompt) -> Chooser:
        """Return what chooses the tokens of an answer that is made alone; to be closed.

        Raises:
            LargeEnoughError: The request's grammar is none.
        """
        return Chooser(
            self._bindings, self._log, self.context, self._vocabulary, request, prompt.tokens
        )

    def describe(self, watch: LoadWatch, warnings: tuple[str, ...]) -> LoadedModel:
        """Return what is known about the model.

        Args:
            watch: Took the times of loading.
            warnings: What was not as wanted.
        """
        lines, template = self._log.lines, self._template
        return LoadedModel(
            description=describe_model(self._bindings, self._model),
            parameter_count=self._bindings.llama_model_n_params(self._model),
            weights_bytes=self._bindings.llama_model_size(self._model),
            context_tokens=self._shape.context_tokens,
            vocabulary_size=self._vocabulary.size,
            chat_template_sha256=(
                NO_TEMPLATE if template is None else hashlib.sha256(template.encode()).hexdigest()
            ),
            load_s=watch.load_s,
            warm_up_s=watch.warm_up_s,
            buffers=parse_buffers(lines),
            warnings=(*parse_warnings(lines), *warnings),
            parallel_sequences=self._shape.sequence_count,
        )

    def _place(self, placement: Placement) -> None:
        count = placement.thread_count
        self._share.apply(placement)
        self._bindings.llama_set_n_threads(self.context, count, count)
        self._threads.resize(count)
