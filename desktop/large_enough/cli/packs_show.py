"""Shows everything that is known about one pack."""

from collections.abc import Iterator

import msgspec
from rich.cells import cell_len
from rich.text import Text

from large_enough.cli import exit_codes
from large_enough.cli.output import print_json, results, say_error
from large_enough.cli.packs_named import named_pack
from large_enough.domain.errors import ErrorInfo, FailureKind, LargeEnoughError
from large_enough.domain.pack import Pack, PackItem
from large_enough.domain.pack_run import PackRunSettings
from large_enough.domain.text import harmless, harmless_line
from large_enough.packs.asking import asked
from large_enough.packs.health import health
from large_enough.packs.shelf import Shelf
from large_enough.packs.writing import pack_document, pack_sha256
from large_enough.wording.numbers import decimal_text
from large_enough.wording.pack_health_words import health_facts
from large_enough.wording.pack_words import key_text, reasoning_text, type_word
from large_enough.wording.translate import _

JSON_SCHEMA_VERSION = 1
"""Of the object that `--json` prints."""
_LONGEST_QUESTION = 100
_LONGEST_KEY = 60


def show_pack(shelf: Shelf, name: str, *, as_json: bool) -> int:
    """Print what a pack is about, and its questions with their keys.

    Returns:
        0; 1 if its file has faults; 2 if there is no such pack.
    """
    try:
        pack = named_pack(shelf, name).pack
    except LargeEnoughError as error:
        say_error(error.info)
        return exit_code(error)
    if as_json:
        print_json(_document(pack))
        return exit_codes.DONE
    facts = [(heading, value) for heading, value in _facts(pack) if value]
    width = max(cell_len(heading) for heading, _value in facts)
    for heading, value in facts:
        line = Text(heading + " " * (width - cell_len(heading) + 3), style="bold")
        line.append(harmless_line(value), style="not bold")
        results().print(line, soft_wrap=True)
    results().print()
    for item in pack.items:
        results().print(Text(_item_line(item)), soft_wrap=True)
    return exit_codes.DONE


def show_item(shelf: Shelf, name: str, item_id: str) -> int:
    """Print one question of a pack as models get it, with its key.

    Returns:
        0; 1 if the pack's file has faults; 2 if there is no such pack or question.
    """
    try:
        pack = named_pack(shelf, name).pack
    except LargeEnoughError as error:
        say_error(error.info)
        return exit_code(error)
    item = next((each for each in pack.items if each.id == item_id), None)
    if item is None:
        facts: dict[str, str | int | float] = {"problem": _("the pack has no such question")}
        say_error(ErrorInfo(kind=FailureKind.BAD_SETTING, subject=item_id, facts=facts))
        return exit_codes.USAGE
    prompt = asked(pack, item, seed=PackRunSettings().seed)
    for text in filter(None, (prompt.system, prompt.prompt)):
        results().print(Text(harmless(text)), soft_wrap=True)
        results().print()
    key = _("Key: {key}").format(key=key_text(item.key) or "—")
    for line in (_mark(item), key, item.explain):
        if line:
            results().print(Text(harmless_line(line), style="bold"), soft_wrap=True)
    return exit_codes.DONE


def exit_code(error: LargeEnoughError) -> int:
    """Return what to tell the shell about a pack that cannot be had."""
    is_unknown = error.info.kind is FailureKind.UNKNOWN_PACK
    return exit_codes.USAGE if is_unknown else exit_codes.FAILED


def _facts(pack: Pack) -> Iterator[tuple[str, str]]:
    yield _("Title"), pack.title
    yield "id", pack.id
    yield _("Version"), pack.version
    yield _("Language"), pack.language
    yield _("Domain"), pack.domain
    yield _("Licence"), pack.licence
    yield _("Authors"), ", ".join(pack.authors)
    yield _("Description"), pack.description
    yield _("Questions"), " ".join(health_facts(health(pack)))
    yield _("Reasoning"), reasoning_text(pack)
    yield _("Margin"), _("{points} points").format(points=decimal_text(pack.margin * 100, 0))
    yield "SHA-256", pack_sha256(pack)


def _item_line(item: PackItem) -> str:
    question = _cut(harmless_line(item.question), _LONGEST_QUESTION)
    key = _cut(harmless_line(key_text(item.key)), _LONGEST_KEY)
    return f"{harmless_line(item.id)}  [{_mark(item)}]  {question}  →  {key or '—'}"


def _mark(item: PackItem) -> str:
    """Return how a question is answered, and how hard it is."""
    if item.demo:
        return _("only to look at")
    level = "" if item.level is None else _("level {level}").format(level=item.level)
    return ", ".join(filter(None, (type_word(item.type), level)))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _document(pack: Pack) -> dict[str, object]:
    return {
        "schema_version": JSON_SCHEMA_VERSION,
        "sha256": pack_sha256(pack),
        "pack": pack_document(pack),
        "health": msgspec.to_builtins(health(pack)),
    }
