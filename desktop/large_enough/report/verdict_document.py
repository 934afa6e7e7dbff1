"""Gathers everything that a report of a run says, ready to be written in any format.

Texts of models, packs and people may hold anything. Here they lose what no format can make
harmless (control characters, overrides of the reading direction); the writers escape the rest.
"""

from collections.abc import Iterator

import msgspec

from large_enough.domain.claim import ClaimsView
from large_enough.domain.costing import Costing
from large_enough.domain.pack_run import PackRunRecord
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import harmless_line
from large_enough.domain.verdict import RunVerdict
from large_enough.report.round_document import when_text
from large_enough.report.verdict_background import background
from large_enough.report.verdict_cascade_tables import cascade_tables, slice_tables
from large_enough.report.verdict_claims import claims_section
from large_enough.report.verdict_energy import energy_bases
from large_enough.report.verdict_pair_tables import (
    field_table,
    ladder_table,
    pair_tables,
    ratio_table,
)
from large_enough.report.verdict_parts import Section, SectionKey
from large_enough.report.verdict_questions import differing_questions
from large_enough.report.verdict_tables import accuracy_tables, cost_tables
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _
from large_enough.wording.verdict_remarks import remark_text
from large_enough.wording.verdict_words import (
    cascade_sentence,
    contender_names,
    cost_sentence,
    difference_sentence,
    evidence_sentence,
    ladder_sentence,
    verdict_sentence,
)

_PAIR = 2
MOST_NAMED = 3
"""With more contenders a title says how many they are."""


class VerdictDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A whole report. All texts are harmless to show, and not escaped."""

    title: str
    when: str
    """When the run began, and where to find it."""
    headline: str
    """The outcome."""
    detail: str
    """On what it rests; may be empty."""
    remarks: tuple[str, ...]
    """What to know before it is believed."""
    sections: tuple[Section, ...]
    """Those that have something to say."""


def verdict_document(
    verdict: RunVerdict,
    record: PackRunRecord,
    costing: Costing | None = None,
    claims: ClaimsView | None = None,
) -> VerdictDocument:
    """Return what there is to say about a run.

    Args:
        verdict: What the run comes to.
        record: The run.
        costing: The user's price and grid intensity that the verdict was made with; None for none.
        claims: The video's claims beside this run's figures; None to leave them out.
    """
    sentence = verdict_sentence(verdict)
    when = _("{date}, run {run}").format(
        date=when_text(verdict.started_utc), run=harmless_line(verdict.plan.run_id)
    )
    return VerdictDocument(
        title=_title(verdict),
        when=when,
        headline=harmless_line(sentence.headline),
        detail=harmless_line(sentence.detail),
        remarks=tuple(harmless_line(remark_text(verdict, one)) for one in verdict.remarks),
        sections=tuple(
            section
            for section in (
                *_results(verdict, record, costing or Costing()),
                *claims_section(claims),
                *background(verdict, record, costing or Costing()),
            )
            if not section.is_empty
        ),
    )


def _title(verdict: RunVerdict) -> str:
    pack, names = harmless_line(verdict.plan.pack.title), contender_names(verdict).values()
    if len(names) > MOST_NAMED:
        return _("{pack}: {count} models").format(pack=pack, count=count_text(len(names)))
    return _("{pack}: {names}").format(pack=pack, names=", ".join(names))


def _results(verdict: RunVerdict, record: PackRunRecord, costing: Costing) -> Iterator[Section]:
    yield _difference(verdict)
    yield Section(
        key=SectionKey.ACCURACY, heading=_("How right they were"), tables=accuracy_tables(verdict)
    )
    yield Section(
        key=SectionKey.COSTS,
        heading=_("What answers cost"),
        paragraphs=energy_bases(record),
        tables=cost_tables(verdict, costing.currency),
    )
    yield _questions(verdict, record)
    if len(verdict.contenders) > _PAIR:
        yield Section(
            key=SectionKey.LADDERS,
            heading=_("How far down it goes"),
            paragraphs=tuple(ladder_sentence(verdict, ladder) for ladder in verdict.ladders),
            tables=tuple(ladder_table(verdict, ladder) for ladder in verdict.ladders),
        )
        yield Section(key=SectionKey.PAIRS, heading=_("All pairs"), tables=pair_tables(verdict))
    yield _cascade(verdict)
    yield Section(
        key=SectionKey.KINDS,
        heading=_("By level and kind of question"),
        tables=slice_tables(verdict),
    )
    if verdict.field_pairs:
        yield Section(
            key=SectionKey.FIELD,
            heading=_("Models for the field"),
            tables=(field_table(verdict),),
        )
    if not isinstance(verdict.evidence, Unavailable):
        yield Section(
            key=SectionKey.EVIDENCE,
            heading=_("Evidence, question by question"),
            paragraphs=(evidence_sentence(verdict),),
        )


def _difference(verdict: RunVerdict) -> Section:
    pair = verdict.headline
    if isinstance(pair, Unavailable):
        return Section(key=SectionKey.DIFFERENCE, heading="")
    return Section(
        key=SectionKey.DIFFERENCE,
        heading=_("The small one beside the large one"),
        paragraphs=tuple(
            harmless_line(words)
            for words in (difference_sentence(pair), cost_sentence(verdict, pair))
            if words
        ),
        tables=(ratio_table(pair),),
    )


def _questions(verdict: RunVerdict, record: PackRunRecord) -> Section:
    pair = verdict.headline
    if isinstance(pair, Unavailable) or isinstance(pair.decision, Unavailable):
        return Section(key=SectionKey.QUESTIONS, heading="")
    names = contender_names(verdict)
    counts = _(
        "Both were right on {both}, neither on {neither}, only {small} on {only_small}, only "
        "{large} on {only_large}."
    ).format(
        both=count_text(len(pair.both)),
        neither=count_text(len(pair.neither)),
        small=names[pair.small],
        large=names[pair.large],
        only_small=count_text(len(pair.only_small)),
        only_large=count_text(len(pair.only_large)),
    )
    return Section(
        key=SectionKey.QUESTIONS,
        heading=_("Where they differ"),
        paragraphs=(counts,),
        questions=differing_questions(verdict, record, pair),
    )


def _cascade(verdict: RunVerdict) -> Section:
    cascade = verdict.cascade
    has_pair = len(verdict.contenders) >= _PAIR
    return Section(
        key=SectionKey.CASCADE,
        heading=_("Small first, large when unsure"),
        paragraphs=(harmless_line(cascade_sentence(verdict)),) if has_pair else (),
        tables=() if isinstance(cascade, Unavailable) else cascade_tables(cascade),
    )
