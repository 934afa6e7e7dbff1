"""One message, one line of JSON.

Both ends treat what they read as hostile: a line must be shorter than `MAX_FRAME_BYTES`, valid
JSON, an object with a known `type` and fields of the right types. A well-formed message of an
unknown type is ignored, so that a newer minor version can add some.
"""

from typing import TypeVar

import msgspec

from large_enough.domain.errors import FailureKind, ProtocolError
from large_enough.protocol.messages import (
    MAX_FRAME_BYTES,
    PROTOCOL_MAJOR,
    PROTOCOL_MINOR,
    Command,
    Event,
)

Union = TypeVar("Union", Command, Event)

SHOWN_BYTES = 120
"""How much of a broken line is quoted in an error."""


class _Envelope(msgspec.Struct):
    """The part that every message has."""

    type: str


_encoder = msgspec.json.Encoder()
_command_decoder: msgspec.json.Decoder[Command] = msgspec.json.Decoder(Command)
_event_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)
_envelope_decoder = msgspec.json.Decoder(_Envelope)


def _tags(union: object) -> frozenset[str]:
    """Return the `type` values of the messages in a union."""
    return frozenset(str(member.__struct_config__.tag) for member in union.__args__)  # type: ignore[attr-defined]


_COMMAND_TAGS = _tags(Command)
_EVENT_TAGS = _tags(Event)


def version_text() -> str:
    """Return the protocol version of this program, for example "1.0"."""
    return f"{PROTOCOL_MAJOR}.{PROTOCOL_MINOR}"


def encode(message: Command | Event) -> bytes:
    """Return the message as one line, with its line feed.

    Raises:
        ProtocolError: The line would be longer than `MAX_FRAME_BYTES`.
    """
    line = _encoder.encode(message) + b"\n"
    if len(line) > MAX_FRAME_BYTES:
        raise ProtocolError(
            FailureKind.PROTOCOL_BROKEN,
            type(message).__name__,
            detail=f"message of {len(line)} bytes is longer than {MAX_FRAME_BYTES}",
        )
    return line


def decode_command(line: bytes) -> Command | None:
    """Read a command.

    Returns:
        The command, or None for a well-formed message of an unknown type.

    Raises:
        ProtocolError: The line is not a message.
    """
    return _decode(line, _command_decoder, _COMMAND_TAGS)


def decode_event(line: bytes) -> Event | None:
    """Read an event.

    Returns:
        The event, or None for a well-formed message of an unknown type.

    Raises:
        ProtocolError: The line is not a message.
    """
    return _decode(line, _event_decoder, _EVENT_TAGS)


def _decode(
    line: bytes, decoder: "msgspec.json.Decoder[Union]", known_tags: frozenset[str]
) -> Union | None:
    if len(line) > MAX_FRAME_BYTES:
        raise _broken(line, f"longer than {MAX_FRAME_BYTES} bytes")
    try:
        if _envelope_decoder.decode(line).type not in known_tags:
            return None
        return decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise _broken(line, str(error)) from error


def _broken(line: bytes, problem: str) -> ProtocolError:
    shown = line[:SHOWN_BYTES].decode("utf-8", "backslashreplace").rstrip("\n")
    return ProtocolError(FailureKind.PROTOCOL_BROKEN, detail=f"{problem}; the line begins: {shown}")
