"""Says which names from outside may become names of files and folders."""

import re

SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")
"""Names that mean the same on every system, and never another folder."""

_WEIGHTS_SUFFIX = ".gguf"
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
# Windows takes these for devices, whatever follows the dot (Microsoft, "Naming Files, Paths").


def is_safe_name(name: str) -> bool:
    """Return whether a name can be that of a file or folder on every system."""
    return bool(SAFE_NAME.fullmatch(name)) and name[-1] != "." and not _RESERVED.fullmatch(name)


def is_repository(name: str) -> bool:
    """Return whether a name is OWNER/NAME, as repositories of the Hugging Face Hub have it."""
    parts = name.split("/")
    return len(parts) == 2 and all(map(is_safe_name, parts))


def is_weights_path(path: str) -> bool:
    """Return whether a path inside a repository is that of a GGUF file, and may be used here."""
    return path.lower().endswith(_WEIGHTS_SUFFIX) and all(map(is_safe_name, path.split("/")))
