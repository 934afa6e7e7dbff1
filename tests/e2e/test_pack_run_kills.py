"""Runs that are killed at random moments end as if nothing had happened."""

from pathlib import Path

import pytest
from tests.helpers.pack_run_kill import PACK, KillTrial, outcomes

from large_enough.domain.pack_run import PackRunEnd

TRIALS = [(1, False, "--fast"), (3, True, "--fast"), (3, False, "--order=abba")]
"""Seed, whether only the worker is killed, how it runs. `tests.bench.pack_run_kills` makes more."""


@pytest.mark.parametrize(("seed", "kills_worker", "option"), TRIALS)
def test_a_killed_run_goes_on_and_ends_like_an_undisturbed_one(
    seed: int, kills_worker: bool, option: str, tmp_path: Path
) -> None:
    (tmp_path / "quiet").mkdir()
    (tmp_path / "disturbed").mkdir()
    quiet = KillTrial(tmp_path / "quiet", seed, option).run_quietly()
    trial = KillTrial(tmp_path / "disturbed", seed, option)
    disturbed = trial.run_disturbed(kills_worker=kills_worker)

    assert trial.kill_count > 0
    assert disturbed.end is PackRunEnd.COMPLETE
    assert len(quiet.cells) == 2 * len(PACK.items)
    assert outcomes(disturbed) == outcomes(quiet)
    assert disturbed.unreadable_lines == 0
    lines = trial.lines_of_cells()
    assert len(lines) == len(set(lines))  # none was asked twice
