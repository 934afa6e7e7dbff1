"""Refuses files that must not be committed: weights, large files, text without a final newline.

Takes the files to look at as arguments; without any, all files that git tracks.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LARGEST_BYTES = 1_000_000
WEIGHTS = frozenset({".gguf", ".safetensors", ".bin", ".part"})


def main() -> int:
    """Print what is wrong; return 1 if anything is."""
    files = [Path(name) for name in sys.argv[1:]] or tracked_files()
    faults = list(faults_of(files))
    print("".join(f"{fault}\n" for fault in faults), end="")
    return int(bool(faults))


def tracked_files() -> list[Path]:
    """Return all files that git tracks or would add."""
    command = [
        "git",
        "-c",
        "safe.directory=*",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name]


def faults_of(files: Sequence[Path]) -> Iterator[str]:
    """Say what is wrong with each of these files."""
    for file in files:
        if not file.is_file():
            continue
        content = file.read_bytes()
        if file.suffix.lower() in WEIGHTS or content.startswith(b"GGUF"):
            yield f"{file}: weights are not committed"
        elif len(content) > LARGEST_BYTES:
            yield f"{file}: {len(content)} bytes, more than {LARGEST_BYTES}"
        elif content and b"\0" not in content and not content.endswith(b"\n"):
            yield f"{file}: no newline at the end"


if __name__ == "__main__":
    sys.exit(main())
