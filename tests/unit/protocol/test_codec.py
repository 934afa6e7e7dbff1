"""Messages survive the line; anything else is refused by name."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from large_enough.domain.errors import ErrorInfo, FailureKind, ProtocolError
from large_enough.domain.generation import (
    Answer,
    Choice,
    Chunk,
    FinishReason,
    GenerationRequest,
    LoadSettings,
    Message,
    Placement,
    Role,
    SamplingSettings,
    Timing,
    TokenProbability,
)
from large_enough.domain.quantity import Unavailable
from large_enough.protocol.codec import decode_command, decode_event, encode
from large_enough.protocol.messages import (
    MAX_FRAME_BYTES,
    Cancel,
    Choose,
    Chosen,
    Command,
    CountTokens,
    Event,
    Failed,
    Generate,
    Generated,
    Heartbeat,
    Load,
    Quantise,
    Quantised,
    Quantising,
    Quit,
    Text,
    TokensCounted,
)

texts = st.text(max_size=200)
seconds = st.floats(0, 1e6, allow_nan=False)
quantities = seconds | st.builds(Unavailable, reason=texts)

requests = st.builds(
    GenerationRequest,
    messages=st.lists(
        st.builds(Message, role=st.sampled_from(Role), content=texts), max_size=4
    ).map(tuple),
    stop=st.lists(texts, max_size=3).map(tuple),
    sampling=st.builds(SamplingSettings, temperature=st.floats(0, 5)),
    placement=st.builds(
        Placement,
        thread_count=st.integers(1, 64),
        cpu_ids=st.none() | st.lists(st.integers(0, 63), max_size=4).map(tuple),
    ),
    thinking=st.none() | st.booleans(),
    longest_s=st.none() | seconds,
    longest_characters=st.none() | st.integers(0, 10**6),
    stops_loops=st.booleans(),
    grammar=texts,
    wants_token_probabilities=st.booleans(),
)
commands = st.one_of(
    st.builds(Quit),
    st.builds(Cancel, request_id=st.integers(0, 2**40)),
    st.builds(
        Quantise,
        source_path=texts,
        unfinished_path=texts,
        type_name=texts,
        allow_requantise=st.booleans(),
        thread_count=st.integers(1, 64),
    ),
    st.builds(
        Load,
        path=texts,
        settings=st.builds(
            LoadSettings,
            context_tokens=st.integers(1, 10**6),
            parallel_sequences=st.integers(1, 256),
        ),
        placement=st.builds(Placement, thread_count=st.integers(1, 64)),
    ),
    st.builds(Generate, request_id=st.integers(0, 2**40), request=requests),
    st.builds(
        Choose,
        request_id=st.integers(0, 2**40),
        request=requests,
        labels=st.lists(texts, max_size=8).map(tuple),
    ),
    st.builds(
        CountTokens,
        request_id=st.integers(0, 2**40),
        requests=st.lists(requests, max_size=3).map(tuple),
    ),
)
timings = st.builds(
    Timing,
    prompt_s=quantities,
    first_token_s=quantities,
    first_answer_token_s=quantities,
    decode_s=quantities,
    cpu_s=quantities,
    template_s=seconds,
    total_s=seconds,
)
logarithms = st.floats(-1e3, 0)
events = st.one_of(
    st.builds(
        Chosen,
        request_id=st.integers(0),
        choice=st.sampled_from(FinishReason)
        | st.builds(
            Choice,
            log_probabilities=st.lists(logarithms, max_size=8).map(tuple),
            share=st.floats(0, 1),
            total_s=seconds,
        ),
    ),
    st.builds(
        TokensCounted,
        request_id=st.integers(0),
        counts=st.lists(
            st.integers(0) | st.builds(ErrorInfo, kind=st.sampled_from(FailureKind)), max_size=4
        ).map(tuple),
    ),
    st.builds(Heartbeat),
    st.builds(Quantising, fraction=st.floats(0, 1)),
    st.builds(Quantised, duration_s=seconds),
    st.builds(Text, request_id=st.integers(0), text=texts, t_s=seconds),
    st.builds(
        Failed,
        request_id=st.none() | st.integers(0),
        error=st.builds(
            ErrorInfo,
            kind=st.sampled_from(FailureKind),
            facts=st.dictionaries(texts, texts | st.integers(-(2**53), 2**53), max_size=3),
            detail=texts,
        ),
    ),
    st.builds(
        Generated,
        request_id=st.integers(0),
        answer=st.builds(
            Answer,
            text=texts,
            finish=st.sampled_from(FinishReason),
            timing=timings,
            timeline=st.lists(st.builds(Chunk, t_s=seconds), max_size=4).map(tuple),
            token_probabilities=st.lists(
                st.builds(TokenProbability, log_probability=logarithms), max_size=4
            ).map(tuple),
        ),
    ),
)


@given(commands)
def test_commands_survive(command: Command) -> None:
    line = encode(command)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert decode_command(line) == command


@given(events)
def test_events_survive(event: Event) -> None:
    line = encode(event)
    assert line.count(b"\n") == 1
    assert decode_event(line) == event


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"hello\n",
        b"[]\n",
        b"{}\n",
        b'{"type": 1}\n',
        b'{"type": "text"}\n',
        b'{"type": "text", "request_id": "one", "text": "", "token_count": 1, "t_s": 0}\n',
        b"\xff\xfe\x00\n",
        b'{"type": "heartbeat"\n',
        b'{"type": "chosen", "request_id": 1, "choice": "maybe"}\n',
        b'{"type": "chosen", "request_id": 1, "choice": {"log_probabilities": [NaN]}}\n',
        b'{"type": "tokens_counted", "request_id": 1, "counts": ["many"]}\n',
        b"[" * 100_000,
        b'{"type": "text", "text": "' + b"x" * MAX_FRAME_BYTES + b'"}\n',
    ],
)
def test_junk_is_refused_by_name(line: bytes) -> None:
    with pytest.raises(ProtocolError) as caught:
        decode_event(line)
    assert caught.value.info.kind is FailureKind.PROTOCOL_BROKEN
    assert len(caught.value.info.detail) < 1000


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(line: bytes) -> None:
    for decode in (decode_event, decode_command):
        with contextlib.suppress(ProtocolError):
            decode(line)


def test_messages_of_a_newer_minor_version_are_ignored() -> None:
    line = json.dumps({"type": "telepathy", "strength": 3}).encode() + b"\n"
    assert decode_event(line) is None
    assert decode_command(line) is None


def test_unknown_fields_of_known_messages_are_ignored() -> None:
    assert decode_event(b'{"type":"heartbeat","mood":"fine"}\n') == Heartbeat()


def test_a_message_too_long_for_a_frame_is_not_sent() -> None:
    with pytest.raises(ProtocolError):
        encode(Text(request_id=1, text="x" * MAX_FRAME_BYTES, token_count=1, t_s=0))
