"""Finds the models that a person means, or would do well to begin with."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from large_enough.catalog.adapters import adapter_wish, add_adapter
from large_enough.catalog.cards import card_of
from large_enough.catalog.catalogue import CatalogueEntry, starter_pair
from large_enough.catalog.scripted import SCRIPT_SUFFIX
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.model_card import BackendKind, ModelCard

CLEAR_STEP = 2.0
"""Two models are worth comparing if one is at least this many times as large."""

_MOST_CANDIDATES = 8
_SEPARATORS = re.compile(r"[\W_]+")
_SIZE_WORD = re.compile(r"(\d+x)?\d+(\.\d+)?[bmk]", re.IGNORECASE)


OtherNames = Mapping[str, Sequence[str]]
"""Names that programs give to models, by the path of the model's card."""


def resolve(
    name: str,
    cards: Sequence[ModelCard],
    entries: Sequence[CatalogueEntry],
    other_names: OtherNames = MappingProxyType({}),
) -> ModelCard:
    """Return the model that a person means.

    Args:
        name: A catalogue id, the name that another program gives to a model, the path of a file
            (also of a script), or a part of a name; with "+ADAPTER.gguf" behind it, an adapter is
            added.
        cards: Models that are here.
        entries: The catalogue.
        other_names: How other programs call them, for example "qwen3:4b".

    Raises:
        RequestError: No model is meant (`UNKNOWN_MODEL`), or several are (`AMBIGUOUS_MODEL`).
        ModelFileError: The named file cannot be used as a model, or the adapter does not fit it.
    """
    wish = adapter_wish(name)
    if wish is not None:
        model = _resolve_model(wish.model, cards, entries, other_names)
        return add_adapter(model, wish.adapter)
    return _resolve_model(name, cards, entries, other_names)


def _resolve_model(
    name: str,
    cards: Sequence[ModelCard],
    entries: Sequence[CatalogueEntry],
    other_names: OtherNames,
) -> ModelCard:
    same_id = next((card for card in cards if card.catalog_id == name.lower()), None)
    if same_id is not None:
        return same_id
    same_name = [card for card in cards if _is_called(name, other_names.get(card.path, ()))]
    if len(same_name) == 1:
        return same_name[0]
    path = Path(name).expanduser()
    if _is_file(path):
        return _known_card(path, cards) or card_of(path, entries)
    if _looks_like_path(name):
        known = _known_card(path, cards) or _only(_partly_called(name, cards, other_names))
        return known or card_of(path, entries)
    matches = _matches(name, cards, other_names)
    if len(matches) == 1:
        return matches[0]
    if matches:
        candidates = _listed(_distinct_names(matches, other_names))
        raise RequestError(FailureKind.AMBIGUOUS_MODEL, name, candidates=candidates)
    raise _unknown(name, cards, entries)


def suggest_pair(
    cards: Sequence[ModelCard], entries: Sequence[CatalogueEntry] = ()
) -> tuple[ModelCard, ...]:
    """Return a small and a large model that are good to compare; fewer if there are fewer.

    The starter pair if both are here; else two sizes of one family; else the smallest and the
    next that is clearly larger. Models that can chat come before those that only complete text,
    and scripted ones are only taken where there is nothing else.
    """
    starters = [_with_id(cards, entry.id) for entry in starter_pair(tuple(entries))]
    found = [card for card in starters if card is not None]
    if len(found) == 2:
        return tuple(found)
    choice = sorted(_best_kind(cards), key=_size)
    for family in [*_families(choice), choice]:
        larger = [card for card in family if _size(card) >= CLEAR_STEP * _size(family[0])]
        if larger:
            return family[0], larger[0]
    return (choice[0], choice[-1]) if len(choice) > 1 else tuple(choice)


def _is_called(name: str, known: Sequence[str]) -> bool:
    """Return whether one of these names is meant; that of Ollama's usual tag may be left out."""
    lowered = name.lower()
    return any(lowered in (other, other.removesuffix(":latest")) for other in map(str.lower, known))


def _partly_called(
    name: str, cards: Sequence[ModelCard], other_names: OtherNames
) -> list[ModelCard]:
    """Return the models one of whose names has a part that begins so: "repository/file"."""
    wanted = "/" + name.lower()
    return [
        card
        for card in cards
        if any(wanted in "/" + other.lower() for other in other_names.get(card.path, ()))
    ]


def _only(cards: Sequence[ModelCard]) -> ModelCard | None:
    return cards[0] if len(cards) == 1 else None


