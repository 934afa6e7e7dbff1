"""The words around a recording."""

import msgspec
import pytest
from tests.helpers.hostile_texts import HOSTILE_TEXTS, has_dangerous_characters
from tests.helpers.records import make_done, make_plan, make_record

from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import Mode, RoundRecord
from large_enough.wording.replay_words import race_note, recorded_text, replay_speed_text


@pytest.fixture
def record() -> RoundRecord:
    return make_record([make_done("A"), make_done("B")])


def on(record: RoundRecord, cpu_name: str | Unavailable) -> RoundRecord:
    machine = msgspec.structs.replace(record.machine, cpu_name=cpu_name)
    return msgspec.structs.replace(record, machine=machine)


def test_where_and_when(record: RoundRecord) -> None:
    words = "Recorded on 2026-05-04, Imaginary 5000; nothing runs now."
    assert recorded_text(record) == words
    unknown = msgspec.structs.replace(
        on(record, Unavailable(reason="not told")), started_utc="yesterday"
    )
    assert recorded_text(unknown) == (
        "Recorded on an unknown day, an unknown machine; nothing runs now."
    )


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_machines(record: RoundRecord, text: str) -> None:
    assert not has_dangerous_characters(recorded_text(on(record, text)))


def test_how_it_came_about(record: RoundRecord) -> None:
    assert "one after the other" in race_note(record)
    together = msgspec.structs.replace(record, plan=make_plan(mode=Mode.TOGETHER))
    assert "shared the processor" in race_note(together)


@pytest.mark.parametrize(
    ("speed", "words"),
    [
        (1.0, "true speed"),
        (0.5, "half as fast"),
        (2.0, "2 times as fast"),
        (4.0, "4 times as fast"),
        (1.5, "1.50 times as fast"),
    ],
)
def test_speeds(speed: float, words: str) -> None:
    assert replay_speed_text(speed) == words
