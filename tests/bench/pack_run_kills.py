"""Kills runs of packs at random moments, many times, and prints how they ended.

python -m tests.bench.pack_run_kills [TRIALS]
"""

import sys
import tempfile
from pathlib import Path

from tests.helpers.pack_run_kill import KillTrial, outcomes

from large_enough.domain.pack_run import PackRunEnd

USUAL_TRIALS = 20
WAYS = ((False, "--fast"), (True, "--fast"), (False, "--order=abba"), (True, "--order=abba"))


def main(trial_count: int) -> int:
    """Run the trials; returns 1 if a run did not end like an undisturbed one."""
    bad = 0
    for seed in range(trial_count):
        kills_worker, option = WAYS[seed % len(WAYS)]
        with tempfile.TemporaryDirectory() as folder:
            quiet_folder, disturbed_folder = Path(folder, "quiet"), Path(folder, "disturbed")
            quiet_folder.mkdir()
            disturbed_folder.mkdir()
            quiet = KillTrial(quiet_folder, seed, option).run_quietly()
            trial = KillTrial(disturbed_folder, seed, option)
            record = trial.run_disturbed(kills_worker=kills_worker)
            lines = trial.lines_of_cells()
            is_good = (
                record.end is PackRunEnd.COMPLETE
                and outcomes(record) == outcomes(quiet)
                and len(lines) == len(set(lines))
            )
        bad += not is_good
        whom = "worker" if kills_worker else "program"
        verdict = "equal" if is_good else "DIFFERENT"
        print(f"{seed:3}  {whom:8} {option:14} {trial.kill_count:3} kills  {verdict}", flush=True)
    print(f"{trial_count - bad} of {trial_count} equal to an undisturbed run")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else USUAL_TRIALS))
