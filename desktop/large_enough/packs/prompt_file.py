"""Reads prompts from the user's files, and those that come with the program.

A text file (.txt) holds one prompt on each line that is not empty. A JSON-lines file (.jsonl) holds
one object on each line, with "prompt" and, if wanted, "system", "domain" and "id"; other keys are
ignored. Both are UTF-8, with or without a byte order mark. All faults of a file are reported
together, each with its row.
"""

import codecs
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.prompt import Prompt
from large_enough.resources.locate import asset_path
from large_enough.wording.numbers import bytes_text, count_text
from large_enough.wording.translate import _

MAX_FILE_BYTES = 16_000_000
"""Largest file that is read: thousands of long prompts; anything larger is a mistake."""
MAX_PROMPT_COUNT = 10_000
"""Most prompts of one file; at a second each, every contender would need hours."""
MAX_PROMPT_CHARACTERS = 200_000
"""Longest prompt: about 50,000 tokens, more than laptops have memory for."""
MAX_ID_CHARACTERS = 200

_MOST_SPOKEN_FAULTS = 3  # more do not fit a sentence; the detail lists all

_FOREIGN_MARKS = {
    # UTF-32 first: its little-endian mark starts with the one of UTF-16.
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong with a prompt file."""

    row: int | None
    """Line number, from 1; None if it is the whole file."""
    problem: str
    """What is wrong, in the user's language, as a part of a sentence."""


class _FaultError(Exception):
    """Carries a fault out of the function that found it."""

    def __init__(self, problem: str, row: int | None = None) -> None:
        self.fault = Fault(row=row, problem=problem)
        super().__init__(problem)


def read_prompts(path: Path) -> tuple[Prompt, ...]:
    """Read the prompts of a file.

    Args:
        path: A .txt or .jsonl file.

    Returns:
        At least one prompt, in the file's order, with ids that occur once.

    Raises:
        RequestError: BAD_PROMPT_FILE, with every fault of the file: the first one's `row` and
            `problem`, several in `faults`, all of them in the detail.
    """
    try:
        parse = _parser(path)
        text = _decoded(_content(path))
        prompts, faults = _parsed(text, parse)
    except _FaultError as error:
        prompts, faults = [], [error.fault]
    if faults:
        raise _bad_file(path, faults)
    return tuple(prompts)


def sample_prompts() -> tuple[Prompt, ...]:
    """Return the three prompts that the command line offers for a first try."""
    return _asset_prompts("samples.toml")


def domain_prompts() -> tuple[Prompt, ...]:
    """Return the prompts at hand in the window, domain after domain."""
    return _asset_prompts("domains.toml")


def _asset_prompts(name: str) -> tuple[Prompt, ...]:
    """Read a file of `assets/prompts`; ours, so it has no faults."""
    content = tomllib.loads(asset_path("prompts", name).read_text(encoding="utf-8"))
    return msgspec.convert(content["prompt"], tuple[Prompt, ...])


def _parser(path: Path) -> Callable[[int, str], Prompt]:
    parsers = {".txt": _from_text, ".jsonl": _from_json}
    parser = parsers.get(path.suffix.lower())
    if parser is None:
        raise _FaultError(_("its name must end in .txt or .jsonl"))
    return parser


def _content(path: Path) -> bytes:
    """Return the bytes of an ordinary file of bearable size."""
    try:
        if path.exists() and not path.is_file():  # a folder, or a device that never ends
            raise _FaultError(_("it is not an ordinary file"))
        with path.open("rb") as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise _FaultError(_("there is no such file")) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the name
        raise _FaultError(_("it cannot be read ({reason})").format(reason=error)) from error
    if len(content) > MAX_FILE_BYTES:
        limit = bytes_text(MAX_FILE_BYTES)
        raise _FaultError(_("it is larger than {limit}").format(limit=limit))
    return content


def _decoded(content: bytes) -> str:
    for mark, name in _FOREIGN_MARKS.items():
        if content.startswith(mark):
            raise _FaultError(_("it is {encoding}; save it as UTF-8").format(encoding=name))
    if b"\0" in content:
        raise _FaultError(_("it holds zero bytes, so it is no UTF-8 text; save it as UTF-8"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        problem = _("byte {byte} is not UTF-8; save the file as UTF-8").format(
            byte=f"0x{content[error.start]:02X}"
        )
        raise _FaultError(problem, row) from error


def _parsed(text: str, parse: Callable[[int, str], Prompt]) -> tuple[list[Prompt], list[Fault]]:
    rows = list(_rows(text))
    if not rows:
        raise _FaultError(_("it holds no prompts"))
    if len(rows) > MAX_PROMPT_COUNT:
        limit = count_text(MAX_PROMPT_COUNT)
        raise _FaultError(_("it holds more than {limit} prompts").format(limit=limit))
    prompts: dict[int, Prompt] = {}
    faults = []
    for row, line in rows:
        try:
            prompts[row] = parse(row, line)
        except _FaultError as error:
            faults.append(Fault(row=row, problem=error.fault.problem))
    faults.extend(_repeated_ids(prompts))
    return list(prompts.values()), sorted(faults, key=lambda fault: fault.row or 0)


def _rows(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not blank, with their numbers.

    `str.splitlines` would also break at form feeds and at U+2028, which editors do not count.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return ((row, line.strip()) for row, line in enumerate(lines, 1) if line.strip())


def _from_text(row: int, line: str) -> Prompt:
    return Prompt(id=str(row), domain="", text=_bounded(line))


def _from_json(row: int, line: str) -> Prompt:
    try:
        fields = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError) as error:
        raise _FaultError(_("it is not JSON ({reason})").format(reason=error)) from error
    if not isinstance(fields, dict):
        raise _FaultError(_("it is not a JSON object in braces"))
    if "prompt" not in fields:
        raise _FaultError(_("“prompt” is missing"))
    text = _text_field(fields, "prompt")
    if not text.strip():
        raise _FaultError(_("“prompt” is empty"))
    return Prompt(
        id=_id_field(fields, row),
        domain=_text_field(fields, "domain"),
        text=text,
        system=_text_field(fields, "system"),
    )


def _text_field(fields: dict[str, object], key: str) -> str:
    value = fields.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _FaultError(_("“{key}” is not a text").format(key=key))
    return _bounded(value)


def _id_field(fields: dict[str, object], row: int) -> str:
    value = fields.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is None or value == "":
        return str(row)
    if not isinstance(value, str) or len(value) > MAX_ID_CHARACTERS:
        raise _FaultError(_("“id” is neither a short text nor a whole number"))
    return value


def _bounded(text: str) -> str:
    if len(text) > MAX_PROMPT_CHARACTERS:
        limit = count_text(MAX_PROMPT_CHARACTERS)
        raise _FaultError(_("it is longer than {limit} characters").format(limit=limit))
    return text


def _repeated_ids(prompts: dict[int, Prompt]) -> list[Fault]:
    """Find ids that occur more than once; the first one with an id keeps it."""
    seen: Counter[str] = Counter()
    faults = []
    for row, prompt in prompts.items():
        seen[prompt.id] += 1
        if seen[prompt.id] > 1:
            problem = _("the id “{id}” was used before").format(id=prompt.id)
            faults.append(Fault(row=row, problem=problem))
    return faults


def _bad_file(path: Path, faults: list[Fault]) -> RequestError:
    first = faults[0]
    lines = [_fault_text(fault) for fault in faults]
    facts: dict[str, str | int] = {"problem": first.problem}
    if first.row is not None:
        facts["row"] = first.row
    if len(faults) > 1:
        facts["faults"] = "; ".join(_spoken(lines))
    return RequestError(FailureKind.BAD_PROMPT_FILE, str(path), detail="\n".join(lines), **facts)


def _fault_text(fault: Fault) -> str:
    if fault.row is None:
        return fault.problem
    return _("row {row}: {problem}").format(row=fault.row, problem=fault.problem)


def _spoken(lines: list[str]) -> list[str]:
    rest = len(lines) - _MOST_SPOKEN_FAULTS
    if rest <= 0:
        return lines
    more = _("and {count} more").format(count=count_text(rest))
    return [*lines[:_MOST_SPOKEN_FAULTS], more]
