"""The command line and environment of a worker process."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from large_enough.domain.model_card import BackendKind
from large_enough.resources.locate import checkout_root

CREATE_NO_WINDOW = 0x08000000
"""Windows: no console window flashes up (subprocess.CREATE_NO_WINDOW, absent elsewhere)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchCommand:
    """All that is needed to start one worker."""

    arguments: tuple[str, ...]
    """Program and arguments; never goes through a shell."""
    environment: Mapping[str, str]
    creation_flags: int = 0
    """Windows process creation flags; 0 elsewhere."""


def worker_command(backend: BackendKind, environ: Mapping[str, str]) -> LaunchCommand:
    """Return how to start a worker: from a checkout, an installation or a frozen bundle.

    Args:
        backend: Who is to run the model.
        environ: The environment to start from, usually `os.environ`.
    """
    return _command("large_enough.worker", "--worker", ("--backend", backend.value), environ)


def quantiser_command(environ: Mapping[str, str]) -> LaunchCommand:
    """Return how to start a quantising worker.

    Args:
        environ: The environment to start from, usually `os.environ`.
    """
    return _command("large_enough.worker.quantise", "--quantise", (), environ)


def _command(
    module: str, bundle_option: str, options: tuple[str, ...], environ: Mapping[str, str]
) -> LaunchCommand:
    """Return how to start a module of this package as a process of its own."""
    if getattr(sys, "frozen", False):  # a bundle's executable is the program itself
        arguments: tuple[str, ...] = (sys.executable, bundle_option, *options)
    else:
        # -P keeps the current folder off the module path: a stray llama_cpp.py must not be run.
        arguments = (sys.executable, "-P", "-m", module, *options)
    return LaunchCommand(
        arguments=arguments,
        environment=_environment(environ),
        creation_flags=CREATE_NO_WINDOW if sys.platform == "win32" else 0,
    )


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return our environment, with the way to this package when it runs from a checkout."""
    environment = dict(environ)
    if checkout_root() is not None:
        package_folder = str(Path(__file__).resolve().parents[2])
        inherited = environ.get("PYTHONPATH")
        environment["PYTHONPATH"] = os.pathsep.join(
            part for part in (package_folder, inherited) if part
        )
    return environment
