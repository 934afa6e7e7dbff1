"""Any repository of the Hugging Face Hub: asked when the user says so, listed, fetched, refused."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.ui.fake_fetcher import FakeFetcher
from tests.ui.program import Program
from tests.ui.test_catalogue_page import open_catalogue

from large_enough.catalog.order import Order
from large_enough.catalog.repository import HubFile, Listing
from large_enough.comparison.fetch_items import FetchState
from large_enough.domain.errors import FailureKind, FetchError, RequestError
from large_enough.domain.quantity import Unavailable
from large_enough.ui.widgets.catalogue_page import CataloguePage


def hub_file(path: str, size_bytes: int = 5_000_000) -> HubFile:
    return HubFile(path=path, size_bytes=size_bytes, sha256="ab" * 32)


LISTING = Listing(
    repository="some/one",
    commit="c0ffee",
    licence="apache-2.0",
    files=(
        hub_file("x-Q4_0.gguf"),
        hub_file("mmproj-x.gguf"),
        hub_file("big/x-Q8_0-00001-of-00002.gguf", 9_000_000_000),
        hub_file("big/x-Q8_0-00002-of-00002.gguf", 9_000_000_000),
    ),
    is_cut=False,
)


@pytest.fixture
def page(qtbot: QtBot, program: Program, fetcher: FakeFetcher) -> CataloguePage:
    """The page, where repositories are asked for."""
    fetcher.listing = LISTING
    page = open_catalogue(qtbot, program)
    qtbot.mouseClick(page.source.parts[1], Qt.MouseButton.LeftButton)
    return page


def ask(qtbot: QtBot, page: CataloguePage, name: str) -> None:
    page.finder.field.setText(name)
    qtbot.mouseClick(page.finder.ask_button, Qt.MouseButton.LeftButton)


def ask_and_wait(qtbot: QtBot, page: CataloguePage, name: str = "some/one") -> str:
    ask(qtbot, page, name)
    qtbot.waitUntil(lambda: page.finder.answer.text() not in ("", "asking…"))
    return page.finder.answer.text()


def test_nothing_is_asked_before_the_button_is_pressed_and_it_says_what_it_does(
    qtbot: QtBot, page: CataloguePage, fetcher: FakeFetcher
) -> None:
    assert page.finder.field.hasFocus()
    qtbot.keyClicks(page.finder.field, "some/one")
    assert fetcher.repositories == []
    assert "The button asks huggingface.co" in page.finder.note.text()
    assert not page.offer.isVisible()


def test_models_are_listed_with_size_format_and_parts(qtbot: QtBot, page: CataloguePage) -> None:
    assert ask_and_wait(qtbot, page) == "some/one holds 2 models."
    small, large = page.finder.table.rows
    assert (small.name, small.place, small.memory) == ("x-Q4_0.gguf", "Q4_0", "5 MB, should fit")
    assert (large.facts, large.memory) == (
        "2 files · big",
        "18.0 GB, too large for the free memory",
    )
    assert "apache-2.0" in page.offer.terms.text()
    assert "nobody has checked" in page.offer.terms.text()
    assert "publisher's repository" in page.offer.checking.text()


def test_enter_asks_too_and_an_address_is_a_name(
    qtbot: QtBot, page: CataloguePage, fetcher: FakeFetcher
) -> None:
    page.finder.field.setText(" https://huggingface.co/some/one/tree/main?x=1 ")
    qtbot.keyClick(page.finder.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.finder.table.rows))
    assert fetcher.repositories == ["some/one"]


def test_the_chosen_one_is_fetched(qtbot: QtBot, page: CataloguePage, fetcher: FakeFetcher) -> None:
    ask_and_wait(qtbot, page)
    page.finder.table.go_to("big/x-Q8_0-00001-of-00002.gguf")
    qtbot.mouseClick(page.offer.get_button, Qt.MouseButton.LeftButton)
    (order,) = fetcher.wanted
    assert isinstance(order, Order)
    assert (order.folders, len(order.files)) == (("some", "one", "big"), 2)
    assert order.files[0].sources[0].revision == "c0ffee"  # type: ignore[union-attr]
    assert "On its way" in page.offer.state.text()
    assert page.finder.table.hasFocus()
    fetcher.put(order.id, FetchState.PAUSED)
    qtbot.waitUntil(lambda: "Begun" in page.offer.state.text())


@pytest.mark.parametrize("name", ["", "qwen", "a/b/c", "../x", "a b/c", "a/..", "con/x"])
def test_a_name_that_cannot_be_one_is_not_asked_for(
    qtbot: QtBot, page: CataloguePage, fetcher: FakeFetcher, name: str
) -> None:
    assert "owner/name" in ask_and_wait(qtbot, page, name)
    assert page.finder.field.property("isWrong")
    assert fetcher.repositories == []


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (FetchError(FailureKind.NO_NETWORK, "some/one"), "no network connection"),
        (FetchError(FailureKind.REPOSITORY_REFUSED, "some/one", status="404"), "answers 404"),
        (RequestError(FailureKind.BAD_SETTING, "hub_address", problem="no"), "hub_address"),
        (ValueError("what"), "what"),
    ],
)
def test_a_refusal_is_told_in_words(
    qtbot: QtBot, page: CataloguePage, fetcher: FakeFetcher, failure: Exception, words: str
) -> None:
    ask_and_wait(qtbot, page)
    fetcher.failure = failure
    ask(qtbot, page, "some/one")
    qtbot.waitUntil(lambda: words in page.finder.answer.text())
    assert page.finder.table.rows == ()
    assert not page.offer.isVisible()
    fetcher.failure = None
    assert "holds 2 models" in ask_and_wait(qtbot, page)


def test_a_repository_without_models_says_so(
    qtbot: QtBot, page: CataloguePage, fetcher: FakeFetcher
) -> None:
    fetcher.listing = msgspec.structs.replace(LISTING, files=(hub_file("mmproj.gguf"),))
    assert "no GGUF file" in ask_and_wait(qtbot, page)


def test_a_gated_repository_is_not_offered(
    qtbot: QtBot, page: CataloguePage, fetcher: FakeFetcher
) -> None:
    fetcher.listing = msgspec.structs.replace(LISTING, is_gated=True)
    ask_and_wait(qtbot, page)
    assert "sign in" in page.offer.refusal.text()
    assert not page.offer.get_button.isVisible()


def test_a_licence_that_is_not_declared_is_told(
    qtbot: QtBot, page: CataloguePage, fetcher: FakeFetcher
) -> None:
    none = Unavailable(reason="the repository does not say")
    fetcher.listing = msgspec.structs.replace(LISTING, licence=none, is_cut=True)
    assert "more files" in ask_and_wait(qtbot, page)
    assert "declares no licence" in page.offer.terms.text()


def test_a_file_without_a_checksum_is_refused(
    qtbot: QtBot, page: CataloguePage, fetcher: FakeFetcher
) -> None:
    file = msgspec.structs.replace(hub_file("x-Q4_0.gguf"), sha256=None)
    fetcher.listing = msgspec.structs.replace(LISTING, files=(file,))
    ask_and_wait(qtbot, page)
    assert "could not be verified" in page.offer.refusal.text()
    assert not page.offer.get_button.isVisible()


def test_asking_can_be_stopped(qtbot: QtBot, page: CataloguePage, fetcher: FakeFetcher) -> None:
    fetcher.may_answer.clear()
    ask(qtbot, page, "some/one")
    assert page.finder.ask_button.text() == "Stop asking"
    qtbot.mouseClick(page.finder.ask_button, Qt.MouseButton.LeftButton)
    assert page.finder.ask_button.text() == "List its files"
    fetcher.may_answer.set()
    assert "holds 2 models" in ask_and_wait(qtbot, page)


def test_each_side_keeps_its_own_choice(qtbot: QtBot, page: CataloguePage) -> None:
    ask_and_wait(qtbot, page)
    qtbot.mouseClick(page.source.parts[0], Qt.MouseButton.LeftButton)
    assert page.offer.name.text() == "Ant"
    qtbot.mouseClick(page.source.parts[1], Qt.MouseButton.LeftButton)
    assert page.offer.name.text() == "x-Q4_0.gguf"
