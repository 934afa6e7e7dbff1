"""Lists the GGUF files of a repository of the Hugging Face Hub.

Started as a script in a process of its own (see `repository`), for the reasons of `hub_download`.
Nothing of the repository is opened: names, sizes and checksums are the hub's own answers.

Arguments: repository, revision, path to write to, seconds to wait for the server. Written is one
JSON object a line: first the commit, the licence and whether the repository is gated, then each
GGUF file with its size and, where the hub has one, its SHA-256; at last how many files were looked
at, and whether there were more. On standard output: "answered" once the server has, a line for
every thousand files, "status N" if it refused with that HTTP status. Exit code 0 only if the
listing is complete.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError
from huggingface_hub.hf_api import RepoFile

REFUSED = 2
"""Exit code when the server answered but does not give the listing."""

MOST_FILES = 20_000
"""Of one repository; the rest is left alone."""

_PROGRESS_EVERY = 1000


def lines(api: HfApi, repository: str, revision: str, patience_s: float) -> Iterator[Any]:
    """Yield the objects that are written, one a line."""
    info = api.model_info(repository, revision=revision, timeout=patience_s)
    print("answered", flush=True)  # noqa: T201 - the parent reads this
    card = info.card_data
    yield {
        "commit": info.sha,
        "licence": getattr(card, "license", None),
        "is_gated": bool(info.gated),
    }
    count = 0
    tree = api.list_repo_tree(repository, recursive=True, revision=info.sha or revision)
    for entry in tree:
        if count == MOST_FILES:
            yield {"file_count": count, "has_more": True}
            return
        count += 1
        if count % _PROGRESS_EVERY == 0:
            print("files", count, flush=True)  # noqa: T201 - the parent reads this
        if isinstance(entry, RepoFile) and entry.path.lower().endswith(".gguf"):
            yield _file(entry)
    yield {"file_count": count, "has_more": False}


def _file(entry: RepoFile) -> dict[str, Any]:
    if entry.lfs is None:
        return {"path": entry.path, "size_bytes": entry.size, "sha256": None}
    return {"path": entry.path, "size_bytes": entry.lfs.size, "sha256": entry.lfs.sha256}


def main(repository: str, revision: str, path: Path, patience_s: float) -> int:
    """Write the listing; return the exit code."""
    try:
        with path.open("w", encoding="utf-8") as target:
            for line in lines(HfApi(token=False), repository, revision, patience_s):
                target.write(json.dumps(line) + "\n")
                target.flush()
    except HfHubHTTPError as error:
        print("status", error.response.status_code, flush=True)  # noqa: T201 - as above
        return REFUSED
    return 0


if __name__ == "__main__":
    _repository, _revision, _path, _patience = sys.argv[1:]
    sys.exit(main(_repository, _revision, Path(_path), float(_patience)))
