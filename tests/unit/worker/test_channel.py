"""The worker's way up."""

import io
import threading

import pytest

from large_enough.domain.errors import ErrorInfo, FailureKind, ProtocolError
from large_enough.protocol.codec import decode_event
from large_enough.protocol.messages import MAX_FRAME_BYTES, Failed, Heartbeat, Text
from large_enough.worker.channel import Channel


class ClosedPipe(io.BytesIO):
    def write(self, data: object) -> int:
        raise BrokenPipeError


def lines_of(stream: io.BytesIO) -> list[bytes]:
    return stream.getvalue().splitlines(keepends=True)


def test_one_event_one_line() -> None:
    stream = io.BytesIO()
    channel = Channel(stream, on_lost=lambda: None)
    channel.send(Heartbeat())
    channel.send(Text(request_id=1, text="two\nlines", token_count=2, t_s=0.5))
    first, second = lines_of(stream)
    assert decode_event(first) == Heartbeat()
    assert decode_event(second) == Text(request_id=1, text="two\nlines", token_count=2, t_s=0.5)


def test_a_huge_text_goes_out_in_pieces() -> None:
    stream = io.BytesIO()
    text = "\x01" * 1_000_000  # six bytes each in JSON
    Channel(stream, on_lost=lambda: None).send(
        Text(request_id=3, text=text, is_thought=True, token_count=9, t_s=1.5)
    )
    lines = lines_of(stream)
    assert max(map(len, lines)) <= MAX_FRAME_BYTES
    events = [decode_event(line) for line in lines]
    assert "".join(event.text for event in events if isinstance(event, Text)) == text
    assert all(isinstance(event, Text) and event.is_thought for event in events)


def test_a_frame_that_is_too_long_is_never_sent() -> None:
    stream = io.BytesIO()
    channel = Channel(stream, on_lost=lambda: None)
    error = ErrorInfo(kind=FailureKind.INTERNAL, detail="x" * MAX_FRAME_BYTES)
    with pytest.raises(ProtocolError):
        channel.send(Failed(request_id=None, error=error))
    assert stream.getvalue() == b""


def test_lines_of_several_threads_do_not_mix() -> None:
    stream = io.BytesIO()
    channel = Channel(stream, on_lost=lambda: None)

    def send(number: int) -> None:
        for _ in range(200):
            channel.send(Text(request_id=number, text="x" * 500, token_count=1, t_s=0.0))

    threads = [threading.Thread(target=send, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    events = [decode_event(line) for line in lines_of(stream)]
    assert len(events) == 800


def test_it_is_noticed_when_nobody_reads_any_more() -> None:
    lost: list[bool] = []
    Channel(ClosedPipe(), on_lost=lambda: lost.append(True)).send(Heartbeat())
    assert lost == [True]


def test_after_the_hold_no_frame_begins() -> None:
    stream = io.BytesIO()
    channel = Channel(stream, on_lost=lambda: None)
    channel.hold(1.0)
    late = threading.Thread(target=channel.send, args=(Heartbeat(),), daemon=True)
    late.start()
    channel.hold(0.01)  # a second hold gives up waiting
    assert stream.getvalue() == b""
    channel._lock.release()  # so that the thread can end
    late.join()
