"""Makes quantised copies with real workers, for tests."""

import hashlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from large_enough.comparison.quantising import quantise
from large_enough.comparison.quantising_plan import plan_quantising
from large_enough.comparison.quantising_tools import QuantisingTools
from large_enough.domain.quantising import QuantisedFile, QuantisingProgress, QuantisingStage
from large_enough.engine.launcher import LaunchCommand, quantiser_command
from large_enough.gguf.card import read_card

WORKER = "large_enough.worker.quantise"


def sha256_of(
    path: str, on_progress: Callable[[float], None], is_cancelled: Callable[[], bool]
) -> str | None:
    """Return the hash of a small file."""
    on_progress(1.0)
    return None if is_cancelled() else hashlib.sha256(Path(path).read_bytes()).hexdigest()


def tools(folder: Path, **replaced: Any) -> QuantisingTools:
    """Return the real tools, some of them replaced."""
    usual: dict[str, Any] = {
        "command": quantiser_command(os.environ),
        "thread_count": 1,
        "parentage_folder": folder / "parentage",
        "sha256_of": sha256_of,
    }
    return QuantisingTools(**{**usual, **replaced})


def limited_command(most_file_bytes: int) -> LaunchCommand:
    """Return how to start a worker that can write no longer files: as on a disk that is full."""
    code = (
        "import resource, runpy;"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most_file_bytes}, {most_file_bytes}));"
        f"runpy.run_module({WORKER!r}, run_name='__main__')"
    )
    usual = quantiser_command(os.environ)
    return LaunchCommand(
        arguments=(sys.executable, "-c", code), environment=usual.environment, creation_flags=0
    )


def find_worker(family: psutil.Process | None = None) -> psutil.Process:
    """Return the quantising worker below a process, by default this one."""
    for child in (family or psutil.Process()).children(recursive=True):
        if any(WORKER in part for part in child.cmdline()):
            return child
    raise AssertionError("no quantising worker is running")


@dataclass
class Copier:
    """Quantises into a folder, keeps what was told, and may act on it."""

    folder: Path
    progress: list[QuantisingProgress] = field(default_factory=list)
    is_stopped: bool = False
    reaction: Callable[[QuantisingProgress], None] = lambda progress: None

    def make(
        self, parent: Path, type_name: str, *, may_replace: bool = False, **replaced: Any
    ) -> QuantisedFile | None:
        plan = plan_quantising(read_card(parent), type_name, self.folder)
        return quantise(
            plan,
            self._on_progress,
            lambda: self.is_stopped,
            tools=tools(self.folder.parent, **replaced),
            may_replace=may_replace,
        )

    def stop(self, progress: QuantisingProgress) -> None:
        """A reaction: stop in the middle of quantising."""
        if in_the_middle(progress):
            self.is_stopped = True

    def names(self) -> list[str]:
        """Return what lies in the folder."""
        return sorted(path.name for path in self.folder.iterdir())

    def stages(self) -> list[QuantisingStage]:
        """Return the stages that were gone through, each once."""
        return list(dict.fromkeys(reading.stage for reading in self.progress))

    def _on_progress(self, progress: QuantisingProgress) -> None:
        self.progress.append(progress)
        self.reaction(progress)


def in_the_middle(progress: QuantisingProgress) -> bool:
    """Return whether some of the weights are done, but not all."""
    return progress.stage is QuantisingStage.QUANTISING and progress.fraction > 0
