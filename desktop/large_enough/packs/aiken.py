"""Reads questions in Aiken's form, as teachers have them in Moodle."""

import re
from collections.abc import Iterator

from large_enough.packs.drafts import Draft, Imported, gather
from large_enough.packs.limits import MOST_ITEMS
from large_enough.wording.translate import _

_OPTION = re.compile(r"\s*([A-Za-z])[.)]\s+(.*)")
_ANSWER = re.compile(r"\s*ANSWER:\s*([A-Za-z])[.)]?\s*", re.IGNORECASE)


def is_aiken(text: str) -> bool:
    """Return whether a text looks like Aiken's form: options and, below them, the answer."""
    lines = text[:100_000].splitlines()
    return any(map(_ANSWER.fullmatch, lines)) and any(
        (match := _OPTION.fullmatch(line)) is not None and match[1].upper() == "A" for line in lines
    )


def import_aiken(text: str, title: str) -> Imported:
    """Make a pack of questions in Aiken's form; never raises."""
    return gather(list(_drafts(text))[: MOST_ITEMS + 1], title)


def _drafts(text: str) -> Iterator[Draft]:
    """Yield a draft for each question, up to its answer; whatever has none is told."""
    question: list[str] = []
    options: list[tuple[str, str]] = []
    first = 1
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for row, line in enumerate(lines, 1):
        if not question and line.strip():
            first = row
        answer, option = _ANSWER.fullmatch(line), _OPTION.fullmatch(line)
        if answer:
            yield _draft(first, question, options, answer[1])
            question, options = [], []
        elif option and question:
            options.append((option[1].upper(), option[2].strip()))
        elif line.strip() and options:
            yield _draft(first, question, options, "")
            question, options, first = [line.strip()], [], row
        elif line.strip():
            question.append(line.strip())
    if question:
        yield _draft(first, question, options, "")


def _draft(row: int, question: list[str], options: list[tuple[str, str]], letter: str) -> Draft:
    choices = [text for _letter, text in options]
    draft = Draft(row, {"type": "choice", "question": "\n".join(question), "choices": choices})
    right = [text for name, text in options if name == letter.upper()]
    if not letter:
        draft.blame("answer", _("there is no line “ANSWER: A” below it"))
    elif len(right) != 1:
        problem = _("“{answer}” is neither a letter nor an option").format(answer=letter)
        draft.blame("answer", problem)
    else:
        draft.content["answer"] = right[0]
    return draft
