"""The inbox: bounded, closable, with a fast lane."""

import threading

from large_enough.engine.inbox import Inbox


def test_first_in_first_out() -> None:
    inbox: Inbox[int] = Inbox()
    for number in range(3):
        inbox.put(number)
    assert [inbox.take(0) for _ in range(4)] == [0, 1, 2, None]


def test_urgent_items_overtake() -> None:
    inbox: Inbox[str] = Inbox()
    inbox.put("ordinary")
    inbox.put_first("urgent")
    assert inbox.take(0) == "urgent"
    assert inbox.take(0) == "ordinary"


def test_an_offer_is_lost_when_there_is_no_room() -> None:
    inbox: Inbox[int] = Inbox(capacity=1)
    inbox.offer(1)
    inbox.offer(2)
    assert inbox.take(0) == 1
    assert inbox.take(0) is None


def test_a_full_inbox_holds_the_sender_until_there_is_room() -> None:
    inbox: Inbox[int] = Inbox(capacity=1)
    inbox.put(1)
    sender = threading.Thread(target=inbox.put, args=(2,))
    sender.start()
    assert inbox.take(1) == 1
    assert inbox.take(5) == 2
    sender.join(5)
    assert not sender.is_alive()


def test_closing_lets_a_waiting_sender_go() -> None:
    inbox: Inbox[int] = Inbox(capacity=1)
    inbox.put(1)
    sender = threading.Thread(target=inbox.put, args=(2,))
    sender.start()
    inbox.close()
    sender.join(5)
    assert not sender.is_alive()
    assert inbox.take(0) == 1
    assert inbox.take(0) is None
