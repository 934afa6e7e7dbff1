"""Keeps the catalogues of translated messages in step with the sources.

    python .make/translations.py            update the catalogues, then compile them
    python .make/translations.py --check    change nothing; exit with 1 and say what is wrong

A message is the text in `_("...")`, `ngettext("...", "...", n)`, `pgettext("context", "...")` and
`to_translate("...")`, `_("...")` in the templates of reports, and every `reason="..."`: reasons are
recorded in English and translated when they are shown (`large_enough.wording.reasons`).
"""

import argparse
import ast
import io
import re
import string
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "desktop" / "large_enough"
QUESTIONS = ROOT / "assets" / "prompts" / "domains.toml"
TEMPLATES = ROOT / "assets" / "report"
MARKED_IN_TEMPLATE = re.compile(r"""\b_\("([^"]+)"\)""")
LOCALES = ROOT / "assets" / "locale"
DOMAIN = "large_enough"
LANGUAGES = ("de", "es")
WIDTH = 100
HEADER = "# Messages of Large Enough. How to translate: CONTRIBUTING.md."
SPACES = (" ", "\n")


class Found(NamedTuple):
    """A message in the sources."""

    context: str | None
    singular: str
    plural: str | None
    path: str


def messages_in(path: Path, name: str) -> Iterator[Found]:
    """Yield the messages of one module.

    Args:
        path: The module.
        name: Stands in the catalogue as the place of the message.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = {
        target.id: text
        for node in tree.body
        if isinstance(node, ast.Assign) and (text := _text(node.value)) is not None
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for context, singular, plural in (*_marked(node), *_reasons(node, texts)):
                yield Found(context, singular, plural, name)


def _marked(call: ast.Call) -> Iterator[tuple[str | None, str, str | None]]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    texts = [_text(argument) for argument in call.args]
    match name, texts:
        case "_" | "to_translate", [str(message)]:
            yield None, message, None
        case "ngettext", [str(singular), str(plural), _]:
            yield None, singular, plural
        case "pgettext", [str(context), str(message)]:
            yield context, message, None
        case _:
            pass


def _reasons(
    call: ast.Call, constants: dict[str, str]
) -> Iterator[tuple[str | None, str, str | None]]:
    for keyword in call.keywords:
        if keyword.arg != "reason":
            continue
        value = keyword.value
        if isinstance(value, ast.Name) and value.id in constants:
            yield None, constants[value.id], None
        elif (text := _text(value)) is not None and " " in text:
            yield None, text, None
        elif isinstance(value, ast.JoinedStr) and isinstance(value.values[0], ast.Constant):
            # the words before a detail that follows a colon or stands in brackets
            yield None, str(value.values[0].value).partition(": ")[0].removesuffix(" ("), None


def _text(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def template() -> Catalog:
    """Return a catalogue of all messages, without translations."""
    catalog = Catalog(domain=DOMAIN, charset="utf-8", fuzzy=False)
    for path in sorted(SOURCES.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        for found in messages_in(path, name):
            key = (found.singular, found.plural) if found.plural else found.singular
            catalog.add(key, locations=[(name, 0)], context=found.context)
    for domain in _domains():
        catalog.add(domain, locations=[(QUESTIONS.relative_to(ROOT).as_posix(), 0)])
    for path in sorted(TEMPLATES.glob("*.j2")):
        for message in MARKED_IN_TEMPLATE.findall(path.read_text(encoding="utf-8")):
            catalog.add(message, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    return catalog


def _domains() -> set[str]:
    """Return the names of the trades that questions are from; the questions stay as they are."""
    return {entry["domain"] for entry in tomllib.loads(QUESTIONS.read_text("utf-8"))["prompt"]}


def file_of(language: str, suffix: str) -> Path:
    """Return where a catalogue lies."""
    return LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}{suffix}"


def read_catalogue(language: str) -> Catalog:
    """Return what has been translated into a language; an empty catalogue at first."""
    path = file_of(language, ".po")
    if not path.exists():
        return Catalog(locale=language, domain=DOMAIN, fuzzy=False, header_comment=HEADER)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def updated(language: str) -> Catalog:
    """Return a language's catalogue with exactly the messages of the sources."""
    catalog = read_catalogue(language)
    dates = catalog.creation_date, catalog.revision_date
    catalog.update(template(), no_fuzzy_matching=True)  # keeps the messages it is given
    catalog.creation_date, catalog.revision_date = dates
    catalog.obsolete.clear()
    return catalog


def po_text(catalog: Catalog) -> bytes:
    """Return the catalogue as a .po file."""
    stream = io.BytesIO()
    write_po(
        stream, catalog, width=WIDTH, omit_header=False, include_lineno=False, sort_output=True
    )
    return stream.getvalue()


def mo_text(catalog: Catalog) -> bytes:
    """Return the catalogue as a .mo file."""
    stream = io.BytesIO()
    write_mo(stream, catalog)
    return stream.getvalue()


def faults_of(language: str, catalog: Catalog) -> Iterator[str]:
    """Yield what is wrong with a catalogue, a line for each fault."""
    for message in catalog:
        if not message.id:
            continue
        name = f"{language}: {_ids(message)[0]!r}"
        if message.fuzzy:
            yield f"{name} is marked fuzzy"
        if not all(_strings(message)) or len(_strings(message)) != _forms(message, catalog):
            yield f"{name} has no translation"
        else:
            yield from (f"{name}: {fault}" for fault in _differences(message))


def _forms(message: Message, catalog: Catalog) -> int:
    return catalog.num_plurals if message.pluralizable else 1


def _differences(message: Message) -> Iterator[str]:
    ids, strings = _ids(message), _strings(message)
    wanted = [_fields(text) for text in ids]
    for text in strings:
        if _fields(text) not in wanted:
            yield f"other placeholders: {text!r}"
        for where, edge in ((str.startswith, "begins"), (str.endswith, "ends")):
            if where(text, SPACES) != where(ids[0], SPACES):
                yield f"{edge} with a space or not: {text!r}"


def _ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _strings(message: Message) -> tuple[str, ...]:
    texts = (message.string,) if isinstance(message.string, str) else message.string
    return tuple(texts or ())


def _fields(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names in braces, and those of the old kind: %(name)s, %s, %r."""
    try:
        parts = [part[1] for part in string.Formatter().parse(text)]
        braces = {name for name in parts if name is not None}
    except ValueError:
        braces = {"broken braces"}
    old = {word[: word.index(")") + 2] for word in text.split("%(")[1:] if ")" in word}
    return frozenset(braces), frozenset(old)


def main() -> int:
    """Update or check all catalogues."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing, say what is wrong")
    is_check = parser.parse_args().check
    faults: list[str] = []
    for language in LANGUAGES:
        catalog = updated(language)
        for suffix, content in ((".po", po_text(catalog)), (".mo", mo_text(catalog))):
            path = file_of(language, suffix)
            if not is_check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            elif not path.exists() or path.read_bytes() != content:
                faults.append(f"{path.relative_to(ROOT)} is out of date: run `make translations`")
        faults += faults_of(language, catalog)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
