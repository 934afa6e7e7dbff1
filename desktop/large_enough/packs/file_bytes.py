"""Reads files of bearable size, and says in words why it cannot."""

from pathlib import Path

from large_enough.packs.limits import MOST_FILE_BYTES
from large_enough.wording.numbers import bytes_text
from large_enough.wording.translate import _


class FileProblemError(Exception):
    """A file cannot be read."""

    def __init__(self, problem: str) -> None:
        """Say why.

        Args:
            problem: In the user's language, as a part of a sentence.
        """
        self.problem = problem
        super().__init__(problem)


def read_bounded(path: Path, most_bytes: int = MOST_FILE_BYTES) -> bytes:
    """Return the bytes of an ordinary file of bearable size.

    Args:
        path: Of the file.
        most_bytes: The largest that is read.

    Raises:
        FileProblemError: It is no such file, or cannot be read.
    """
    try:
        if path.exists() and not path.is_file():  # a folder, or a device that never ends
            raise FileProblemError(_("it is not an ordinary file"))
        with path.open("rb") as stream:
            content = stream.read(most_bytes + 1)
    except FileNotFoundError as error:
        raise FileProblemError(_("there is no such file")) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the name
        raise FileProblemError(_("it cannot be read ({reason})").format(reason=error)) from error
    if len(content) > most_bytes:
        limit = bytes_text(most_bytes)
        raise FileProblemError(_("it is larger than {limit}").format(limit=limit))
    return content
