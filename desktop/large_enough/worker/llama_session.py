"""Computes tokens with a loaded model, one sequence at a time."""

from collections.abc import Callable, Mapping, Sequence

from large_enough.worker.answering import LabelWeights, PromptRead, Step
from large_enough.worker.bindings import Bindings, Handle
from large_enough.worker.choosing import Choose, Chooser
from large_enough.worker.decode_causes import decode_failure
from large_enough.worker.engine_log import EngineLog
from large_enough.worker.llama_context import is_recurrent
from large_enough.worker.llama_model import AbortFlag
from large_enough.worker.llama_vocabulary import LlamaVocabulary
from large_enough.worker.logits import Logits, log_probability, read_logits, weigh_labels
from large_enough.worker.token_cache import TokenCache

SEQUENCE = 0
"""The only one."""
DECODE_NO_SLOT = 1
DECODE_ABORTED = 2

FindLabels = Callable[[Sequence[str]], Sequence[Sequence[int]]]
"""Returns the tokens of each label."""


class LlamaMemory:
    """The KV cache (or recurrent state) of a context."""

    def __init__(self, bindings: Bindings, context: Handle) -> None:
        self._bindings = bindings
        self._handle = bindings.llama_get_memory(context)

    def first_position(self) -> int:
        """Return the first position still held; -1 if there is none."""
        return int(self._bindings.llama_memory_seq_pos_min(self._handle, SEQUENCE))

    def last_position(self) -> int:
        """Return the last position held; -1 if there is none."""
        return int(self._bindings.llama_memory_seq_pos_max(self._handle, SEQUENCE))

    def remove_from(self, position: int) -> bool:
        """Forget this position and all behind it; False if the memory cannot be cut there."""
        return bool(self._bindings.llama_memory_seq_rm(self._handle, SEQUENCE, position, -1))

    def clear(self) -> None:
        """Forget everything."""
        self._bindings.llama_memory_clear(self._handle, False)


class LlamaSession:
    """The engine of `answering`, over one llama.cpp context.

    Everything that would make the engine abort is checked before it is called.
    """

    def __init__(
        self,
        bindings: Bindings,
        model: Handle,
        context: Handle,
        vocabulary: LlamaVocabulary,
        log: EngineLog,
        abort_flag: AbortFlag,
        hidden_tags: Mapping[int, str],
        label_tokens: FindLabels,
    ) -> None:
        self.hidden_tags = hidden_tags
        self.piece = vocabulary.piece
        self.context_tokens = int(bindings.llama_n_ctx(context))
        # Blocks of this size are computed at once anyway: giving them to the engine one by one
        # costs nothing and tells how far it has come.
        self._block_tokens = int(
            min(bindings.llama_n_ubatch(context), bindings.llama_n_batch(context))
        )
        self._bindings = bindings
        self._context = context
        self._vocabulary_size = vocabulary.size
        self._log = log
        self._abort_flag = abort_flag
        self._cache = TokenCache(
            LlamaMemory(bindings, context),
            window_tokens=int(bindings.llama_model_n_swa(model)),
            is_recurrent=is_recurrent(bindings, model),
        )
        self._label_tokens = label_tokens
        self._chain: Handle = None
        self._choose: Choose | None = None
        self._token = (bindings.llama_token * 1)()
        self._batch = bindings.llama_batch_get_one(self._token, 1)
        self._decode = bindings.llama_decode
        self._sample = bindings.llama_sampler_sample

    def use(self, chooser: Chooser) -> None:
        """Choose tokens with these samplers from now on."""
        self._chain, self._choose = chooser.chain, chooser.choose

    def read(
        self, tokens: Sequence[int], *, reuse: bool, on_progress: Callable[[int], None]
    ) -> PromptRead:
        """Compute what is not in memory yet of a prompt (see `answering.TokenEngine`)."""
        self._check(tokens)
        self._log.clear()
        reused = done = self._cache.keep_prefix(tokens, reuse=reuse)
        on_progress(done)
        while done < len(tokens):
            block = tokens[done : done + self._block_tokens]
            if self._abort_flag.is_raised or self._compute(block) is Step.CANCELLED:
                return PromptRead(reused, is_cancelled=True)
            done += len(block)
            on_progress(done)
        self._bindings.llama_synchronize(self._context)
        return PromptRead(reused, is_cancelled=False)

    def sample(self) -> int:
        """Choose the next token; waits for the computation before it."""
        if self._choose is not None:
            return self._choose(-1)
        return int(self._sample(self._chain, self._context, -1))

    def log_probability(self, token: int) -> float:
        """Return how probable a token was (see `answering.TokenEngine`)."""
        return log_probability(self._logits(), token)

    def weigh(self, labels: Sequence[str]) -> LabelWeights:
        """Return how probable labels are as the next token (see `answering.TokenEngine`)."""
        return weigh_labels(self._logits(), self._label_tokens(labels))

    def decode(self, token: int) -> Step:
        """Compute the step after this token (see `answering.TokenEngine`)."""
        cached = self._cache.tokens
        if len(cached) >= self.context_tokens:
            return Step.CONTEXT_FULL
        if self._abort_flag.is_raised:  # a GPU does not look at the flag itself
            return Step.CANCELLED
        self._token[0] = token
        return_code = self._decode(self._context, self._batch)
        if return_code == 0:
            cached.append(token)
            return Step.DONE
        return self._explain(return_code, [token])

    def _logits(self) -> Logits:
        return read_logits(self._bindings, self._context, -1, self._vocabulary_size)

    def _compute(self, block: Sequence[int]) -> Step:
        array = (self._bindings.llama_token * len(block))(*block)
        batch = self._bindings.llama_batch_get_one(array, len(block))
        return_code = self._decode(self._context, batch)
        if return_code == 0:
            self._cache.tokens.extend(block)
            return Step.DONE
        return self._explain(return_code, block)

    def _explain(self, return_code: int, attempted: Sequence[int]) -> Step:
        """Say what a computation that did not succeed came to.

        Raises:
            EngineError: It failed.
        """
        if return_code == DECODE_ABORTED:
            self._cache.after_abort(attempted)
            return Step.CANCELLED
        if return_code == DECODE_NO_SLOT and len(attempted) == 1:
            return Step.CONTEXT_FULL
        self._cache.forget()
        raise decode_failure(self._log.lines, return_code)

    def _check(self, tokens: Sequence[int]) -> None:
        """Make sure of what the engine would otherwise abort on."""
        if not 0 < len(tokens) <= self.context_tokens:
            message = f"{len(tokens)} tokens for a context of {self.context_tokens}"
            raise ValueError(message)
        if min(tokens) < 0 or max(tokens) >= self._vocabulary_size:
            message = f"a token is outside the vocabulary of {self._vocabulary_size}"
            raise ValueError(message)
