"""Gathers where the figures of a run come from: pack, files, engine, machine, settings, hashes."""

from collections.abc import Iterator

from large_enough import __version__
from large_enough.domain.costing import Costing
from large_enough.domain.pack import Pack
from large_enough.domain.pack_run import PackRunEnd, PackRunRecord, Setup
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import Contender
from large_enough.domain.verdict import RunVerdict
from large_enough.report.provenance import (
    Fact,
    FactGroup,
    fact,
    load_facts,
    machine_facts,
    model_facts,
)
from large_enough.report.round_facts import costing_facts
from large_enough.report.verdict_parts import lettered_names
from large_enough.wording.numbers import count_text, seconds_text, share_text
from large_enough.wording.translate import _


def run_provenance(
    verdict: RunVerdict, record: PackRunRecord, costing: Costing
) -> tuple[FactGroup, ...]:
    """Return everything about the circumstances of a run, in the order it is shown."""
    names = lettered_names(verdict)
    return (
        FactGroup(heading=_("The run"), facts=tuple(_run_facts(record, costing))),
        FactGroup(heading=_("The pack"), facts=tuple(_pack_facts(record))),
        machine_facts(record.machine),
        *(
            FactGroup(
                heading=names[contender.letter], facts=tuple(_contender_facts(record, contender))
            )
            for contender in verdict.contenders
        ),
    )


def _run_facts(record: PackRunRecord, costing: Costing) -> Iterator[Fact]:
    plan = record.plan
    ends = {
        PackRunEnd.COMPLETE: _("complete"),
        PackRunEnd.STOPPED: _("paused"),
        PackRunEnd.CUT: _("interrupted"),
    }
    yield fact(_("Record"), plan.run_id)
    yield fact(_("Begun"), record.started_utc)
    yield fact(_("State"), ends[record.end])
    yield fact(
        _("Answers on record"),
        _("{done} of {total}").format(
            done=count_text(len(record.cells)), total=count_text(plan.cell_count)
        ),
    )
    yield fact(_("Lines that make no sense"), count_text(record.unreadable_lines))
    yield fact(_("Report written by"), f"Large Enough {__version__}")
    for words in costing_facts(costing):
        yield fact(_("Your figures"), words)


def _pack_facts(record: PackRunRecord) -> Iterator[Fact]:
    pack = record.plan.pack
    chance = pack.chance
    yield fact(_("Title"), pack.title)
    yield fact(_("Id"), pack.id)
    yield fact(_("Version"), pack.version)
    yield fact(_("SHA-256"), record.plan.pack_sha256)
    yield fact(_("Language"), pack.language)
    yield fact(_("Field"), pack.domain or None)
    yield fact(_("Licence"), pack.licence or None)
    yield fact(_("Authors"), ", ".join(pack.authors) or None)
    yield fact(_("Canary"), pack.canary or None)
    yield fact(_("Questions"), _question_count(pack))
    yield fact(
        _("Guessing gets"), chance if isinstance(chance, Unavailable) else share_text(chance)
    )


def _question_count(pack: Pack) -> str:
    clusters = {item.cluster for item in pack.graded_items}
    return _("{count}, of {groups} kinds").format(
        count=count_text(len(pack.graded_items)), groups=count_text(len(clusters))
    )


def _contender_facts(record: PackRunRecord, contender: Contender) -> Iterator[Fact]:
    yield from model_facts(contender)
    yield from load_facts(contender)
    setups = [setup for setup in record.setups if setup.letter == contender.letter]
    if setups:
        yield from _setup_facts(setups[-1])
        yield fact(_("Loaded so often"), count_text(len(setups)))


def _setup_facts(setup: Setup) -> Iterator[Fact]:
    engine, loaded = setup.engine, setup.loaded
    yield fact(_("Engine"), f"{engine.name} {engine.engine_version} ({engine.bindings_version})")
    yield fact(_("Built for"), engine.system_info)
    yield fact(_("Threads used"), setup.placement.thread_count)
    yield fact(_("Loading took"), seconds_text(loaded.load_s))
    yield fact(_("Chat template, SHA-256"), loaded.chat_template_sha256)
