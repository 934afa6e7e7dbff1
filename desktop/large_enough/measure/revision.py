"""Tells which commit of its sources the program runs from."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from large_enough.domain.quantity import Unavailable
from large_enough.resources.locate import checkout_root

INSTALLED = Unavailable(reason="installed, not run from its sources")
NO_COMMIT = Unavailable(reason="the sources are not in a git repository with a commit")

_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_GIT_TIMEOUT_S = 3.0


def has_changes(
    root: Path, find_program: Callable[[str], str | None] = shutil.which
) -> bool | None:
    """Return whether the sources differ from their commit, as git says; None if it cannot say.

    Only git can tell this. It is told to leave the repository's index alone.

    Args:
        root: The checkout.
        find_program: Gives the path of a program.
    """
    git = find_program("git")
    if git is None:
        return None
    try:
        run = subprocess.run(
            [git, "-C", str(root), "status", "--porcelain"],
            capture_output=True,
            check=False,
            timeout=_GIT_TIMEOUT_S,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return bool(run.stdout.strip()) if run.returncode == 0 else None


def source_revision(
    root: Path | None = None, ask_git: Callable[[Path], bool | None] = has_changes
) -> str | Unavailable:
    """Return the commit, with "+" if the sources were changed since, "?" if nobody can say.

    The commit is read from the repository's files, so that it is known without git.

    Args:
        root: The checkout; None looks for the one the program runs from.
        ask_git: Tells whether there are changes.
    """
    root = root or checkout_root()
    if root is None:
        return INSTALLED
    commit = _head_commit(root)
    if commit is None:
        return NO_COMMIT
    marks = {True: "+", False: "", None: "?"}
    return commit + marks[ask_git(root)]


def _head_commit(root: Path) -> str | None:
    folder = _git_folder(root)
    head = _read(folder / "HEAD")
    if head.startswith("ref: "):
        name = head.removeprefix("ref: ")
        # In an additional worktree, branches lie in the main repository.
        common = folder / (_read(folder / "commondir") or ".")
        head = _read(folder / name) or _read(common / name) or _packed(common, name)
    return head if _COMMIT.fullmatch(head) else None


def _git_folder(root: Path) -> Path:
    pointer = _read(root / ".git")  # a file in additional worktrees and submodules
    if pointer.startswith("gitdir: "):
        return root / pointer.removeprefix("gitdir: ")
    return root / ".git"


def _packed(folder: Path, name: str) -> str:
    for line in _read(folder / "packed-refs").splitlines():
        commit, _space, found = line.partition(" ")
        if found == name:
            return commit
    return ""


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
