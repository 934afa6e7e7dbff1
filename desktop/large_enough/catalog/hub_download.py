"""Downloads one file from the Hugging Face Hub, going on where an earlier attempt stopped.

Started as a script in a process of its own (see `huggingface`), because the library reads its
settings when it is imported, retries for minutes, and can only be stopped by ending its process.

`hf_hub_download` keeps nothing of a download that was cut (seen in version 2.4 of the library), so
its two halves are used: the look-up and the transfer.

Arguments: repository, path of the file in it, branch or commit, path to write to (a beginning of
the file may be there), size in bytes, seconds to wait for the server. On standard output:
"answered" once the server has, "commit ID" with the commit that the file is from, "restarted" if
the server does not go on where the beginning stops, "status N" if it refused with that HTTP status,
"size N" if the file there has another size. Exit code 0 only if the file is complete.
"""

import io
import os
import sys
from pathlib import Path

from huggingface_hub import constants, get_hf_file_metadata, hf_hub_url
from huggingface_hub.errors import HfHubHTTPError
from huggingface_hub.file_download import http_get

REFUSED = 2
"""Exit code when the server answered but does not give the file."""

PIECE_BYTES = 64 << 10
"""Written to the disk at once, so that little is lost when this process is ended."""

_HEADERS = {"user-agent": "large-enough", "accept-encoding": "identity"}


class _Target(io.FileIO):
    """The file that is written to; it says so when the library begins anew."""

    def truncate(self, size: int | None = None) -> int:
        """Cut the file: the library does so where a server cannot go on in the middle."""
        print("restarted", flush=True)  # noqa: T201 - the parent reads this
        return super().truncate(size)


def main(
    repository: str, file: str, revision: str, path: Path, size_bytes: int, patience_s: float
) -> int:
    """Download the file; return the exit code."""
    # WORKAROUND: the library writes in pieces of 10 MiB. On a slow connection nothing would seem
    # to arrive for minutes, and every interruption would lose as much.
    constants.DOWNLOAD_CHUNK_SIZE = PIECE_BYTES
    try:
        metadata = get_hf_file_metadata(
            hf_hub_url(repository, file, revision=revision), token=False, timeout=patience_s
        )
        print("answered", flush=True)  # noqa: T201 - the parent reads this
        print("commit", metadata.commit_hash or "", flush=True)  # noqa: T201
        if metadata.size not in (None, size_bytes):
            print("size", metadata.size, flush=True)  # noqa: T201
            return REFUSED
        with io.BufferedRandom(_Target(path, "r+b")) as target:
            have_bytes = target.seek(0, os.SEEK_END)
            http_get(
                metadata.location,
                target,
                resume_size=have_bytes,
                headers=_HEADERS,
                expected_size=size_bytes,
            )
    except HfHubHTTPError as error:
        print("status", error.response.status_code, flush=True)  # noqa: T201
        return REFUSED
    return 0


if __name__ == "__main__":
    _repository, _file, _revision, _path, _size, _patience = sys.argv[1:]
    sys.exit(main(_repository, _file, _revision, Path(_path), int(_size), float(_patience)))
