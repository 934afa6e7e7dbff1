"""Describes the file that holds what a library answered."""

from typing import Literal

import msgspec

from large_enough.measure.power.trace_values import Json

SCHEMA_VERSION = 1


class TraceFault(msgspec.Struct, frozen=True, kw_only=True):
    """An error that a call ended with."""

    kind: str
    """Name of its class."""
    code: int | None
    """Its number (`value` or `errno`); None if it has none."""


class TraceCall(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One call."""

    t_s: float
    """Seconds since the recording began, when the call returned."""
    call: str
    """Name of the function."""
    args: tuple[Json, ...] = ()
    reply: Json = None
    error: TraceFault | None = None


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """One recording."""

    schema_version: int = SCHEMA_VERSION
    origin: Literal["recorded", "synthetic"]
    """Whether a machine answered or somebody wrote the answers down."""
    about: str
    """What machine it was, or what case it stands for."""
    errors: tuple[str, ...] = ()
    """Names of the error classes that the library has."""
    calls: tuple[TraceCall, ...]


def encode_trace(trace: Trace) -> bytes:
    """Return the trace as a JSON file, one call to a line."""
    head = msgspec.json.encode(msgspec.structs.replace(trace, calls=()))
    calls = b",\n".join(msgspec.json.encode(call) for call in trace.calls)
    return head.removesuffix(b"[]}") + b"[\n" + calls + b"\n]}\n"


def decode_trace(data: bytes) -> Trace:
    """Return the trace in a JSON file; raises msgspec.ValidationError or DecodeError."""
    return msgspec.json.decode(data, type=Trace)
