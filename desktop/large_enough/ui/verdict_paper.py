"""Lays the report of a run out for paper: what `report` says, with figures where they belong."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import CostMeasure, RunVerdict
from large_enough.report import verdict_charts
from large_enough.report.verdict_document import VerdictDocument
from large_enough.report.verdict_parts import Section, SectionKey, ShownQuestion
from large_enough.report.verdict_parts import Table as ReportTable
from large_enough.ui.paper_blocks import (
    CONTENT_WIDTH,
    Block,
    Bullets,
    Figure,
    Heading,
    Paragraph,
    Sentence,
    Subheading,
    Table,
    Title,
)
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _, ngettext

_SCATTER_HEIGHT = 300.0
_MOST_OF_A_KIND = 4
_FACT_SHARES = (0.28, 0.72)
_SCATTERED = (CostMeasure.ENERGY, CostMeasure.TIME)
"""Drawn if it is known of somebody; one chart is enough."""


class Printed(NamedTuple):
    """A document that is ready to be printed."""

    title: str
    blocks: tuple[Block, ...]


def printed_report(document: VerdictDocument, verdict: RunVerdict) -> Printed:
    """Return a report as blocks of a page.

    Args:
        document: What is said.
        verdict: What is drawn.
    """
    return Printed(document.title, tuple(_blocks(document, verdict)))


def _blocks(document: VerdictDocument, verdict: RunVerdict) -> Iterator[Block]:
    yield Title(document.title)
    yield Paragraph(document.when, is_soft=True)
    yield Sentence(document.headline)
    if document.detail:
        yield Paragraph(document.detail)
    if not isinstance(verdict.headline, Unavailable):
        yield Figure(verdict_charts.interval_drawing(verdict, verdict.headline, CONTENT_WIDTH))
    if document.remarks:
        yield Heading(_("Before you believe it"))
        yield Bullets(document.remarks)
    for section in document.sections:
        if section.key is not SectionKey.ANSWERS:
            yield from _section(section, verdict)
    yield Paragraph(
        _("All questions and all answers are in the report as a page (HTML) and as data (JSON)."),
        is_soft=True,
    )


def _section(section: Section, verdict: RunVerdict) -> Iterator[Block]:
    yield Heading(section.heading)
    for text in section.paragraphs:
        yield Paragraph(text)
    yield from _figures(section.key, verdict)
    if section.points:
        yield Bullets(section.points)
    for table in section.tables:
        yield from _table(table)
    yield from _questions(section.questions)
    for group in section.facts:
        yield Subheading(group.heading)
        rows = tuple((fact.label, fact.value) for fact in group.facts)
        yield Table(("", ""), rows, frozenset({1}), _FACT_SHARES)
    if section.code:
        yield Paragraph(section.code)


def _table(table: ReportTable) -> Iterator[Block]:
    if table.caption:
        yield Subheading(table.caption)
    yield Table(table.heads, table.rows, table.words)
    for note in table.notes:
        yield Paragraph(note, is_soft=True)


def _questions(questions: Sequence[ShownQuestion]) -> Iterator[Block]:
    """Yield the first questions of each kind: paper is no place for all of them."""
    shown: list[ShownQuestion] = []
    for question in questions:
        if [one.who for one in shown].count(question.who) < _MOST_OF_A_KIND:
            shown.append(question)
    for question in shown:
        yield from _question(question)
    left_out = len(questions) - len(shown)
    if left_out:
        words = ngettext(
            "{count} more question is in the report as a page (HTML).",
            "{count} more questions are in the report as a page (HTML).",
            left_out,
        )
        yield Paragraph(words.format(count=count_text(left_out)), is_soft=True)


def _question(shown: ShownQuestion) -> Iterator[Block]:
    yield Subheading(_("{item}: {who}").format(item=shown.item_id, who=shown.who))
    if shown.context:
        yield Paragraph(shown.context, is_soft=True, keeps_next=True)
    yield Paragraph(shown.question, keeps_next=True)
    yield Table(
        (_("Right is"), "", _joined(shown.key)),
        tuple((each.name, each.grade, _joined(each.text)) for each in shown.answers),
        frozenset({1, 2}),
    )


def _joined(text: str) -> str:
    """Return a text in one paragraph: a cell of a table."""
    return " ".join(text.split())


def _figures(key: SectionKey, verdict: RunVerdict) -> Iterator[Block]:
    match key:
        case SectionKey.COSTS:
            measure = _known_measure(verdict)
            if measure is not None:
                width, height = CONTENT_WIDTH, _SCATTER_HEIGHT
                yield Figure(verdict_charts.cost_drawing(verdict, measure, width, height))
        case SectionKey.LADDERS:
            for ladder in verdict.ladders:
                yield Figure(verdict_charts.ladder_drawing(verdict, ladder, CONTENT_WIDTH))
        case SectionKey.CASCADE if not isinstance(verdict.cascade, Unavailable):
            yield Figure(verdict_charts.cascade_drawing(verdict, CONTENT_WIDTH))
            yield Figure(verdict_charts.signals_drawing(verdict, CONTENT_WIDTH))
        case SectionKey.EVIDENCE if not isinstance(verdict.evidence, Unavailable):
            yield Figure(verdict_charts.evidence_drawing(verdict.evidence, CONTENT_WIDTH))
        case _:
            pass


def _known_measure(verdict: RunVerdict) -> CostMeasure | None:
    costs = [standing.costs for standing in verdict.standings.values()]
    for measure in _SCATTERED:
        if any(
            measure in one and not isinstance(one[measure].per_answer, Unavailable) for one in costs
        ):
            return measure
    return None
