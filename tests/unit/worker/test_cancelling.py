"""Tying a wish to stop to its request."""

from large_enough.worker.cancelling import CancelSwitch


class Flag:
    def __init__(self) -> None:
        self.is_raised = False

    def set(self, is_raised: bool) -> None:
        self.is_raised = is_raised


def test_a_wish_stops_the_request_in_hand() -> None:
    flag = Flag()
    switch = CancelSwitch(flag.set)
    with switch.serving(1):
        assert not flag.is_raised
        switch.cancel(1)
        assert flag.is_raised
    assert not flag.is_raised


def test_a_wish_that_comes_first_is_honoured() -> None:
    flag = Flag()
    switch = CancelSwitch(flag.set)
    switch.cancel(2)
    with switch.serving(1):
        assert not flag.is_raised
    with switch.serving(2):
        assert flag.is_raised


def test_a_wish_for_another_request_does_no_harm() -> None:
    flag = Flag()
    switch = CancelSwitch(flag.set)
    with switch.serving(2):
        switch.cancel(1)  # too late: it has ended
        assert not flag.is_raised
    with switch.serving(3):
        assert not flag.is_raised


def test_the_flag_is_lowered_when_a_request_fails() -> None:
    flag = Flag()
    switch = CancelSwitch(flag.set)
    try:
        with switch.serving(1):
            switch.cancel(1)
            raise ValueError
    except ValueError:
        pass
    assert not flag.is_raised


def test_wishes_do_not_pile_up() -> None:
    flag = Flag()
    switch = CancelSwitch(flag.set)
    for request_id in range(10_000):
        switch.cancel(request_id)
    with switch.serving(9_999):
        assert flag.is_raised


def test_of_several_requests_the_right_one_is_stopped() -> None:
    flag = Flag()
    switch = CancelSwitch(flag.set)
    for request_id in (1, 2, 3):
        switch.begin(request_id)
    switch.cancel(2)
    assert flag.is_raised
    assert switch.stopped == {2}
    switch.end(1)
    assert flag.is_raised
    switch.end(2)
    assert not flag.is_raised
    assert switch.stopped == frozenset()


def test_an_interrupted_request_is_not_a_stopped_one() -> None:
    flag = Flag()
    switch = CancelSwitch(flag.set)
    switch.begin(1)
    switch.interrupt(1)
    assert flag.is_raised
    assert switch.stopped == frozenset()
    switch.end(1)
    switch.interrupt(1)  # too late
    assert not flag.is_raised
