"""Puts models that were found into rows, cards and a few words about all of them."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from large_enough.comparison.model_marks import ModelRole
from large_enough.domain.found_model import FoundModel, SetAside, WhyAside
from large_enough.domain.model_card import ModelCard, file_name_of
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import harmless_line
from large_enough.ui.model_facts import facts_line, model_name
from large_enough.ui.model_rows import ModelRow
from large_enough.ui.round_words import time_text
from large_enough.wording.doctor_facts import Fact
from large_enough.wording.failures import explain
from large_enough.wording.numbers import (
    NOT_AVAILABLE,
    bytes_text,
    count_text,
    number_text,
    parameters_text,
)
from large_enough.wording.program_names import keeper_text
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _, ngettext


class ApartLine(NamedTuple):
    """One file that is set apart."""

    name: str
    reason: str
    """In a few words."""
    sentence: str
    """In full, with what can be done."""


def row_of(found: FoundModel, *, is_favourite: bool, role: str = "") -> ModelRow:
    """Return the line of a model whose fit is not known yet."""
    return ModelRow(
        key=found.card.reference,
        name=model_name(found.card),
        facts=about_line(found.card),
        place=keeper_text(found.app),
        memory=_("looking…"),
        speed=NOT_AVAILABLE,
        is_favourite=is_favourite,
        role=role_words().get(role, ""),
    )


def role_words() -> dict[str, str]:
    """Return the words for what a model is meant for, by value of `ModelRole`."""
    return {
        ModelRole.LARGE.value: _("the large one"),
        ModelRole.SMALL.value: _("the small one"),
        ModelRole.DOMAIN.value: _("for a field"),
    }


def about_line(card: ModelCard) -> str:
    """Return size, format and licence of a model in a line."""
    parts = [facts_line(card)]
    if not isinstance(card.licence, Unavailable):
        parts.append(harmless_line(card.licence))
    return " · ".join(parts)


def facts_of(found: FoundModel) -> tuple[Fact, ...]:
    """Return everything that the file of a model tells, and where it lies."""
    card = found.card
    return (
        (_("Architecture"), _known(card.architecture)),
        (_("parameters"), _number(card.parameter_count, parameters_text)),
        (_("Quantisation"), _quantisation(card)),
        (_("Context, tokens"), _number(card.context_length_tokens, count_text)),
        (_("Chat template"), _("yes") if card.has_chat_template else _("no")),
        (_("Licence"), _known(card.licence)),
        (_("Size"), _size(card)),
        (_("found in"), keeper_text(found.app)),
        (_("File"), harmless_line(card.path)),
        (_("changed"), _known(found.modified_utc, time_text)),
        *((_("also here"), harmless_line(twin.path)) for twin in found.twins),
        (_("SHA-256"), _known(card.sha256)),
        *_adapter_facts(card),
    )


def _adapter_facts(card: ModelCard) -> tuple[Fact, ...]:
    adapter = card.adapter
    if adapter is None:
        return ()
    return (
        (_("Adapter"), harmless_line(adapter.name)),
        (_("Size of the adapter"), bytes_text(adapter.size_bytes)),
        (_("File of the adapter"), harmless_line(adapter.path)),
        (_("SHA-256 of the adapter"), _known(adapter.sha256)),
    )


def overview(models: Sequence[FoundModel], available_bytes: int | None, total_bytes: int) -> str:
    """Return how many models there are and how much memory is free."""
    count = ngettext("{count} model", "{count} models", len(models)).format(
        count=count_text(len(models))
    )
    if available_bytes is None:
        return count
    room = _("{free} of memory free of {total}").format(
        free=bytes_text(available_bytes), total=bytes_text(total_bytes)
    )
    return f"{count} · {room}"


def apart_text(apart: Sequence[SetAside]) -> str:
    """Return how many files are set apart, and why; empty if there are none."""
    if not apart:
        return ""
    reasons = Counter(_why(each.why) for each in apart)
    words = ", ".join(
        f"{reason}: {count_text(count)}" if count > 1 else reason
        for reason, count in reasons.most_common()
    )
    return ngettext(
        "Set apart: {count} file that cannot answer ({reasons}).",
        "Set apart: {count} files that cannot answer ({reasons}).",
        len(apart),
    ).format(count=count_text(len(apart)), reasons=words)


def apart_lines(apart: Sequence[SetAside]) -> list[ApartLine]:
    """Return a line for each file that is set apart, those with one reason together."""
    return [
        ApartLine(
            name=harmless_line(each.shown_name or file_name_of(each.error.subject)),
            reason=_why(each.why),
            sentence=_sentence(each),
        )
        for each in sorted(apart, key=lambda each: (each.why.value, each.error.subject))
    ]


def _sentence(aside: SetAside) -> str:
    explanation = explain(aside.error)
    return harmless_line(f"{explanation.happened} {explanation.next_step}")


def _why(why: WhyAside) -> str:
    return {
        WhyAside.ADAPTER: _("an adapter"),
        WhyAside.EMBEDDING: _("a model for searching"),
        WhyAside.PROJECTOR: _("a part for pictures or sound"),
        WhyAside.STATISTICS: _("statistics for quantising"),
        WhyAside.VOCABULARY: _("only a vocabulary"),
        WhyAside.DRAFT: _("a draft model"),
        WhyAside.OTHER_KIND: _("a model of another kind"),
        WhyAside.UNFINISHED: _("an unfinished download"),
        WhyAside.LATER_PART: _("a later part of a model"),
        WhyAside.PART_MISSING: _("a part is missing"),
        WhyAside.DAMAGED: _("damaged"),
        WhyAside.MISSING: _("not there any more"),
        WhyAside.UNREADABLE: _("may not be read"),
    }[why]


def _quantisation(card: ModelCard) -> str:
    bits = card.bits_per_weight
    name = _known(card.quantisation)
    if isinstance(bits, Unavailable):
        return name
    return _("{name}, {bits} bits for each weight").format(name=name, bits=number_text(bits))


def _size(card: ModelCard) -> str:
    size = bytes_text(card.size_bytes)
    if card.part_count == 1:
        return size
    return _("{size} in {count} files").format(size=size, count=count_text(card.part_count))


def _known(value: str | Unavailable, write: Callable[[str], str] = harmless_line) -> str:
    if isinstance(value, Unavailable):
        return _("not known: {reason}").format(reason=reason_text(value.reason))
    return write(value)


def _number(value: int | Unavailable, write: Callable[[float], str]) -> str:
    if isinstance(value, Unavailable):
        return _("not known: {reason}").format(reason=reason_text(value.reason))
    return write(value)
