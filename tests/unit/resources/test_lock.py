import subprocess
import sys
from pathlib import Path

import pytest

from large_enough.resources.lock import file_lock, is_held

HOLD = """
import sys
from pathlib import Path
from large_enough.resources.lock import file_lock
with file_lock(Path(sys.argv[1]), lambda: False, lambda: None) as is_held:
    print(is_held, flush=True)
    sys.stdin.read()
"""


def never() -> bool:
    return False


def nothing() -> None:
    return


def test_a_lock_is_held_and_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with file_lock(path, never, nothing) as is_held:
        assert is_held
        assert path.exists()
    assert not path.exists()


def test_a_file_that_a_dead_process_left_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.write_text("12345", encoding="ascii")
    with file_lock(path, never, nothing) as is_held:
        assert is_held


def test_whether_it_is_held_can_be_asked(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    assert not is_held(path)
    with file_lock(path, never, nothing):
        assert is_held(path)
    path.write_text("left by a dead process", encoding="ascii")
    assert not is_held(path)
    assert path.exists()
    with file_lock(path, never, nothing) as is_mine:
        assert is_mine


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), file_lock(tmp_path / "no" / "lock", never, nothing):
        pass


def test_cancelled_before(tmp_path: Path) -> None:
    with file_lock(tmp_path / "lock", lambda: True, nothing) as is_held:
        assert not is_held


class TestAnotherProcess:
    """Another process holds the lock."""

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        return tmp_path / "lock"

    def holder(self, path: Path) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        return process

    def test_we_wait_until_it_ends_however_it_ends(self, path: Path) -> None:
        waits: list[int] = []
        with self.holder(path) as process:

            def kill_it() -> None:
                waits.append(1)
                process.kill()

            with file_lock(path, never, kill_it) as is_held:
                assert is_held
                assert waits
        assert not path.exists()

    def test_waiting_can_be_cancelled(self, path: Path) -> None:
        waits: list[int] = []
        with self.holder(path) as process:
            with file_lock(path, lambda: len(waits) > 1, lambda: waits.append(1)) as is_held:
                assert not is_held
            process.kill()
