"""Gathers where the figures of a round come from: machine, engine, settings, files, hashes."""

from collections.abc import Iterable

import msgspec

from large_enough.domain.energy import Energy
from large_enough.domain.energy_use import headline
from large_enough.domain.generation import Answer, PromptStyle
from large_enough.domain.model_card import Adapter, file_name_of
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import (
    AnswerSettings,
    Cancelled,
    Contender,
    Done,
    Failed,
    Machine,
    RoundPlan,
    RoundRecord,
)
from large_enough.domain.text import harmless_line
from large_enough.wording.energy_words import basis_text, instruments_text, interval_text
from large_enough.wording.numbers import (
    bytes_text,
    count_text,
    parameters_text,
    plain_text,
    seconds_text,
    share_text,
)
from large_enough.wording.reasons import reason_text
from large_enough.wording.states import mode_explanation, mode_title, purpose_text
from large_enough.wording.summary import display_names
from large_enough.wording.translate import _

Value = str | int | float | bool | None | Unavailable


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is known, or why it is not."""

    label: str
    value: str
    """On one line, harmless to show."""


class FactGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Facts about one thing."""

    heading: str
    facts: tuple[Fact, ...]


def provenance(record: RoundRecord) -> tuple[FactGroup, ...]:
    """Return everything about the circumstances of a round, in the order it is shown."""
    names = display_names(record.plan.contenders)
    groups = [_round_facts(record), machine_facts(record.machine), _settings_facts(record.plan)]
    for contender in record.plan.contenders:
        heading = f"{contender.letter} {harmless_line(names[contender.letter])}"
        facts = (*model_facts(contender), *load_facts(contender), *_turn_facts(record, contender))
        groups.append(FactGroup(heading=heading, facts=facts))
    return tuple(groups)


def fact(label: str, value: Value) -> Fact:
    """Return a fact in words: a missing value with its reason, on one line, harmless."""
    return Fact(label=label, value=harmless_line(_shown(value)))


def _shown(value: Value) -> str:
    if isinstance(value, Unavailable):
        return _("not available: {reason}").format(reason=reason_text(value.reason))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _("not set") if value is None else str(value)


def _round_facts(record: RoundRecord) -> FactGroup:
    plan = record.plan
    mode = f"{mode_title(plan.mode)}: {mode_explanation(plan.mode)}"
    earlier = max((len(messages) for messages in plan.history.values()), default=0)
    return FactGroup(
        heading=_("The round"),
        facts=(
            fact(_("Asked"), record.started_utc),
            fact(_("Mode"), mode),
            fact(_("Order"), ", ".join(plan.letters_in_turn)),
            fact(_("Purpose"), purpose_text(plan.purpose)),
            fact(_("Earlier messages"), earlier),
            fact(_("Record"), plan.round_id),
            fact(_("Record is complete"), record.is_complete),
        ),
    )


def machine_facts(machine: Machine) -> FactGroup:
    """Return what is known about the machine and the program."""
    cores = _("{physical} cores, {usable} of them used").format(
        physical=machine.physical_core_count, usable=machine.usable_core_count
    )
    return FactGroup(
        heading=_("The machine"),
        facts=(
            fact(_("Processor"), machine.cpu_name),
            fact(_("Cores"), cores),
            fact(_("Memory"), bytes_text(machine.memory_bytes)),
            fact(_("System"), machine.operating_system),
            fact(_("On battery"), machine.on_battery),
            fact(_("Large Enough"), machine.program_version),
            fact(_("Source code"), machine.source_revision),
            fact(_("Python"), machine.python_version),
        ),
    )


def _settings_facts(plan: RoundPlan) -> FactGroup:
    settings = plan.settings
    style = {
        PromptStyle.CHAT: _("through the model's chat template"),
        PromptStyle.COMPLETION: _("as plain text to be continued"),
    }[settings.style]
    return FactGroup(
        heading=_("Settings of all"),
        facts=(
            fact(_("Prompt given"), style),
            fact(_("System message"), plan.system or None),
            fact(_("Longest answer, tokens"), settings.max_tokens),
            fact(_("Stop texts"), ", ".join(map(repr, settings.stop)) or None),
            *sampling_facts(settings),
        ),
    )


