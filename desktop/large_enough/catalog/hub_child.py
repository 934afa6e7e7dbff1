"""Holds what the programs that talk to the Hugging Face Hub have in common."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from large_enough.catalog.child import ChildEnd, ChildResult, Patience, run_child
from large_enough.catalog.hub_address import DEFAULT_HUB, HUB_VARIABLE
from large_enough.domain.clock import Clock

ANSWER_PATIENCE_S = 5
"""How long the server may take to answer a look-up."""
CONNECT_PATIENCE_S = 4
"""How long a first connection may take: longer means that there is no network worth waiting for."""
NETWORK_TROUBLE = re.compile(
    r"connect|timeout|timed out|network|proxy|protocol|ssl|certificate|resol|offline|read ?error"
    r"|consistency check|incomplete",
    re.IGNORECASE,
)
"""Last words of a program that lost its connection."""

_REACH_SCRIPT = Path(__file__).with_name("hub_reach.py")
_REACH_PATIENCE = Patience(first_byte_s=2.0 * CONNECT_PATIENCE_S, next_byte_s=1.0)


def hub_environ(environ: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return settings of huggingface_hub: nothing is sent along, nothing kept elsewhere.

    Args:
        environ: The environment.
        folder: Removed afterwards, with everything that the library keeps.
    """
    return {
        **environ,
        "HF_HOME": str(folder / "hub"),
        "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_XET": "1",
        "HF_HUB_DOWNLOAD_TIMEOUT": "10",
    }


def reach_problem(
    environ: Mapping[str, str], folder: Path, is_cancelled: Callable[[], bool], clock: Clock
) -> str | None:
    """Return why the hub cannot be reached; None if it can, or if it was cancelled.

    Args:
        environ: Names the hub (`HF_ENDPOINT`) and proxies.
        folder: For the program's output.
        is_cancelled: Asked several times a second.
        clock: What the patience is measured with.
    """
    address = environ.get(HUB_VARIABLE) or DEFAULT_HUB
    result = run_child(
        [str(_REACH_SCRIPT), address, str(CONNECT_PATIENCE_S)],
        folder=folder,
        environ=environ,
        progress_bytes=lambda: 0,
        is_cancelled=is_cancelled,
        patience=_REACH_PATIENCE,
        clock=clock,
    )
    if result.end is ChildEnd.STALLED:
        return "connection timed out"
    is_reached = result.exit_code == 0 or result.end is ChildEnd.CANCELLED
    return None if is_reached else result.last_error_line or "connection failed"


def said(result: ChildResult) -> dict[str, str]:
    """Return what a program said on standard output: the rest of each line by its first word."""
    return dict(line.partition(" ")[::2] for line in result.output.splitlines())
