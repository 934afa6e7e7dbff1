"""Puts what is known about one model into headings and words."""

from collections.abc import Iterator

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.model_sheet import ModelSheet
from large_enough.catalog.origins import Origin, origin_text
from large_enough.catalog.sources import source_text
from large_enough.domain.model_card import ModelCard
from large_enough.domain.quantity import Count, Unavailable
from large_enough.wording.numbers import bytes_text, count_text, decimal_text, parameters_text
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _, ngettext

Fact = tuple[str, str]
"""A heading, and what stands behind it."""


def sheet_facts(sheet: ModelSheet) -> Iterator[Fact]:
    """Yield what is known about a model that is here."""
    card = sheet.card
    yield _("Name"), card.name
    yield _("Family"), _word(sheet.family)
    yield _("Domain"), _domain(sheet.domain)
    yield _("Parameters"), _parameters(card.parameter_count, sheet.active_parameter_count)
    yield _("Quantisation"), _quantisation(card)
    yield _("Context"), _context(card.context_length_tokens)
    yield _("Chat template"), _yes_or_no(card.has_chat_template)
    yield _("Thinking"), _yes_or_no(sheet.thinks)
    yield _("Licence"), _word(card.licence)
    if sheet.licence_note:
        yield "", _(sheet.licence_note)
    if sheet.publisher_url:
        yield _("Publisher"), sheet.publisher_url
    yield _("File"), _file(card)
    yield _("Size"), bytes_text(card.size_bytes)
    yield from _origin_facts(sheet.origin)
    yield _("Changed"), sheet.modified_utc
    if not isinstance(card.sha256, Unavailable):
        yield _("SHA-256"), card.sha256


def entry_facts(entry: CatalogueEntry) -> Iterator[Fact]:
    """Yield what the catalogue knows about a model that is not here."""
    yield _("Name"), entry.name
    yield _("Family"), entry.family
    yield _("Domain"), _domain(entry.domain)
    yield _("Parameters"), _parameters(entry.parameter_count, entry.parameter_count)
    yield _("Quantisation"), entry.quantisation
    yield _("Context"), _context(entry.context_length_tokens)
    yield _("Licence"), entry.licence
    if entry.licence_note:
        yield "", _(entry.licence_note)
    yield _("Publisher"), entry.publisher_url
    yield _("File"), _("not here: large-enough models get {id}").format(id=entry.id)
    yield _("Size"), _amount(entry.size_bytes)
    yield _("Source"), _("; else ").join(source_text(source) for source in entry.sources)
    yield _("SHA-256"), _word(entry.sha256)


def _origin_facts(origin: Origin | Unavailable) -> Iterator[Fact]:
    if isinstance(origin, Unavailable):
        yield _("Source"), reason_text(origin.reason)
        return
    yield _("Source"), origin_text(origin)
    if origin.revision:
        yield _("Revision"), origin.revision
    yield _("Fetched"), origin.date_utc


def _domain(domain: str | Unavailable) -> str:
    if isinstance(domain, Unavailable):
        return reason_text(domain.reason)
    words = {
        "general": _("general"),
        "coding": _("coding"),
        "finance": _("finance"),
        "legal": _("law"),
        "medical": _("medicine"),
        "multilingual": _("several languages"),
    }
    return words.get(domain, domain)


def _word(value: str | Unavailable) -> str:
    return reason_text(value.reason) if isinstance(value, Unavailable) else value


def _amount(size_bytes: Count) -> str:
    if isinstance(size_bytes, Unavailable):
        return reason_text(size_bytes.reason)
    return bytes_text(size_bytes)


def _parameters(total: Count, active: Count) -> str:
    if isinstance(total, Unavailable):
        return reason_text(total.reason)
    if isinstance(active, Unavailable):
        template = _("{total}; how many a token uses is not known: {reason}")
        return template.format(total=parameters_text(total), reason=reason_text(active.reason))
    if active == total:
        return parameters_text(total)
    return _("{total}, of which a token uses {active} (mixture of experts)").format(
        total=parameters_text(total), active=parameters_text(active)
    )


def _quantisation(card: ModelCard) -> str:
    bits = card.bits_per_weight
    name = _word(card.quantisation)
    if isinstance(bits, Unavailable):
        return name
    return _("{name}, {bits} bits per weight").format(name=name, bits=decimal_text(bits, 2))


def _context(length_tokens: Count) -> str:
    if isinstance(length_tokens, Unavailable):
        return reason_text(length_tokens.reason)
    return _("{number} tokens").format(number=count_text(length_tokens))


def _yes_or_no(value: bool | Unavailable) -> str:
    if isinstance(value, Unavailable):
        return reason_text(value.reason)
    return _("yes") if value else _("no")


def _file(card: ModelCard) -> str:
    if card.part_count < 2:
        return card.path
    template = ngettext("{path} ({count} file)", "{path} ({count} files)", card.part_count)
    return template.format(path=card.path, count=card.part_count)
