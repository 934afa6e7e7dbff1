"""The worker's way up: one event, one line, never two at once."""

import threading
from collections.abc import Callable
from typing import IO

from large_enough.protocol.codec import encode
from large_enough.protocol.messages import Event, Text

MAX_TEXT_CHARACTERS = 64 * 1024
"""A longer text goes out in pieces: in JSON a character takes up to six bytes, a frame 1 MiB."""


class Channel:
    """Writes events to the program. Any thread may send.

    Writing blocks while the pipe is full. The pipe holds some 600 text events, twenty seconds of an
    answer, before a program that does not read would disturb the measurement.
    """

    def __init__(self, stream: IO[bytes], on_lost: Callable[[], None]) -> None:
        """Take over the stream.

        Args:
            stream: The private copy of standard output.
            on_lost: Called when nobody reads any more.
        """
        self._stream = stream
        self._on_lost = on_lost
        self._lock = threading.Lock()

    def send(self, event: Event) -> None:
        """Send one event.

        Raises:
            ProtocolError: It is longer than a frame may be.
        """
        if isinstance(event, Text) and len(event.text) > MAX_TEXT_CHARACTERS:
            for start in range(0, len(event.text), MAX_TEXT_CHARACTERS):
                piece = event.text[start : start + MAX_TEXT_CHARACTERS]
                self._write(
                    encode(
                        Text(
                            request_id=event.request_id,
                            text=piece,
                            is_thought=event.is_thought,
                            token_count=event.token_count,
                            t_s=event.t_s,
                        )
                    )
                )
            return
        self._write(encode(event))

    def send_raw(self, line: bytes) -> None:
        """Write bytes as they are: for the scripted backend, which can misbehave on purpose."""
        self._write(line)

    def hold(self, timeout_s: float) -> None:
        """Let no further frame begin, so that the process can end without cutting one in half.

        Args:
            timeout_s: How long to wait for the frame that is being written.
        """
        self._lock.acquire(timeout=timeout_s)

    def _write(self, line: bytes) -> None:
        with self._lock:
            try:
                self._stream.write(line)
                self._stream.flush()
            except (OSError, ValueError):  # ValueError: the stream is closed
                self._on_lost()
