"""Writes catalogues of translated messages for tests."""

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from tests.helpers.file_rules import ROOT

from large_enough.wording.translate import DOMAIN

Message = str | tuple[str, str]

PSEUDO = "qps"
"""Code of the language that `write_pseudo_catalogue` makes up."""
MARK = "⟦"
"""Every message of that language begins with it."""


def translations_tool() -> ModuleType:
    """Return the script that keeps the catalogues in step with the sources."""
    spec = importlib.util.spec_from_file_location("translations", ROOT / ".make/translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write_catalogue(
    folder: Path,
    language: str,
    messages: Mapping[Message, Message],
    in_contexts: Mapping[tuple[str, str], str] | None = None,
) -> None:
    """Write a catalogue to where `use_language` finds it.

    Args:
        folder: Of all languages.
        language: Its code; Babel need not know it.
        messages: Translations; pairs for messages with a plural.
        in_contexts: Translations by context and message.
    """
    catalog = Catalog(domain=DOMAIN)
    for message, translation in messages.items():
        catalog.add(message, translation)
    for (context, message), translation in (in_contexts or {}).items():
        catalog.add(message, translation, context=context)
    path = folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, catalog)


def write_pseudo_catalogue(folder: Path) -> None:
    """Write a language in which every message of the program is marked, and 40 % longer."""
    messages: dict[Message, Message] = {}
    for message in translations_tool().template():
        if isinstance(message.id, tuple):
            singular, plural = message.id
            messages[singular, plural] = (_pseudo(singular), _pseudo(plural))
        elif message.id and message.context is None:
            messages[message.id] = _pseudo(message.id)
    write_catalogue(folder, PSEUDO, messages)


def _pseudo(message: str) -> str:
    return f"{MARK}{message}{'·' * (len(message) * 2 // 5)}"