def similar_names(name: str, known: Sequence[str]) -> str:
    """Return the known names that are most like one that is not known, as one text."""
    close = difflib.get_close_matches(name.lower(), [text.lower() for text in known], 5, 0.5)
    return _listed([text for text in known if text.lower() in close] or known)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _looks_like_path(name: str) -> bool:
    lowered = name.lower()
    return "/" in name or "\\" in name or lowered.endswith((".gguf", SCRIPT_SUFFIX))


def _known_card(path: Path, cards: Sequence[ModelCard]) -> ModelCard | None:
    """Return the card of a file that was found in the models folder; its bare name suffices."""
    same_path = [card for card in cards if card.path == str(path.absolute())]
    same_name = [card for card in cards if Path(card.path).name == str(path)]
    if same_path:
        return same_path[0]
    return same_name[0] if len(same_name) == 1 and not _is_file(path) else None


def _matches(name: str, cards: Sequence[ModelCard], other_names: OtherNames) -> list[ModelCard]:
    """Return the models that fit best: by whole name, else by a part, else by all words."""
    wanted = _letters(name)
    if not wanted:
        return []
    words = [_letters(word) for word in name.split()]
    names = {
        card.path: [_letters(known) for known in (*_names(card), *other_names.get(card.path, ()))]
        for card in cards
    }
    whole = [card for card in cards if wanted in names[card.path]]
    part = [card for card in cards if any(wanted in known for known in names[card.path])]
    each = [card for card in cards if all(word in "".join(names[card.path]) for word in words)]
    return whole or part or each


def _unknown(
    name: str, cards: Sequence[ModelCard], entries: Sequence[CatalogueEntry]
) -> RequestError:
    fitting = [entry for entry in entries if _fits_entry(name, entry)]
    entry = next((entry for entry in fitting if entry.id == name.lower()), None)
    entry = entry or next(iter(fitting), None)
    if entry is not None:
        return RequestError(FailureKind.UNKNOWN_MODEL, name, catalogue_id=entry.id)
    names = {shown: shown.lower() for card in cards for shown in (card.catalog_id or card.name,)}
    close = difflib.get_close_matches(name.lower(), names.values(), n=3, cutoff=0.5)
    likely = [shown for shown, lowered in names.items() if lowered in close]
    candidates = _listed(likely or list(names))
    facts = {"candidates": candidates} if candidates else {}
    return RequestError(FailureKind.UNKNOWN_MODEL, name, **facts)


def _fits_entry(name: str, entry: CatalogueEntry) -> bool:
    wanted = _letters(name)
    return bool(wanted) and any(wanted in _letters(known) for known in (entry.id, entry.name))


def _names(card: ModelCard) -> tuple[str, ...]:
    return card.name, Path(card.path).name, card.catalog_id or ""


def _letters(name: str) -> str:
    """Return the letters and digits alone, so that dashes, dots and blanks do not matter."""
    return _SEPARATORS.sub("", name).lower()


def _distinct_names(cards: Sequence[ModelCard], other_names: OtherNames) -> list[str]:
    """Return names that tell the models apart: where they are the same, other names or files'."""
    names = [card.name for card in cards]
    return [
        card.name
        if names.count(card.name) == 1
        else next(iter(other_names.get(card.path, ())), Path(card.path).name)
        for card in cards
    ]


def _listed(names: Sequence[str]) -> str:
    more = ["…"] if len(names) > _MOST_CANDIDATES else []
    return ", ".join([*names[:_MOST_CANDIDATES], *more])


def _with_id(cards: Iterable[ModelCard], catalog_id: str) -> ModelCard | None:
    return next((card for card in cards if card.catalog_id == catalog_id), None)


def _best_kind(cards: Sequence[ModelCard]) -> Sequence[ModelCard]:
    models = [card for card in cards if card.backend is BackendKind.LLAMA]
    chatting = [card for card in models if card.has_chat_template]
    if len(chatting) > 1:
        return chatting
    return models or cards


def _size(card: ModelCard) -> int:
    """Return what models are ordered by: weights, or bytes where the weights are not known."""
    return card.parameter_count if isinstance(card.parameter_count, int) else card.size_bytes


def _families(cards: Sequence[ModelCard]) -> list[list[ModelCard]]:
    """Group models that differ in size alone, by the words of their names."""
    families: dict[tuple[str, ...], list[ModelCard]] = {}
    for card in cards:
        words = (word for word in card.name.lower().split() if not _SIZE_WORD.fullmatch(word))
        families.setdefault((str(card.architecture), *words), []).append(card)
    return [family for family in families.values() if len(family) > 1]
