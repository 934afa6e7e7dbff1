"""Kills a run of a pack at random moments, goes on with it, and compares it with a quiet one."""

import contextlib
import json
import os
import random
import subprocess
import sys
import threading
from pathlib import Path

import psutil
from tests.helpers.pack_runs import answers_of, small_pack
from tests.helpers.rounds import write_script

from large_enough.domain.pack_run import PackRunEnd, PackRunRecord
from large_enough.packs.writing import pack_json
from large_enough.store.log_heads import log_paths
from large_enough.store.pack_run_reading import read_pack_run

PACK = small_pack(8)
TOKEN_DELAY_S = 0.08
LATEST_KILL_S = 1.5
"""After the first worker was there."""
MOST_KILLS = 3
MOST_GOES = 10
LOOK_S = 0.02
LIMIT_S = 60


class KillTrial:
    """One run that is disturbed; give it a folder of its own."""

    def __init__(self, folder: Path, seed: int, *options: str) -> None:
        self._home = folder / "home"
        self._options = options
        self._random = random.Random(seed)
        self._pack = folder / "small.pack.json"
        self._pack.write_bytes(pack_json(PACK))
        answers = answers_of(PACK, wrong=["n1", "t5"], token_delay_s=TOKEN_DELAY_S)
        self._scripts = [write_script(folder, name, answers=answers) for name in ("one", "two")]
        self.kill_count = 0

    def run_quietly(self) -> PackRunRecord:
        """Run to the end, undisturbed."""
        self._go(self._start_arguments(), kill_after_s=None)
        return self.record()

    def run_disturbed(self, *, kills_worker: bool) -> PackRunRecord:
        """Run, killing the worker or the whole program again and again, until it is complete."""
        arguments = self._start_arguments()
        for _go in range(MOST_GOES):
            is_quiet = self.kill_count >= MOST_KILLS
            kill_after_s = None if is_quiet else self._random.uniform(0.0, LATEST_KILL_S)
            self._go(arguments, kill_after_s=kill_after_s, kills_worker=kills_worker)
            if self._log() is None:
                continue
            if self.record().end is PackRunEnd.COMPLETE:
                break
            arguments = ["--resume", "last"]
        return self.record()

    def record(self) -> PackRunRecord:
        """Return what is on record."""
        log = self._log()
        assert log is not None
        return read_pack_run(log)

    def lines_of_cells(self) -> list[tuple[str, str, int]]:
        """Return the key of every answer in the log, in order."""
        log = self._log()
        assert log is not None
        found = []
        for line in log.read_bytes().splitlines():
            content = json.loads(line)
            if content["line"] == "cell":
                key = content["cell"]["key"]
                found.append((key["letter"], key["item_id"], key["repeat"]))
        return found

    def _log(self) -> Path | None:
        paths = log_paths(self._home / "data" / "runs")
        return paths[0] if paths else None

    def _start_arguments(self) -> list[str]:
        models = [part for path in self._scripts for part in ("-m", str(path))]
        return [str(self._pack), *models, *self._options]

    def _go(
        self, arguments: list[str], kill_after_s: float | None, *, kills_worker: bool = False
    ) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "large_enough", "run", *arguments, "--yes"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "LARGE_ENOUGH_HOME": str(self._home)},
        )
        if kill_after_s is not None:
            moment = threading.Event()
            while process.poll() is None and not _workers(process.pid):
                moment.wait(LOOK_S)
            moment.wait(kill_after_s)  # a moment by lot: there is nothing to wait for
            if process.poll() is None:
                self._kill(process, kills_worker=kills_worker)
        process.wait(LIMIT_S)

    def _kill(self, process: "subprocess.Popen[bytes]", *, kills_worker: bool) -> None:
        if not kills_worker:
            process.kill()
            self.kill_count += 1
            return
        for child in _workers(process.pid):
            with contextlib.suppress(psutil.Error):
                child.kill()
                self.kill_count += 1


def _workers(process_id: int) -> list[psutil.Process]:
    """Return the workers of a program; other children (git, say) come and go meanwhile."""
    found = []
    with contextlib.suppress(psutil.Error):
        for child in psutil.Process(process_id).children():
            with contextlib.suppress(psutil.Error):
                if any("large_enough.worker" in part for part in child.cmdline()):
                    found.append(child)
    return found


def outcomes(record: PackRunRecord) -> dict[tuple[str, str, int], tuple[str, str, str]]:
    """Return what counts of each answer; times differ from run to run."""
    return {
        (cell.key.letter, cell.key.item_id, cell.key.repeat): (
            cell.text,
            cell.grade.status.value,
            cell.prompt,
        )
        for cell in record.cells
    }
