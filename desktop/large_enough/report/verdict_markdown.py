"""Writes a report of a run as Markdown (CommonMark with GitHub's tables).

It says what the page says, but for the table of all answers. Texts of packs and models stand in
fenced blocks, so that nothing in them is taken for Markdown or HTML; short texts are escaped.
"""

from collections.abc import Iterable, Iterator

from large_enough.domain.claim import ClaimsView
from large_enough.domain.costing import Costing
from large_enough.domain.pack_run import PackRunRecord
from large_enough.domain.verdict import RunVerdict
from large_enough.report.provenance import FactGroup
from large_enough.report.round_markdown import escaped, fenced
from large_enough.report.verdict_document import VerdictDocument, verdict_document
from large_enough.report.verdict_parts import (
    Section,
    SectionKey,
    ShownAnswer,
    ShownQuestion,
    Table,
)
from large_enough.wording.translate import _


def verdict_markdown(
    verdict: RunVerdict,
    record: PackRunRecord,
    costing: Costing | None = None,
    claims: ClaimsView | None = None,
) -> str:
    """Return the document.

    Args:
        verdict: What the run comes to.
        record: The run.
        costing: The user's price and grid intensity that the verdict was made with; None for none.
        claims: The video's claims beside this run's figures; None to leave them out.
    """
    document = verdict_document(verdict, record, costing, claims)
    blocks = [
        *_head(document),
        *(block for section in document.sections for block in _section(section)),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def table_lines(table: Table) -> str:
    """Return a table alone, without its caption and notes."""
    rules = "".join(
        "---|" if column in {0, *table.words} else "---:|" for column in _columns(table)
    )
    lines = [_line(table.heads), f"|{rules}", *(_line(row) for row in table.rows)]
    return "\n".join(lines)


def _head(document: VerdictDocument) -> Iterator[str]:
    yield f"# {escaped(document.title)}"
    yield escaped(document.when)
    yield f"**{escaped(document.headline)}**"
    yield escaped(document.detail)
    if document.remarks:
        yield f"## {_('What to know before it is believed')}"
        yield _list(document.remarks)


def _section(section: Section) -> Iterator[str]:
    yield f"## {escaped(section.heading)}"
    if section.key is SectionKey.ANSWERS:
        yield escaped(_("All answers are in the page (.html) and in the record of the run."))
        return
    yield from map(escaped, section.paragraphs)
    yield _list(section.points)
    for table in section.tables:
        yield from _table(table)
    for question in section.questions:
        yield from _question(question)
    for group in section.facts:
        yield from _group(group)
    yield fenced(section.code) if section.code else ""


def _table(table: Table) -> Iterator[str]:
    yield f"### {escaped(table.caption)}"
    yield table_lines(table)
    yield _list(table.notes)


def _question(question: ShownQuestion) -> Iterator[str]:
    yield f"### {escaped(question.item_id)}: {escaped(question.who)}"
    yield fenced("\n\n".join(part for part in (question.context, question.question) if part))
    yield escaped(_("Key:"))
    yield fenced(question.key)
    for answer in question.answers:
        yield from _answer(answer)


def _answer(answer: ShownAnswer) -> Iterator[str]:
    yield escaped(f"{answer.letter} {answer.name}: {answer.grade}")
    yield fenced(answer.text) if answer.text else escaped(_("(no text)"))


def _group(group: FactGroup) -> Iterator[str]:
    yield f"### {escaped(group.heading)}"
    yield "\n".join(f"- {escaped(one.label)}: {escaped(one.value)}" for one in group.facts)


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {escaped(line)}" for line in lines)


def _columns(table: Table) -> range:
    return range(len(table.heads))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(escaped(cell) for cell in cells)} |"
