"""Reusing what is in the engine's memory."""

import pytest

from large_enough.worker.token_cache import TokenCache, common_length


class FakeMemory:
    """Holds positions `first` to `last`."""

    def __init__(self, *, can_cut: bool = True, window_tokens: int = 0) -> None:
        self.first, self.last = -1, -1
        self._can_cut = can_cut
        self._window_tokens = window_tokens
        self.clear_count = 0

    def hold(self, count: int) -> None:
        self.last = count - 1
        self.first = max(0, count - self._window_tokens) if self._window_tokens else 0

    def first_position(self) -> int:
        return self.first

    def last_position(self) -> int:
        return self.last

    def remove_from(self, position: int) -> bool:
        if not self._can_cut and position <= self.last:
            return False
        self.last = min(self.last, position - 1)
        return True

    def clear(self) -> None:
        self.first = self.last = -1
        self.clear_count += 1


def filled(
    memory: FakeMemory, count: int, *, window_tokens: int = 0, is_recurrent: bool = False
) -> TokenCache:
    cache = TokenCache(memory, window_tokens=window_tokens, is_recurrent=is_recurrent)
    cache.tokens.extend(range(count))
    memory.hold(count)
    return cache


def test_the_common_beginning_is_kept() -> None:
    memory = FakeMemory()
    cache = filled(memory, 10)
    assert cache.keep_prefix([0, 1, 2, 99, 4], reuse=True) == 3
    assert cache.tokens == [0, 1, 2]
    assert memory.last == 2


def test_one_token_is_always_computed() -> None:
    cache = filled(FakeMemory(), 5)
    assert cache.keep_prefix([0, 1, 2, 3, 4], reuse=True) == 4


def test_a_conversation_goes_on_behind_what_is_held() -> None:
    cache = filled(FakeMemory(), 5)
    assert cache.keep_prefix(list(range(9)), reuse=True) == 5


def test_nothing_is_kept_when_reuse_is_off() -> None:
    memory = FakeMemory()
    cache = filled(memory, 5)
    assert cache.keep_prefix(list(range(9)), reuse=False) == 0
    assert (cache.tokens, memory.last, memory.clear_count) == ([], -1, 1)


def test_nothing_in_common() -> None:
    memory = FakeMemory()
    assert filled(memory, 5).keep_prefix([7, 8], reuse=True) == 0
    assert memory.clear_count == 1


def test_a_memory_that_cannot_be_cut_is_kept_whole_or_not_at_all() -> None:
    memory = FakeMemory(can_cut=False)
    assert filled(memory, 5, is_recurrent=True).keep_prefix(list(range(9)), reuse=True) == 5
    assert filled(memory, 5, is_recurrent=True).keep_prefix([0, 1, 9], reuse=True) == 0
    assert memory.last == -1


@pytest.mark.parametrize(("shared", "kept"), [(100, 100), (97, 0), (60, 0)])
def test_a_sliding_window_must_still_be_held_in_full(shared: int, kept: int) -> None:
    # 100 tokens through a window of 16: positions 84 to 99 are left, and going back needs more.
    memory = FakeMemory(window_tokens=16)
    cache = filled(memory, 100, window_tokens=16)
    prompt = [*range(shared), *range(1000, 1100)]
    assert cache.keep_prefix(prompt, reuse=True) == kept


def test_a_short_conversation_fits_the_window() -> None:
    memory = FakeMemory(window_tokens=512)
    cache = filled(memory, 100, window_tokens=512)
    assert cache.keep_prefix([*range(50), 7, 7], reuse=True) == 50


def test_after_an_abort_whole_blocks_are_kept() -> None:
    memory = FakeMemory()
    cache = filled(memory, 4)
    memory.hold(6)  # of eight more tokens, one block of two came through
    cache.after_abort(range(4, 12))
    assert cache.tokens == [0, 1, 2, 3, 4, 5]


def test_after_an_abort_a_recurrent_state_is_given_up() -> None:
    memory = FakeMemory()
    cache = filled(memory, 4, is_recurrent=True)
    cache.after_abort([4, 5])
    assert (cache.tokens, memory.clear_count) == ([], 1)


def test_common_length() -> None:
    assert common_length([], [1]) == 0
    assert common_length([1, 2, 3], [1, 2]) == 2
    assert common_length([1, 2, 3], [1, 9, 3]) == 1
