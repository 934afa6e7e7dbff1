"""Computes tokens with a loaded model for several answers at once.

Each seat is a sequence of its own in one context of llama.cpp. A step is one call of
`llama_decode`: a token for each seat that writes, and as much of the prompts of the others as fits.
What a seat holds is kept when its answer has ended: the beginning that its next prompt has in
common with it, such as a pack's system prompt, is not computed again.

Everything that would make the engine abort is checked before it is called.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from large_enough.domain.generation import GenerationRequest
from large_enough.worker.answer_batch import Opened
from large_enough.worker.answering import LabelWeights
from large_enough.worker.bindings import Bindings, Handle
from large_enough.worker.choosing import Chooser
from large_enough.worker.decode_causes import decode_failure
from large_enough.worker.engine_log import EngineLog
from large_enough.worker.growing_answer import PreparedPrompt
from large_enough.worker.llama_context import ContextShape
from large_enough.worker.llama_model import AbortFlag
from large_enough.worker.llama_session import DECODE_ABORTED, FindLabels
from large_enough.worker.llama_vocabulary import LlamaVocabulary
from large_enough.worker.logits import Logits, log_probability, read_logits, weigh_labels
from large_enough.worker.sequence_batch import SequenceBatch, SequenceMemory
from large_enough.worker.token_cache import common_length

Prepare = Callable[[GenerationRequest], PreparedPrompt]
"""Checks a request, has the engine use the threads it wants, and returns its prompt."""


@dataclass(slots=True)
class _Seat:
    """What is known of one sequence."""

    held: list[int] = field(default_factory=list)
    """The tokens in its memory."""
    pending: list[int] = field(default_factory=list)
    """The tokens that are to be computed next."""
    prompt_length: int = 0
    row: int | None = None
    """Where in the last batch its next token can be chosen; None if nowhere."""
    chooser: Chooser | None = None
    """None while the seat is free."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What one seat has in the batch."""

    seat: _Seat
    sequence: int
    token_count: int
    row: int


