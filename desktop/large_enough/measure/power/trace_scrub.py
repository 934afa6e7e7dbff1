"""Takes out of a recorded trace what could tell whose machine it was.

Serial numbers, unique ids, network addresses, home folders, and the words that the caller names
(host name, user name). Product names, bus addresses and process ids stay: they are what a trace is
for, and they belong to no one.
"""

import re
from collections.abc import Sequence

REMOVED = "(removed)"

_PRIVATE_WORDS = (
    "serial|uuid|guid|host_?name|user_?name|process_?name|mac_?addr|asset_?tag|machine_?id"
)
_PRIVATE_NAME = re.compile(_PRIVATE_WORDS, re.IGNORECASE)
_PRIVATE_LINE = re.compile(
    rf"^(\w*(?:{_PRIVATE_WORDS})\w*\s*[=:]\s*).+$", re.IGNORECASE | re.MULTILINE
)
_UNIQUE_ID = re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b", re.IGNORECASE)
_MAC_ADDRESS = re.compile(r"\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b", re.IGNORECASE)
_IP_ADDRESS = re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b")
_HOME = re.compile(r"((?:/home/|/Users/|\\Users\\))[^/\\\s]+")
_SHORTEST_WORD = 2  # a single letter would take apart every other word


class Scrubber:
    """Removes private words; what is removed is gone for good."""

    def __init__(self, private: Sequence[str] = ()) -> None:
        """Take words that belong to this machine or its user, in any case of letters."""
        self._words = [word for word in private if len(word) >= _SHORTEST_WORD]

    def text(self, text: str) -> str:
        """Return the text with everything private removed."""
        for pattern in (_UNIQUE_ID, _MAC_ADDRESS, _IP_ADDRESS):
            text = pattern.sub(REMOVED, text)
        for pattern in (_HOME, _PRIVATE_LINE):
            text = pattern.sub(rf"\1{REMOVED}", text)
        for word in self._words:
            text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", REMOVED, text, flags=re.IGNORECASE)
        return text

    def blob(self, data: bytes) -> bytes:
        """Return the bytes with private words written over, in the encodings systems use."""
        for word in self._words:
            for encoding in ("utf-8", "utf-16-le"):
                secret = re.escape(word.encode(encoding))
                data = re.sub(secret, _blanked, data, flags=re.IGNORECASE)
        return data

    def is_private(self, name: str) -> bool:
        """Tell whether what goes by this name (function, field, file) is private as a whole."""
        return _PRIVATE_NAME.search(name) is not None


def _blanked(match: re.Match[bytes]) -> bytes:
    return b"x" * len(match[0])
