import io

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