def sampling_facts(settings: AnswerSettings) -> tuple[Fact, ...]:
    """Return how tokens were chosen, the same for all contenders."""
    sampling = settings.sampling
    return (
        fact(_("Temperature"), sampling.temperature),
        fact("top_k, top_p, min_p", f"{sampling.top_k}, {sampling.top_p}, {sampling.min_p}"),
        fact(_("Repeat penalty"), f"{sampling.repeat_penalty} ({sampling.repeat_last_tokens})"),
        fact(_("Seed"), sampling.seed),
        fact(_("Thinking"), settings.thinking),
        fact(_("Threads"), settings.thread_count),
    )


def model_facts(contender: Contender) -> tuple[Fact, ...]:
    """Return what is known about a model's file, with its adapter."""
    card = contender.card
    count = card.parameter_count
    return (
        fact(_("File"), file_name_of(card.path)),
        fact(_("Size"), bytes_text(card.size_bytes)),
        fact(_("SHA-256"), card.sha256),
        *_adapter_facts(card.adapter),
        fact(_("Run by"), card.backend.value),
        fact(_("Architecture"), card.architecture),
        fact(_("Weights"), count if isinstance(count, Unavailable) else parameters_text(count)),
        fact(_("Quantisation"), card.quantisation),
        fact(_("Licence"), card.licence),
    )


def _adapter_facts(adapter: Adapter | None) -> tuple[Fact, ...]:
    if adapter is None:
        return ()
    return (
        fact(_("Adapter"), file_name_of(adapter.path)),
        fact(_("Size of the adapter"), bytes_text(adapter.size_bytes)),
        fact(_("SHA-256 of the adapter"), adapter.sha256),
        fact(_("Strength of the adapter"), plain_text(adapter.scale)),
    )


def load_facts(contender: Contender) -> tuple[Fact, ...]:
    """Return how a model was to be loaded."""
    load = contender.load
    return (
        fact(_("Context, tokens"), count_text(load.context_tokens)),
        fact(_("Batch, tokens"), f"{load.batch_tokens}, {load.ubatch_tokens}"),
        fact(_("Layers on the graphics card"), load.gpu_layers),
        fact(_("KV cache"), load.cache_type.value),
        fact(_("Mapped from the file"), load.use_mmap),
        fact(_("Weights re-arranged"), load.use_repack),
    )


def _turn_facts(record: RoundRecord, contender: Contender) -> Iterable[Fact]:
    match record.result_of(contender.letter):
        case Done() as done:
            return (
                *_context_facts(done),
                *_answer_facts(done.answer),
                *_memory_facts(done),
                *_energy_facts(record, done),
            )
        case Cancelled(answer=Answer() as answer):
            return _answer_facts(answer)
        case Failed() | Cancelled() | None:
            return ()


def _context_facts(done: Done) -> tuple[Fact, ...]:
    context = done.context
    engine, load = context.engine, context.system_load_before
    return (
        fact(_("Engine"), f"{engine.name} {engine.engine_version} ({engine.bindings_version})"),
        fact(_("Built for"), engine.system_info),
        fact(_("Threads used"), context.placement.thread_count),
        fact(_("Kept to its cores"), context.is_pinned),
        fact(_("Shared the processor"), context.is_contended),
        fact(
            _("Processor in use before"),
            load if isinstance(load, Unavailable) else share_text(load),
        ),
        fact(_("Slowed by heat or a limit"), context.was_throttled),
        fact(_("Disturbed by other programs"), done.is_disturbed),
        fact(_("Loading took"), seconds_text(context.loaded.load_s)),
        fact(_("Chat template, SHA-256"), context.loaded.chat_template_sha256),
    )


def _answer_facts(answer: Answer) -> tuple[Fact, ...]:
    timing = answer.timing
    return (
        fact(_("Rendered prompt, SHA-256"), answer.rendered_prompt_sha256),
        fact(_("Prompt, tokens"), count_text(timing.prompt_token_count)),
        fact(_("of them still in memory"), count_text(timing.reused_token_count)),
    )


def _memory_facts(done: Done) -> tuple[Fact, ...]:
    memory = done.resources.memory
    words = _("{method}, {count} readings").format(
        method=memory.method, count=count_text(memory.sample_count)
    )
    return (fact(_("Memory read from"), words),)


def _energy_facts(record: RoundRecord, done: Done) -> tuple[Fact, ...]:
    uses = {each.letter: each.resources.energy for each in record.results if isinstance(each, Done)}
    energy = headline(uses).energies[done.letter]
    if not isinstance(energy, Energy):
        return (fact(_("Energy"), energy),)
    return (
        fact(_("Energy"), f"{basis_text(energy)}, {interval_text(energy)}"),
        fact(_("Instruments"), instruments_text(energy)),
    )
