"""Writes the part of a report that sets the video's claims beside sources and the own run."""

from collections.abc import Iterator

from large_enough.domain.claim import Claim, ClaimsView
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import harmless_line
from large_enough.report.verdict_parts import Section, SectionKey, Table
from large_enough.wording.claim_words import (
    cautions,
    claim_name,
    claim_text,
    claims_lead,
    claims_title,
    column_titles,
    finding_text,
    own_text,
    source_text,
    sources_text,
    sources_title,
    support_word,
)
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _


def claims_section(view: ClaimsView | None) -> Iterator[Section]:
    """Yield the section; nothing where the run says nothing of these matters."""
    if view is None or isinstance(view.own, Unavailable):
        return
    yield Section(
        key=SectionKey.CLAIMS,
        heading=claims_title(),
        paragraphs=(claims_lead(),),
        tables=(_table(view), _sources(view)),
    )


def _table(view: ClaimsView) -> Table:
    said, found, own = column_titles(view)
    return Table(
        caption=_("Claims, sources and this run"),
        heads=(_("About"), said, found, harmless_line(own)),
        rows=tuple(_row(claim, view) for claim in view.claims),
        words=frozenset({1, 2, 3}),
        notes=cautions(),
    )


def _row(claim: Claim, view: ClaimsView) -> tuple[str, ...]:
    numbers = sources_text(claim, view)
    found = _("{word}: {text}").format(
        word=support_word(claim.support), text=finding_text(claim.kind)
    )
    return (
        claim_name(claim.kind),
        claim_text(claim.kind),
        f"{found} ({numbers})" if numbers else found,
        harmless_line(own_text(claim.kind, view)),
    )


def _sources(view: ClaimsView) -> Table:
    return Table(
        caption=sources_title(),
        heads=(_("Source"), _("Title"), _("Address")),
        rows=tuple(
            (count_text(number), source_text(source), source.address)
            for number, source in enumerate(view.sources, 1)
        ),
        words=frozenset({1, 2}),
    )
