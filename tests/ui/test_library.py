"""Models on the disk, from elsewhere and from the network."""

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.fakes import LARGE, OTHER, SMALL, STARTERS, FakeModels

from large_enough.domain.errors import FailureKind, FetchError
from large_enough.ui.library import FetchStatus, ModelLibrary


def test_a_scan_tells_what_there_is(qtbot: QtBot, library: ModelLibrary):
    with qtbot.waitSignal(library.scanned) as told:
        library.scan()
    (outcome,) = told.args
    assert outcome.cards == outcome.suggested == library.cards == (SMALL, LARGE)
    assert outcome.wanted == ()


def test_wanted_models_are_found_by_path_or_elsewhere(
    qtbot: QtBot, library: ModelLibrary, models: FakeModels
):
    models.elsewhere["/far/away.gguf"] = OTHER
    with qtbot.waitSignal(library.scanned) as told:
        library.scan([LARGE.path, "/far/away.gguf", "nobody"])
    (outcome,) = told.args
    assert outcome.wanted == (LARGE, OTHER)
    assert [problem.kind for problem in outcome.problems] == [FailureKind.UNKNOWN_MODEL]
    assert library.cards == (SMALL, LARGE, OTHER)


def test_a_file_is_opened(qtbot: QtBot, library: ModelLibrary, models: FakeModels):
    models.elsewhere["/far/away.gguf"] = OTHER
    with qtbot.waitSignal(library.opened) as told:
        library.open_file("/far/away.gguf")
    assert told.args == [OTHER]
    assert library.cards == (OTHER,)


def test_a_file_that_is_no_model_is_told(qtbot: QtBot, library: ModelLibrary):
    with qtbot.waitSignal(library.failed) as told:
        library.open_file("/no/model.gguf")
    assert told.args[0].kind is FailureKind.UNKNOWN_MODEL


def test_fetching_tells_how_far_it_is_over_all_models(
    qtbot: QtBot, library: ModelLibrary, models: FakeModels
):
    statuses: list[FetchStatus] = []
    library.fetch_progressed.connect(statuses.append)
    with qtbot.waitSignal(library.fetch_ended) as told:
        library.fetch_starters()
    (status,) = statuses
    assert (status.name, status.number, status.model_count) == ("Ant", 1, 2)
    assert status.fraction == pytest.approx(49 / 590)
    assert told.args == [True]
    assert models.fetched == [STARTERS]
    assert not library.is_fetching


def test_fetching_can_be_cancelled(qtbot: QtBot, library: ModelLibrary, models: FakeModels):
    models.may_finish.clear()
    with qtbot.waitSignal(library.fetch_progressed):
        library.fetch_starters()
    assert library.is_fetching
    with qtbot.waitSignal(library.fetch_ended) as told:
        library.cancel_fetch()
    assert told.args == [False]


def test_fetching_twice_at_once_is_fetching_once(
    qtbot: QtBot, library: ModelLibrary, models: FakeModels
):
    models.may_finish.clear()
    library.fetch_starters()
    library.fetch_starters()
    with qtbot.waitSignal(library.fetch_ended):
        models.may_finish.set()
    assert len(models.fetched) == 1


def test_a_failed_fetch_is_told(qtbot: QtBot, library: ModelLibrary, models: FakeModels):
    models.fetch_failure = FetchError(FailureKind.NO_NETWORK, "Ant")
    with qtbot.waitSignal(library.fetch_failed) as told:
        library.fetch_starters()
    assert told.args[0].kind is FailureKind.NO_NETWORK
    assert not library.is_fetching