class LlamaSeats:
    """The engine of `answer_batch`, over one llama.cpp context with several sequences."""

    def __init__(
        self,
        bindings: Bindings,
        context: Handle,
        shape: ContextShape,
        vocabulary: LlamaVocabulary,
        log: EngineLog,
        abort_flag: AbortFlag,
        hidden_tags: Mapping[int, str],
        label_tokens: FindLabels,
        prepare: Prepare,
    ) -> None:
        self.hidden_tags = hidden_tags
        self.seat_count = shape.sequence_count
        self._bindings = bindings
        self._context = context
        self._shape = shape
        self._vocabulary = vocabulary
        self._log = log
        self._abort_flag = abort_flag
        self._label_tokens = label_tokens
        self._prepare = prepare
        self._memory = SequenceMemory(bindings, context)
        self._batch = SequenceBatch(bindings, shape.step_tokens)
        self._seats = [_Seat() for _ in range(shape.sequence_count)]

    def open(self, seat: int, request: GenerationRequest) -> Opened:
        """Give a seat to a request (see `answer_batch.BatchEngine`)."""
        prompt = self._prepare(request)
        self._check(prompt.tokens)
        held = self._seats[seat]
        held.chooser = Chooser(
            self._bindings, self._log, self._context, self._vocabulary, request, prompt.tokens
        )
        kept = self._keep_beginning(seat, prompt.tokens, reuse=request.reuse_prefix)
        held.held = list(prompt.tokens[:kept])
        held.pending = list(prompt.tokens[kept:])
        held.prompt_length = len(prompt.tokens)
        held.row = None
        return Opened(prompt, kept)

    def compute(self) -> bool:
        """Compute a step (see `answer_batch.BatchEngine`)."""
        for seat in self._seats:
            seat.row = None
        if self._abort_flag.is_raised:  # a GPU does not look at the flag itself
            return False
        self._log.clear()
        parts = self._fill()
        return_code = self._batch.compute(self._context)
        if return_code not in (0, DECODE_ABORTED):
            self._forget()
            raise decode_failure(self._log.lines, return_code)
        for part in parts:
            if return_code == 0:
                self._advance(part.seat, part.token_count)
                part.seat.row = None if part.seat.pending else part.row
            else:
                self._find_again(part)
        return return_code == 0

    def read_token_count(self, seat: int) -> int:
        """Return how many tokens of the prompt are in memory."""
        held = self._seats[seat]
        return min(len(held.held), held.prompt_length)

    def is_ready(self, seat: int) -> bool:
        """Tell whether the next token can be chosen."""
        return self._seats[seat].row is not None

    def sample(self, seat: int) -> int:
        """Choose the next token; waits for the computation before it."""
        chooser, row = self._chooser(seat), self._row(seat)
        if chooser.choose is not None:
            return chooser.choose(row)
        return int(self._bindings.llama_sampler_sample(chooser.chain, self._context, row))

    def log_probability(self, seat: int, token: int) -> float:
        """Return how probable a token was."""
        return log_probability(self._logits(seat), token)

    def weigh(self, seat: int, labels: Sequence[str]) -> LabelWeights:
        """Return how probable labels are as the next token."""
        return weigh_labels(self._logits(seat), self._label_tokens(labels))

    def piece(self, seat: int, token: int) -> bytes | None:
        """Return a token's bytes; None for one that ends the text."""
        del seat
        return self._vocabulary.piece(token)

    def follow(self, seat: int, token: int) -> bool:
        """Have the next step begin with this token; False if the seat's context is full."""
        held = self._seats[seat]
        if len(held.held) >= self._shape.context_tokens:
            return False
        held.pending = [token]
        return True

    def close(self, seat: int) -> None:
        """Take the seat back; what it holds stays in memory for prompts to come."""
        held = self._seats[seat]
        held.pending.clear()
        held.row = None
        if held.chooser is not None:
            held.chooser.close()
            held.chooser = None

    def _fill(self) -> list[_Part]:
        """Put into the batch what there is to compute: a token of each seat, then of the prompts.

        A batch never has more rows to choose from than there are sequences, and there is room for
        a token of each: see `ContextShape`. The engine computes neighbouring sequences at once if
        they stand in order (`llama_batch_allocr::split_equal`).
        """
        self._batch.clear()
        working = [(number, seat) for number, seat in enumerate(self._seats) if seat.pending]
        spare = self._shape.step_tokens - len(working)
        parts = []
        for sequence, seat in working:
            tokens = seat.pending[: 1 + spare]
            spare -= len(tokens) - 1
            is_last = len(tokens) == len(seat.pending)
            row = self._batch.add(sequence, tokens, len(seat.held), wants_logits=is_last)
            parts.append(_Part(seat, sequence, len(tokens), row))
        return parts

    def _advance(self, seat: _Seat, token_count: int) -> None:
        seat.held += seat.pending[:token_count]
        del seat.pending[:token_count]

    def _find_again(self, part: _Part) -> None:
        """Find out what is in memory of a part whose computation was stopped on the way.

        Whole blocks of it may be there. If all of it is, its last token is computed once more: what
        follows it was not kept.
        """
        seat = part.seat
        done = self._memory.token_count(part.sequence) - len(seat.held)
        done = min(max(done, 0), len(seat.pending) - 1)
        self._memory.cut(part.sequence, len(seat.held) + done)
        self._advance(seat, done)

    def _keep_beginning(self, seat: int, tokens: Sequence[int], *, reuse: bool) -> int:
        """Let a seat begin with what it holds of a prompt; return the number of tokens.

        At least one less than the prompt has, since the last one must be computed to know what
        follows it.
        """
        can_keep = reuse and self._shape.can_keep
        length = common_length(self._seats[seat].held, tokens[:-1]) if can_keep else 0
        self._memory.cut(seat, length)
        return length

    def _forget(self) -> None:
        self._memory.clear()
        for seat in self._seats:
            seat.held.clear()
            seat.pending.clear()

    def _check(self, tokens: Sequence[int]) -> None:
        """Make sure of what the engine would otherwise abort on."""
        if not 0 < len(tokens) <= self._shape.context_tokens:
            message = f"{len(tokens)} tokens for a context of {self._shape.context_tokens}"
            raise ValueError(message)
        if min(tokens) < 0 or max(tokens) >= self._vocabulary.size:
            message = f"a token is outside the vocabulary of {self._vocabulary.size}"
            raise ValueError(message)

    def _chooser(self, seat: int) -> Chooser:
        chooser = self._seats[seat].chooser
        if chooser is None:
            message = f"seat {seat} is free"
            raise RuntimeError(message)
        return chooser

    def _row(self, seat: int) -> int:
        row = self._seats[seat].row
        if row is None:
            message = f"nothing was computed for seat {seat}"
            raise RuntimeError(message)
        return row

    def _logits(self, seat: int) -> Logits:
        return read_logits(self._bindings, self._context, self._row(seat), self._vocabulary.size)
