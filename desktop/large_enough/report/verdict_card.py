"""Writes what a run came to as a short piece of Markdown, for a model card or a message."""

from collections.abc import Iterator

from large_enough.domain.model_card import ModelCard
from large_enough.domain.pack_run import PackRunRecord
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import harmless_line
from large_enough.domain.verdict import CostMeasure, RunVerdict, Standing
from large_enough.report.round_document import when_text
from large_enough.report.round_markdown import escaped, fenced
from large_enough.report.verdict_command import repeat_command
from large_enough.report.verdict_markdown import table_lines
from large_enough.report.verdict_parts import Table, lettered_names
from large_enough.report.verdict_tables import share_interval_text, standings_in_order
from large_enough.wording.numbers import (
    NOT_AVAILABLE,
    bytes_text,
    count_text,
    parameters_text,
    quantity_text,
    seconds_text,
)
from large_enough.wording.points import margin_text
from large_enough.wording.translate import _, ngettext
from large_enough.wording.verdict_remarks import remark_text
from large_enough.wording.verdict_words import (
    amount_text,
    contender_names,
    cost_sentence,
    verdict_sentence,
)

MOST_REMARKS = 4
_SHORT_HASH = 12


def verdict_card(verdict: RunVerdict, record: PackRunRecord) -> str:
    """Return the card: the result, the figures, on what they rest, and how to repeat it."""
    title = _("Evaluation: {pack}").format(pack=harmless_line(verdict.plan.pack.title))
    sentence = verdict_sentence(verdict)
    blocks = [
        f"## {escaped(title)}",
        f"**{escaped(harmless_line(sentence.headline))}** {escaped(sentence.detail)}".strip(),
        table_lines(_table(verdict)),
        "\n".join(f"- {escaped(harmless_line(line))}" for line in _lines(verdict, record)),
        escaped(_("To repeat it:")),
        fenced(repeat_command(verdict.plan)),
    ]
    return "\n\n".join(blocks) + "\n"


def _table(verdict: RunVerdict) -> Table:
    names = lettered_names(verdict)
    return Table(
        caption="",
        heads=(
            _("Model"),
            _("Accuracy, 95 % interval"),
            _("Time of an answer, median"),
            _("Time for each right answer"),
            _("Energy for each right answer"),
            _("Memory"),
        ),
        rows=tuple(
            (
                names[one.letter],
                share_interval_text(one.accuracy),
                quantity_text(one.median_s, seconds_text),
                _per_right(one, CostMeasure.TIME),
                _per_right(one, CostMeasure.ENERGY),
                _per_right(one, CostMeasure.MEMORY),
            )
            for one in standings_in_order(verdict)
        ),
    )


def _per_right(one: Standing, measure: CostMeasure) -> str:
    cost = one.costs.get(measure)
    if cost is None or isinstance(cost.per_right, Unavailable):
        return NOT_AVAILABLE
    return amount_text(measure, cost.per_right, cost.quality)


def _lines(verdict: RunVerdict, record: PackRunRecord) -> Iterator[str]:
    if not isinstance(verdict.headline, Unavailable):
        yield cost_sentence(verdict, verdict.headline)
    yield _("Models: {models}").format(models="; ".join(_models(verdict)))
    yield _questions(verdict)
    yield from _remarks(verdict)
    yield _circumstances(record)


def _models(verdict: RunVerdict) -> Iterator[str]:
    names = contender_names(verdict)
    for contender in verdict.contenders:
        facts = ", ".join(_model_facts(contender.card))
        yield f"{contender.letter} {names[contender.letter]} ({facts})"


def _model_facts(card: ModelCard) -> Iterator[str]:
    if not isinstance(card.parameter_count, Unavailable):
        yield parameters_text(card.parameter_count)
    if not isinstance(card.quantisation, Unavailable):
        yield card.quantisation
    if not isinstance(card.sha256, Unavailable):
        yield f"SHA-256 {card.sha256[:_SHORT_HASH]}…"


def _questions(verdict: RunVerdict) -> str:
    plan = verdict.plan
    return _(
        "Questions: {count} of {title} ({id} {version}, SHA-256 {sha256}); margin {margin} points, "
        "fixed before the run"
    ).format(
        count=count_text(len(plan.item_ids)),
        title=plan.pack.title,
        id=plan.pack.id,
        version=plan.pack.version,
        sha256=f"{plan.pack_sha256[:_SHORT_HASH]}…",
        margin=margin_text(plan.settings.margin),
    )


def _remarks(verdict: RunVerdict) -> Iterator[str]:
    for remark in verdict.remarks[:MOST_REMARKS]:
        yield _("To know: {remark}").format(remark=remark_text(verdict, remark))
    more = len(verdict.remarks) - MOST_REMARKS
    if more > 0:
        yield ngettext(
            "{count} more remark is in the report.", "{count} more remarks are in the report.", more
        ).format(count=count_text(more))


def _circumstances(record: PackRunRecord) -> str:
    machine = record.machine
    engines = dict.fromkeys(
        f"{setup.engine.name} {setup.engine.engine_version}" for setup in record.setups
    )
    parts = [
        machine.operating_system
        if isinstance(machine.cpu_name, Unavailable)
        else f"{machine.cpu_name}, {machine.operating_system}",
        bytes_text(machine.memory_bytes),
        *engines,
        f"Large Enough {machine.program_version}",
        when_text(record.started_utc),
    ]
    return _("Measured on: {machine}").format(machine=", ".join(parts))
