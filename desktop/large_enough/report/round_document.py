"""Gathers everything that a document about one round says, ready to be written in any format.

Texts of models, files and people may hold anything. Here they lose what no format can make
harmless (control characters, overrides of the reading direction); the writers escape the rest.
"""

import datetime
from collections.abc import Iterator, Sequence

import msgspec

from large_enough.domain.costing import Costing
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.model_card import BackendKind
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import AnswerResult, Cancelled, Contender, Done, Failed, RoundRecord
from large_enough.domain.text import harmless, harmless_line
from large_enough.report.comparison_table import Row, comparison_rows
from large_enough.report.provenance import FactGroup, provenance
from large_enough.report.round_facts import round_facts
from large_enough.wording.failures import explain, file_name
from large_enough.wording.numbers import bytes_text
from large_enough.wording.states import result_text
from large_enough.wording.summary import display_names, round_finding
from large_enough.wording.translate import _


class DocumentAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One contender's part. All texts are harmless to show, and not escaped."""

    letter: str
    name: str
    about: str
    """Quantisation and size, in short."""
    state: str
    """How its turn ended."""
    text: str
    """Its answer, or what there was of it; may be empty."""
    thoughts: str = ""
    problem: str = ""
    """What happened, if it failed."""


class DocumentRow(msgspec.Struct, frozen=True, kw_only=True):
    """One measure of all contenders."""

    label: str
    """With the unit."""
    cells: tuple[str, ...]


class RoundDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A whole document."""

    title: str
    when: str
    result: str
    """The result in words."""
    remarks: str
    """What to know before it is believed; empty for nothing."""
    question: str
    answers: tuple[DocumentAnswer, ...]
    rows: tuple[DocumentRow, ...]
    small_print: tuple[str, ...]
    """How numbers came about and why some are missing, then facts about the whole round."""
    provenance: tuple[FactGroup, ...]


def round_document(record: RoundRecord, costing: Costing | None = None) -> RoundDocument:
    """Return what there is to say about a round.

    Args:
        record: The round.
        costing: The user's price and grid intensity; None for none.
    """
    names = display_names(record.plan.contenders)
    finding = round_finding(record)
    rows = comparison_rows(record, costing)
    title = _("One question to {names}").format(
        names=", ".join(harmless_line(name) for name in names.values())
    )
    return RoundDocument(
        title=title,
        when=when_text(record.started_utc),
        result=harmless_line(finding.result),
        remarks=harmless_line(finding.remarks),
        question=harmless(record.plan.prompt).strip(),
        answers=tuple(
            _answer(contender, names[contender.letter], record.result_of(contender.letter))
            for contender in record.plan.contenders
        ),
        rows=tuple(DocumentRow(label=_label(row), cells=_cell_texts(row)) for row in rows),
        small_print=(
            _("Figures are measured unless it says otherwise here."),
            *_remarks(rows),
            *(harmless_line(fact) for fact in round_facts(record, costing)),
        ),
        provenance=provenance(record),
    )


def when_text(started_utc: str) -> str:
    """Return a time as people read it; as it stands if it is none."""
    try:
        started = datetime.datetime.fromisoformat(started_utc).astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return harmless_line(started_utc)
    return _("{date} UTC").format(date=f"{started:%Y-%m-%d %H:%M}")


def _answer(contender: Contender, name: str, result: AnswerResult | None) -> DocumentAnswer:
    text, thoughts = _texts(result)
    return DocumentAnswer(
        letter=contender.letter,
        name=harmless_line(name),
        about=_about(contender),
        state=result_text(result) if result is not None else _("the record ends before it"),
        text=harmless(text).strip(),
        thoughts=harmless(thoughts).strip(),
        problem=_problem(result.error) if isinstance(result, Failed) else "",
    )


def _texts(result: AnswerResult | None) -> tuple[str, str]:
    match result:
        case Done(answer=answer):
            return answer.text, answer.thoughts
        case Cancelled(answer=answer) if answer is not None:
            return answer.text, answer.thoughts
        case Failed(partial_text=text):
            return text, ""
        case _:
            return "", ""


def _about(contender: Contender) -> str:
    card = contender.card
    parts = [] if isinstance(card.quantisation, Unavailable) else [card.quantisation]
    parts.append(bytes_text(card.size_bytes))
    if card.backend is BackendKind.ECHO:
        parts.append(_("scripted, not a measurement"))
    return harmless_line(", ".join(parts))


def _problem(error: ErrorInfo) -> str:
    words = explain(msgspec.structs.replace(error, subject=file_name(error.subject)))
    return harmless_line(f"{words.happened} {words.next_step}")


def _label(row: Row) -> str:
    return harmless_line(f"{row.label}, {row.unit}" if row.unit else row.label)


def _cell_texts(row: Row) -> tuple[str, ...]:
    return tuple(cell.text for cell in row.cells)


def _remarks(rows: Sequence[Row]) -> list[str]:
    """Return what there is to say about the figures, each remark once with its rows."""
    labels: dict[str, list[str]] = {}
    for row in rows:
        for remark in _remarks_of(row):
            labels.setdefault(remark, []).append(row.label)
    merged: dict[tuple[str, ...], list[str]] = {}
    for remark, of_remark in labels.items():
        merged.setdefault(tuple(of_remark), []).append(remark)
    return [
        harmless_line(
            _("{rows} — {remarks}").format(rows=", ".join(names), remarks="; ".join(remarks))
        )
        for names, remarks in merged.items()
    ]


def _remarks_of(row: Row) -> Iterator[str]:
    """Yield the remarks of a row; without letters where one holds for all."""
    letters: dict[str, list[str]] = {}
    for cell in row.cells:
        for remark in cell.remarks:
            letters.setdefault(remark, []).append(cell.letter)
    for remark, of_remark in letters.items():
        if len(of_remark) == len(row.cells):
            yield remark
        else:
            yield _("{letters}: {remark}").format(letters=", ".join(of_remark), remark=remark)
