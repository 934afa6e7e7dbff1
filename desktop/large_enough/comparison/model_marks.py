"""Remembers which models are favourites, and for which side of a comparison they are meant."""

import enum
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from large_enough.catalog.fingerprint import file_fingerprint
from large_enough.domain.errors import ModelFileError
from large_enough.domain.model_card import ModelCard
from large_enough.resources.settings import ModelMark, Settings

MOST_MARKS = 500
"""The newest are kept: marks of files that are gone would pile up otherwise."""


class ModelRole(enum.StrEnum):
    """What a model is meant for."""

    LARGE = "large"
    """The large one of a comparison."""
    SMALL = "small"
    """The small one."""
    DOMAIN = "domain"
    """One that was tuned for a field of its own."""


def mark_of(settings: Settings, key: str) -> ModelMark:
    """Return what is remembered of a model; a blank mark if nothing is.

    Args:
        settings: The user's.
        key: Of the model (`mark_key`).
    """
    found = (mark for mark in settings.model_marks if mark.fingerprint == key)
    return next(found, ModelMark(fingerprint=key))


def role_of(mark: ModelMark) -> ModelRole | None:
    """Return the role; None if there is none, or one that only a newer version knows."""
    return next((role for role in ModelRole if role.value == mark.role), None)


def mark_key(card: ModelCard, *, fingerprint_of: Callable[[Path], str] = file_fingerprint) -> str:
    """Return the key of a model's mark: what is in its file, and in that of its adapter.

    Raises:
        ModelFileError: A file is missing or cannot be read.
    """
    key = fingerprint_of(Path(card.path))
    return key if card.adapter is None else f"{key}+{fingerprint_of(Path(card.adapter.path))}"


def with_favourite(settings: Settings, key: str, name: str, *, is_favourite: bool) -> Settings:
    """Return the settings with a model made a favourite, or no longer one."""
    mark = mark_of(settings, key)
    return _with(settings, msgspec.structs.replace(mark, name=name, is_favourite=is_favourite))


def with_role(settings: Settings, key: str, name: str, role: ModelRole | None) -> Settings:
    """Return the settings with a role given to a model, or with its role taken away."""
    mark = mark_of(settings, key)
    return _with(
        settings, msgspec.structs.replace(mark, name=name, role="" if role is None else role.value)
    )


def marks_of(
    settings: Settings,
    cards: Sequence[ModelCard],
    *,
    fingerprint_of: Callable[[Path], str] = file_fingerprint,
) -> Mapping[str, ModelMark]:
    """Return by `reference` what is remembered of models, without those that are not marked.

    Reads two megabytes of each file, unless nothing is marked at all.

    Args:
        settings: The user's.
        cards: The models that are here.
        fingerprint_of: Tells a file's fingerprint; replaced in tests.
    """
    if not settings.model_marks:
        return {}
    known = {mark.fingerprint: mark for mark in settings.model_marks}
    keys = {card.reference: _key(card, fingerprint_of) for card in cards}
    return {reference: known[key] for reference, key in keys.items() if key in known}


def _key(card: ModelCard, fingerprint_of: Callable[[Path], str]) -> str:
    try:
        return mark_key(card, fingerprint_of=fingerprint_of)
    except ModelFileError:  # it went away a moment ago
        return ""


def _with(settings: Settings, mark: ModelMark) -> Settings:
    others = tuple(other for other in settings.model_marks if other.fingerprint != mark.fingerprint)
    is_blank = not mark.is_favourite and not mark.role
    marks = others if is_blank else (*others, mark)
    return msgspec.structs.replace(settings, model_marks=marks[-MOST_MARKS:])
