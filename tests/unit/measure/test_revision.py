import shutil
import subprocess
from pathlib import Path

import pytest

from large_enough.domain.quantity import Unavailable
from large_enough.measure.revision import NO_COMMIT, has_changes, source_revision

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def unchanged(_root: Path) -> bool:
    return False


@pytest.fixture
def git(tmp_path: Path) -> Path:
    folder = tmp_path / ".git"
    folder.mkdir()
    (folder / "HEAD").write_text("ref: refs/heads/main\n")
    return folder


def add_branch(git: Path, commit: str = COMMIT) -> None:
    (git / "refs" / "heads").mkdir(parents=True)
    (git / "refs" / "heads" / "main").write_text(commit + "\n")


def test_a_branch(git: Path) -> None:
    add_branch(git)
    assert source_revision(git.parent, unchanged) == COMMIT


@pytest.mark.parametrize(("changed", "mark"), [(True, "+"), (False, ""), (None, "?")])
def test_changes_are_marked(git: Path, changed: bool | None, mark: str) -> None:
    add_branch(git)
    assert source_revision(git.parent, lambda _root: changed) == COMMIT + mark


def test_a_packed_branch(git: Path) -> None:
    (git / "packed-refs").write_text(
        f"# pack-refs with: peeled\n{'f' * 40} refs/heads/other\n{COMMIT} refs/heads/main\n"
    )
    assert source_revision(git.parent, unchanged) == COMMIT


def test_no_branch(git: Path) -> None:
    (git / "HEAD").write_text(COMMIT)
    assert source_revision(git.parent, unchanged) == COMMIT


def test_an_additional_worktree(git: Path) -> None:
    add_branch(git)
    own = git / "worktrees" / "second"
    own.mkdir(parents=True)
    (own / "HEAD").write_text("ref: refs/heads/main\n")
    (own / "commondir").write_text("../..\n")
    second = git.parent / "second"
    second.mkdir()
    (second / ".git").write_text(f"gitdir: {own}\n")
    assert source_revision(second, unchanged) == COMMIT


def test_no_commit(git: Path, tmp_path: Path) -> None:
    assert source_revision(git.parent, unchanged) == NO_COMMIT
    assert source_revision(tmp_path / "none", unchanged) == NO_COMMIT
    add_branch(git, "rubbish")
    assert source_revision(git.parent, unchanged) == NO_COMMIT


def test_this_program() -> None:
    assert isinstance(source_revision(), str | Unavailable)


def test_git_itself(tmp_path: Path) -> None:
    assert has_changes(tmp_path) is None  # no repository, or no git
    git = shutil.which("git")
    if git is not None:
        subprocess.run([git, "init", "-q", str(tmp_path)], check=True)
        assert has_changes(tmp_path) is False
        (tmp_path / "new.py").write_text("")
        assert has_changes(tmp_path) is True


def test_without_git_nobody_knows(tmp_path: Path) -> None:
    assert has_changes(tmp_path, lambda _name: None) is None
    assert has_changes(tmp_path, lambda _name: str(tmp_path / "no-such-git")) is None
