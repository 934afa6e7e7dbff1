"""Knows which tokens are in the engine's memory, to compute none of them twice.

A conversation's next prompt begins with all that was said before. Whatever of it is still in the
KV cache need not be read again, as far as the model's memory can be cut there.
"""

from collections.abc import Sequence
from typing import Protocol


class SequenceMemory(Protocol):
    """The engine's memory of one sequence of tokens."""

    def first_position(self) -> int:
        """Return the first position still held; -1 if there is none."""
        ...

    def last_position(self) -> int:
        """Return the last position held; -1 if there is none."""
        ...

    def remove_from(self, position: int) -> bool:
        """Forget this position and all behind it; False if such a memory cannot be cut there."""
        ...

    def clear(self) -> None:
        """Forget everything."""
        ...


class TokenCache:
    """Keeps a list of tokens in step with the engine's memory."""

    def __init__(self, memory: SequenceMemory, *, window_tokens: int, is_recurrent: bool) -> None:
        """Begin with an empty memory.

        Args:
            memory: The engine's memory.
            window_tokens: Size of the model's sliding attention window; 0 if it has none.
            is_recurrent: Whether the model folds the past into a state (Mamba, RWKV, hybrids).
        """
        self.tokens: list[int] = []
        self._memory = memory
        self._window_tokens = window_tokens
        self._is_recurrent = is_recurrent

    def keep_prefix(self, tokens: Sequence[int], *, reuse: bool) -> int:
        """Keep what the memory has of a prompt, and forget the rest.

        Args:
            tokens: The whole prompt.
            reuse: Whether anything may be kept at all.

        Returns:
            How many tokens are kept: at least one less than the prompt has, since the last one must
            be computed to know what follows it.
        """
        kept = common_length(self.tokens, tokens[:-1]) if reuse else 0
        if kept and not (self._window_reaches(kept) and self._memory.remove_from(kept)):
            kept = 0
        if kept == 0:
            self._memory.clear()
        del self.tokens[kept:]
        return kept

    def forget(self) -> None:
        """Forget everything."""
        self._memory.clear()
        self.tokens.clear()

    def after_abort(self, attempted: Sequence[int]) -> None:
        """Find out what is in memory after a computation was stopped in its middle.

        Args:
            attempted: The tokens it was to add. Whole blocks of them are kept, the block in hand is
                not. A recurrent state stopped half way is neither old nor new: it is given up.
        """
        if self._is_recurrent:
            self.forget()
            return
        held = self._memory.last_position() + 1
        self.tokens = [*self.tokens, *attempted][:held]

    def _window_reaches(self, kept: int) -> bool:
        """Tell whether all is held that the attention of the next token looks back at.

        The rule is llama-server's (`pos_min_thold`): with a sliding window the cache drops what
        lies behind it, so going back further than that is not possible.
        """
        first = self._memory.first_position()
        if first < 0:
            return False
        return not self._window_tokens or first <= max(0, kept - self._window_tokens)


def common_length(left: Sequence[int], right: Sequence[int]) -> int:
    """Return how many tokens two sequences have in common at their beginning."""
    length = min(len(left), len(right))
    for position in range(length):
        if left[position] != right[position]:
            return position
    return length
