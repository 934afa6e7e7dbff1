import sys

import pytest
from tests.data.power.synthetic_macos import FakeCoreFoundation

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.corefoundation import CoreFoundation, load_core_foundation
from large_enough.measure.power.native import NOT_MACOS


@pytest.fixture
def library() -> FakeCoreFoundation:
    return FakeCoreFoundation()


def test_a_string_lives_as_long_as_its_block(library: FakeCoreFoundation) -> None:
    foundation = CoreFoundation(library)
    with foundation.string("Energy Model µ") as reference:
        assert foundation.text(reference) == "Energy Model µ"
        assert library.leaked == ["Energy Model µ"]
    assert library.leaked == []


def test_a_string_is_released_after_an_error(library: FakeCoreFoundation) -> None:
    with pytest.raises(KeyError), CoreFoundation(library).string("x"):
        raise KeyError
    assert library.leaked == []


def test_no_memory_for_a_string(library: FakeCoreFoundation) -> None:
    library.CFStringCreateWithCString = lambda *_arguments: None
    with pytest.raises(MemoryError), CoreFoundation(library).string("x"):
        pass


@pytest.mark.parametrize(
    "value",
    [
        5,
        -5,
        2**62,
        True,
        False,
        "text",
        {},
        {"a": 1, "b": {"c": False, "d": "x"}},
    ],
)
def test_plain_values(library: FakeCoreFoundation, value: object) -> None:
    reference = library.create(value)
    plain = CoreFoundation(library).plain(reference)
    assert plain == value
    assert type(plain) is type(value)
    assert library.leaked == [value]  # whoever made it still owns it


def test_unsigned_numbers_come_in_twos_complement(library: FakeCoreFoundation) -> None:
    assert CoreFoundation(library).plain(library.create(2**64 - 1889)) == -1889


def test_other_values_are_left_out(library: FakeCoreFoundation) -> None:
    foundation = CoreFoundation(library)
    assert foundation.plain(library.create(b"data")) is None
    assert foundation.plain(library.create([1, 2])) is None
    assert foundation.plain(library.create({"a": b"data", "b": 1})) == {"b": 1}


def test_dictionaries_that_never_end(library: FakeCoreFoundation) -> None:
    endless: dict[str, object] = {}
    endless["self"] = endless
    assert CoreFoundation(library).plain(library.create(endless)) == {"self": {"self": {}}}


def test_a_number_that_does_not_fit(library: FakeCoreFoundation) -> None:
    library.CFNumberGetValue = lambda *_arguments: 0
    assert CoreFoundation(library).plain(library.create(5)) is None


def test_texts_that_are_none(library: FakeCoreFoundation) -> None:
    foundation = CoreFoundation(library)
    assert foundation.text(None) == ""
    assert foundation.text(library.create(5)) == ""
    assert foundation.text(library.create("x" * 5_000)) == ""


def test_members_and_items_stay_with_their_container(library: FakeCoreFoundation) -> None:
    foundation = CoreFoundation(library)
    dictionary = library.create({"list": ["first", "second"]})
    array = foundation.member(dictionary, "list")
    assert array is not None
    assert foundation.count(array) == 2
    assert foundation.text(foundation.item(array, 1)) == "second"
    assert foundation.member(dictionary, "no such name") is None
    foundation.release(dictionary)
    assert library.leaked == []


def test_the_fake_notices_what_is_released_twice(library: FakeCoreFoundation) -> None:
    foundation = CoreFoundation(library)
    reference = library.create("x")
    foundation.release(reference)
    with pytest.raises(AssertionError, match="not owned"):
        foundation.release(reference)


def test_this_and_other_systems() -> None:
    assert load_core_foundation("win32") == NOT_MACOS
    assert isinstance(load_core_foundation(), Unavailable) == (sys.platform != "darwin")
    assert load_core_foundation("darwin") != NOT_MACOS
