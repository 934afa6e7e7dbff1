import io
import random
import struct

import pytest

from large_enough.gguf.window import FileEndedError, MalformedError, Window


def test_a_file_that_shrinks_while_it_is_read() -> None:
    window = Window(io.BytesIO(b"12345"), size_bytes=10)
    assert window.take(3) == b"123"
    with pytest.raises(FileEndedError) as caught:
        window.take(5)
    assert caught.value.size_bytes == 5


def test_peeking_does_not_move() -> None:
    window = Window(io.BytesIO(b"12345"), size_bytes=5)
    assert window.peek(2) == b"12"
    assert window.position == 0
    assert window.take(4) == b"1234"
    assert window.peek(9) == b"5"


def test_skipping_beyond_what_was_read() -> None:
    window = Window(io.BytesIO(bytes(100) + b"x"), size_bytes=101)
    window.take(1)
    window.skip(99)
    assert window.position == 100
    assert window.take(1) == b"x"
    with pytest.raises(FileEndedError):
        window.skip(1)


def test_too_many_texts() -> None:
    window = Window(io.BytesIO(bytes(100)), size_bytes=100)
    with pytest.raises(MalformedError):
        window.skip_strings(5_000_000)


class AskedFile(io.BytesIO):
    """A file that notes how much it was asked for."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.asked: list[int] = []

    def read(self, size: int | None = -1, /) -> bytes:
        self.asked.append(-1 if size is None else size)
        return super().read(size)


def test_never_asks_for_more_than_the_file_has() -> None:
    file = AskedFile(bytes(10))
    window = Window(file, size_bytes=10)
    window.take(3)
    window.skip(4)
    window.peek(99)
    assert file.asked == [10]


def texts(lengths: list[int]) -> bytes:
    return b"".join(struct.pack("<Q", length) + b"x" * length for length in lengths)


def test_stepping_over_texts_of_any_length_in_any_piece() -> None:
    generator = random.Random(5)
    lengths = [generator.choice((0, 1, 7, 8, 9, 255, 256, 300, 70_000)) for _ in range(400)]
    content = b"abc" + texts(lengths) + b"end"
    window = Window(io.BytesIO(content), len(content))
    window.take(3)
    window.skip_strings(len(lengths))
    assert window.take(3) == b"end"
    assert window.position == len(content)


@pytest.mark.parametrize("length", [(1 << 30) + 1, 1 << 62, (1 << 64) - 1])
def test_a_text_that_is_impossibly_long(length: int) -> None:
    content = texts([3, 5]) + struct.pack("<Q", length) + bytes(50)
    window = Window(io.BytesIO(content), len(content))
    with pytest.raises(MalformedError):
        window.skip_strings(3)


@pytest.mark.parametrize("cut", [1, 5, 7, 8, 12])
def test_texts_that_are_cut_off(cut: int) -> None:
    content = texts([3, 4])[:-cut]
    window = Window(io.BytesIO(content), len(content))
    with pytest.raises(FileEndedError):
        window.skip_strings(2)
