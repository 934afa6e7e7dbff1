"""Tells what it means for the user that a model's file could not be written."""

import errno
from pathlib import Path

from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.wording.translate import _

_FULL_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def disk_failure(error: OSError, name: str, folder: Path) -> ErrorInfo:
    """Return DISK_FULL where the disk is full, else BAD_SETTING: the folder cannot be used.

    Args:
        error: What happened.
        name: The model's.
        folder: The models folder.
    """
    if error.errno in _FULL_ERRORS:
        return ErrorInfo(kind=FailureKind.DISK_FULL, subject=name, detail=str(error))
    reason = error.strerror or str(error)
    return ErrorInfo(
        kind=FailureKind.BAD_SETTING,
        subject=str(folder),
        detail=str(error),
        facts={
            "problem": _("nothing can be written there ({reason})").format(reason=reason),
            "allowed": _("a models folder that you may write to"),
        },
    )
