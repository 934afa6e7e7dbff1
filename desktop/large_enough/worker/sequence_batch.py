"""One step's tokens for several sequences, as the engine takes them."""

from collections.abc import Sequence

from large_enough.worker.bindings import Bindings, Handle, NativeStruct


class SequenceBatch:
    """A batch that is filled, computed and emptied again. Its memory is never given back."""

    def __init__(self, bindings: Bindings, token_count: int) -> None:
        """Set the batch up.

        Args:
            bindings: The module `llama_cpp.llama_cpp`.
            token_count: How many tokens it takes at most.
        """
        self._bindings = bindings
        self._native: NativeStruct = bindings.llama_batch_init(token_count, 0, 1)
        self._native.n_tokens = 0

    def clear(self) -> None:
        """Empty it."""
        self._native.n_tokens = 0

    def add(
        self, sequence: int, tokens: Sequence[int], first_position: int, *, wants_logits: bool
    ) -> int:
        """Add tokens of one sequence.

        Args:
            sequence: Which.
            tokens: No more, with those added before, than the batch takes.
            first_position: Where in the sequence the first of them stands.
            wants_logits: Whether to compute what follows the last of them.

        Returns:
            The row of the last one.
        """
        batch, row = self._native, self._native.n_tokens
        for position, token in enumerate(tokens, start=first_position):
            batch.token[row] = token
            batch.pos[row] = position
            batch.n_seq_id[row] = 1
            batch.seq_id[row][0] = sequence
            batch.logits[row] = False
            row += 1
        batch.n_tokens = row
        batch.logits[row - 1] = wants_logits
        return int(row - 1)

    def compute(self, context: Handle) -> int:
        """Have it computed; return what `llama_decode` returns."""
        return int(self._bindings.llama_decode(context, self._native))


class SequenceMemory:
    """The engine's memory of all sequences of a context."""

    def __init__(self, bindings: Bindings, context: Handle) -> None:
        self._bindings = bindings
        self._handle = bindings.llama_get_memory(context)

    def token_count(self, sequence: int) -> int:
        """Return how many tokens of a sequence are held."""
        return int(self._bindings.llama_memory_seq_pos_max(self._handle, sequence)) + 1

    def cut(self, sequence: int, position: int) -> bool:
        """Forget this position of a sequence and all behind it; False if it cannot be cut there."""
        return bool(self._bindings.llama_memory_seq_rm(self._handle, sequence, position, -1))

    def clear(self) -> None:
        """Forget everything."""
        self._bindings.llama_memory_clear(self._handle, False)
