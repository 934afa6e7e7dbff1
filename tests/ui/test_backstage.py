"""The program behind the window, brought in late."""

import os

import pytest
from pytestqt.qtbot import QtBot
from tests.helpers.power_sources import CONDITIONS
from tests.helpers.rounds import write_script

from large_enough.comparison.events import RoundFinished
from large_enough.comparison.plans import new_round
from large_enough.domain.calibration import Calibration
from large_enough.domain.round import Done
from large_enough.resources.paths import user_folders
from large_enough.store.calibration_file import save_calibration
from large_enough.ui.backstage import Backstage
from large_enough.ui.bridge import Bridge


@pytest.fixture
def backstage(bridge: Bridge, tmp_path):
    environ = {**os.environ, "LARGE_ENOUGH_MODELS": str(tmp_path / "models")}
    made = Backstage(environ, bridge)
    yield made
    bridge.close()
    made.close()


def test_closing_what_was_never_needed_does_nothing(backstage: Backstage):
    assert not backstage.is_busy
    backstage.stop()


def test_models_are_found(backstage: Backstage, tmp_path):
    (tmp_path / "models").mkdir()
    script = write_script(tmp_path / "models", "ant")
    (card,) = backstage.scan().cards
    assert card.path == str(script)
    assert backstage.resolve("ant", [card]) == card
    assert backstage.suggested_pair([card]) == (card,)
    assert len(backstage.starter_pair()) == 2


def test_a_real_round_reaches_the_window(
    qtbot: QtBot, backstage: Backstage, bridge: Bridge, tmp_path
):
    card = backstage.resolve(str(write_script(tmp_path, "ant")), ())
    events: list[object] = []
    bridge.event_arrived.connect(events.append)
    backstage.ask(new_round([card], "Who are you?"))
    qtbot.waitUntil(lambda: any(isinstance(e, RoundFinished) for e in events), timeout=60_000)
    last = events[-1]
    assert isinstance(last, RoundFinished)
    assert isinstance(last.record.result_of("A"), Done)


def test_the_machine_is_examined(backstage: Backstage, tmp_path):
    (tmp_path / "models").mkdir()
    report = backstage.examine()
    assert report.instruments
    assert report.models_folder.path == str(tmp_path / "models")


def is_estimate_off(backstage: Backstage) -> bool:
    """Return whether the doctor is told so."""
    reasons = {instrument.reason for instrument in backstage.examine().instruments}
    return "estimates are switched off" in reasons


CALIBRATION = Calibration(
    idle_w=5.0,
    watts_per_core=(4.0,),
    residual_w=0.2,
    mean_power_w=10.0,
    load_count=4,
    conditions=CONDITIONS,
    date_utc="2026-05-04T10:00:00+00:00",
)
"""With one, an estimate is possible on any machine."""


@pytest.mark.parametrize("is_opened_first", [True, False])
def test_the_word_about_estimates_is_passed_on(
    backstage: Backstage, tmp_path, is_opened_first: bool
):
    (tmp_path / "models").mkdir()
    save_calibration(user_folders(os.environ).config, CALIBRATION)
    if is_opened_first:
        assert is_estimate_off(backstage)
    backstage.use_estimates(is_wanted=True)
    assert not is_estimate_off(backstage)
    backstage.use_estimates(is_wanted=False)
    assert is_estimate_off(backstage)
