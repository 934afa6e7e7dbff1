"""Writes the parts of a report that let others check it: power, methods, sources, raw figures."""

from collections.abc import Iterator

from large_enough.domain.costing import Costing
from large_enough.domain.pack_run import PackRunRecord
from large_enough.domain.verdict import RunVerdict
from large_enough.report.power import chance_sentence
from large_enough.report.verdict_answers import answers_table
from large_enough.report.verdict_command import repeat_command
from large_enough.report.verdict_methods import methods
from large_enough.report.verdict_parts import Section, SectionKey, Table
from large_enough.report.verdict_provenance import run_provenance
from large_enough.stats.power_table import (
    DISAGREEMENT,
    MARGINS,
    power_rows,
)
from large_enough.wording.numbers import count_text, share_text
from large_enough.wording.points import margin_text
from large_enough.wording.power_words import power_source
from large_enough.wording.translate import _, ngettext
from large_enough.wording.verdict_words import power_sentence


def background(verdict: RunVerdict, record: PackRunRecord, costing: Costing) -> Iterator[Section]:
    """Yield the sections in the order in which they are shown."""
    yield _power(verdict)
    yield Section(key=SectionKey.METHODS, heading=_("Methods"), facts=methods(verdict, record))
    yield Section(
        key=SectionKey.PROVENANCE,
        heading=_("Where the figures come from"),
        facts=run_provenance(verdict, record, costing),
    )
    yield _repeat(record)
    table = answers_table(record)
    if table.rows:
        yield Section(key=SectionKey.ANSWERS, heading=_("Every answer"), tables=(table,))


def _power(verdict: RunVerdict) -> Section:
    count = verdict.telling_count
    chance = chance_sentence(count, verdict.plan.settings.margin)
    table = Table(
        caption=_("Chance that a run settles the matter if both are equally good"),
        heads=(_("Questions"), *(_margin_head(margin) for margin in MARGINS)),
        rows=tuple(
            (count_text(row.question_count), *map(share_text, row.chances)) for row in power_rows()
        ),
        notes=(
            power_source(DISAGREEMENT),
            _("Questions of the same kind say less than so many unrelated ones."),
        ),
    )
    return Section(
        key=SectionKey.POWER,
        heading=_("What so many questions can show"),
        paragraphs=tuple(filter(None, (power_sentence(count), chance))),
        tables=(table,),
    )


def _margin_head(margin: float) -> str:
    return ngettext("margin {points} point", "margin {points} points", round(margin * 100)).format(
        points=margin_text(margin)
    )


def _repeat(record: PackRunRecord) -> Section:
    return Section(
        key=SectionKey.REPEAT,
        heading=_("To repeat it"),
        paragraphs=(
            _(
                "This asks the same of the same models, where they and the pack are at hand; the "
                "checksums above tell whether they are the same."
            ),
        ),
        code=repeat_command(record.plan),
    )
