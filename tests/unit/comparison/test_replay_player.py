"""Playing a replay: speed, pauses and jumps, without a clock of its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.records import make_failed, make_record
from tests.unit.comparison.test_replay import done

from large_enough.comparison.events import RoundEvent, RoundFinished, TextAdded
from large_enough.comparison.replay import Replay, make_replay
from large_enough.comparison.replay_player import Frame, Playhead, ReplayPlayer
from large_enough.domain.generation import Chunk

START_S = 1000.0


@pytest.fixture
def replay() -> Replay:
    return make_replay(
        make_record(
            [
                done("A", "abc", Chunk(1.0, 1, 1), Chunk(2.0, 2, 2), Chunk(3.0, 3, 3), total_s=4.0),
                done("B", "xyz", Chunk(2.5, 2, 2), Chunk(7.0, 3, 9), total_s=8.0),
            ]
        )
    )


def texts(frame: Frame) -> str:
    return "".join(event.text for event in frame.events if isinstance(event, TextAdded))


def test_it_goes_at_true_speed(replay: Replay) -> None:
    player = ReplayPlayer(replay, START_S)
    first = player.frame(START_S)
    assert (len(first.events), first.position_s, first.fraction) == (3, 0.0, 0.0)
    assert texts(player.frame(START_S + 2.1)) == "ab"
    assert texts(player.frame(START_S + 2.2)) == ""
    assert texts(player.frame(START_S + 3.0)) == "xyc"
    last = player.frame(START_S + 99.0)
    assert last.is_over
    assert (last.position_s, last.fraction) == (8.0, 1.0)
    assert isinstance(last.events[-1], RoundFinished)
    assert player.frame(START_S + 100.0).events == ()


def test_every_frame_says_that_it_is_a_replay(replay: Replay) -> None:
    assert ReplayPlayer(replay, START_S).frame(START_S).is_replay


@pytest.mark.parametrize("speed", [0.5, 1.0, 2.0, 4.0])
def test_other_speeds(replay: Replay, speed: float) -> None:
    player = ReplayPlayer(replay, START_S, speed=speed)
    assert player.frame(START_S + 4.0 / speed).position_s == pytest.approx(4.0)


@pytest.mark.parametrize(("wanted", "speed"), [(0.0, 0.5), (-3, 0.5), (99.0, 4.0)])
def test_speeds_have_limits(replay: Replay, wanted: float, speed: float) -> None:
    player = ReplayPlayer(replay, START_S, speed=wanted)
    assert player.playhead.speed == speed


def test_a_change_of_speed_does_not_move_it(replay: Replay) -> None:
    player = ReplayPlayer(replay, START_S)
    player.set_speed(START_S + 2.0, 4.0)
    assert player.frame(START_S + 2.0).position_s == 2.0
    assert player.frame(START_S + 2.5).position_s == 4.0


def test_a_pause_stands_still(replay: Replay) -> None:
    player = ReplayPlayer(replay, START_S)
    player.pause(START_S + 1.0)
    assert player.frame(START_S + 50.0).position_s == 1.0
    player.resume(START_S + 60.0)
    assert player.frame(START_S + 61.0).position_s == 2.0


def test_a_jump_forward_brings_what_lies_between(replay: Replay) -> None:
    player = ReplayPlayer(replay, START_S)
    player.frame(START_S + 1.0)
    player.move(START_S + 1.0, 0.5)
    frame = player.frame(START_S + 1.0)
    assert not frame.is_rebuilt
    assert texts(frame) == "bxyc"


def test_a_jump_back_builds_everything_anew(replay: Replay) -> None:
    player = ReplayPlayer(replay, START_S)
    player.frame(START_S + 9.0)
    player.move(START_S + 9.0, 0.25)
    frame = player.frame(START_S + 9.0)
    assert frame.is_rebuilt
    assert texts(frame) == "ab"
    assert not frame.is_over
    assert not player.frame(START_S + 9.1).is_rebuilt


def test_resuming_at_the_end_begins_again(replay: Replay) -> None:
    player = ReplayPlayer(replay, START_S)
    player.frame(START_S + 9.0)
    player.resume(START_S + 9.0)
    frame = player.frame(START_S + 9.0)
    assert frame.is_rebuilt
    assert frame.position_s == 0.0


def test_a_race_of_failures_is_over_at_once() -> None:
    player = ReplayPlayer(make_replay(make_record([make_failed("A"), make_failed("B")])), START_S)
    frame = player.frame(START_S)
    assert frame.is_over
    assert frame.fraction == 1.0
    assert isinstance(frame.events[-1], RoundFinished)
    player.resume(START_S)
    assert player.frame(START_S + 1).events == ()


def test_a_clock_that_goes_back_moves_nothing() -> None:
    playhead = Playhead(duration_s=10.0, since_s=START_S).paused(START_S - 5)
    assert playhead.at(START_S) == 0.0
    assert playhead.resumed(START_S - 9).at(START_S + 1) == 1.0


def test_nonsense_goes_to_the_start() -> None:
    playhead = Playhead(duration_s=10.0, since_s=START_S)
    assert playhead.moved(START_S, float("nan")).at(START_S) == 0.0
    assert playhead.at_speed(START_S, float("nan")).speed == 0.5


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["wait", "pause", "resume", "speed", "move"]),
        st.floats(0, 5),
    ),
    max_size=20,
)


@given(STEPS)
def test_whatever_is_done_what_is_shown_belongs_to_the_position(
    steps: list[tuple[str, float]],
) -> None:
    race = make_replay(
        make_record(
            [
                done("A", "abc", Chunk(1.0, 1, 1), Chunk(3.0, 3, 3), total_s=4.0),
                done("B", "x", Chunk(2.5, 1, 2), total_s=6.0),
            ]
        )
    )
    player, now_s = ReplayPlayer(race, 0.0), 0.0
    shown: list[RoundEvent] = []
    for action, amount in steps:
        if action == "wait":
            now_s += amount
        elif action == "pause":
            player.pause(now_s)
        elif action == "resume":
            player.resume(now_s)
        elif action == "speed":
            player.set_speed(now_s, amount)
        else:
            player.move(now_s, amount / 5)
        frame = player.frame(now_s)
        shown = list(frame.events) if frame.is_rebuilt else shown + list(frame.events)
        due = [each.event for each in race.moments if each.t_s <= frame.position_s]
        assert shown == due
        assert 0 <= frame.fraction <= 1
