"""Finds the models here that the adapters here can be added to.

A model with an adapter is a contender of its own. Which model an adapter was made for stands in its
file, if at all, as a name; whether it can be added is settled by its shapes. So models that bear
the name come first, and others of the same shapes are only offered where there is none of these.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from large_enough.catalog.adapters import add_adapter
from large_enough.catalog.kinship import family_key, kin_of
from large_enough.catalog.scan import Scan
from large_enough.domain.errors import ErrorInfo, FailureKind, LargeEnoughError
from large_enough.domain.found_model import (
    AdaptedModel,
    AdapterCard,
    FoundAdapter,
    FoundModel,
    SetAside,
    WhyAside,
)
from large_enough.domain.model_card import BackendKind, ModelCard
from large_enough.domain.quantity import Unavailable

MOST_TRIES = 60
"""So many models are tried with one adapter at most: each try reads two headers."""

AddAdapter = Callable[[ModelCard, str], ModelCard]


class Adapted(NamedTuple):
    """What becomes of the adapters on the disk."""

    models: tuple[AdaptedModel, ...]
    """Models with an adapter added, in the order of the adapters."""
    apart: tuple[SetAside, ...]
    """What is set apart; of adapters only those that no model here takes, with the reason."""


def with_adapters(scan: Scan, *, add: AddAdapter = add_adapter) -> Adapted:
    """Add each adapter to the models that take it. Reads headers; loads nothing.

    Args:
        scan: What lies on the disk.
        add: Adds an adapter's file to a model; replaced in tests.
    """
    models: list[AdaptedModel] = []
    problems: dict[str, ErrorInfo | None] = {}
    for adapter in scan.adapters:
        taken, problem = _tried(adapter, scan.found, add)
        models.extend(taken)
        problems[adapter.card.path] = problem
    apart = (_explained(one, problems) for one in scan.apart)
    return Adapted(tuple(models), tuple(one for one in apart if one is not None))


def _explained(one: SetAside, problems: dict[str, ErrorInfo | None]) -> SetAside | None:
    """Return what is set apart, with why an adapter cannot be used; None if it can be."""
    if one.why is not WhyAside.ADAPTER or one.error.subject not in problems:
        return one
    problem = problems[one.error.subject]
    return None if problem is None else msgspec.structs.replace(one, error=problem)


def _tried(
    adapter: FoundAdapter, found: Sequence[FoundModel], add: AddAdapter
) -> tuple[list[AdaptedModel], ErrorInfo | None]:
    """Return the models with the adapter, or why there is none."""
    alike = [model for model in found if _may_take(model, adapter.card)]
    meant = [model for model in alike if _is_meant(model.card, adapter.card.base_model)]
    taken, problem = _added(adapter, meant, add, is_meant=True)
    if taken:
        return taken, None
    others = [model for model in alike if model not in meant]
    taken, problem_of_others = _added(adapter, others, add, is_meant=False)
    if taken:
        return taken, None
    return [], problem or _missing(adapter.card, problem_of_others)


def _may_take(model: FoundModel, adapter: AdapterCard) -> bool:
    is_plain = model.card.backend is BackendKind.LLAMA and not model.is_repeat
    return is_plain and model.card.architecture == adapter.architecture


def _is_meant(card: ModelCard, base_model: str | Unavailable) -> bool:
    """Return whether a model bears the name of the one that an adapter was made for."""
    if isinstance(base_model, Unavailable):
        return False
    meant, known = kin_of(base_model), kin_of(card.name)
    is_family = family_key(meant.family) == family_key(known.family)
    return is_family and (meant.size_label, meant.variant) == (known.size_label, known.variant)


def _added(
    adapter: FoundAdapter, models: Sequence[FoundModel], add: AddAdapter, *, is_meant: bool
) -> tuple[list[AdaptedModel], ErrorInfo | None]:
    """Return the models that take the adapter, and why the first one does not, if it does not."""
    taken: list[AdaptedModel] = []
    problem: ErrorInfo | None = None
    for model in models[:MOST_TRIES]:
        try:
            card = add(model.card, adapter.card.path)
        except LargeEnoughError as error:
            problem = problem or error.info
            continue
        base_model = adapter.card.base_model
        taken.append(
            AdaptedModel(
                found=_found_with(model, card, adapter), base_model=base_model, is_meant=is_meant
            )
        )
    return taken, problem


def _found_with(model: FoundModel, card: ModelCard, adapter: FoundAdapter) -> FoundModel:
    return msgspec.structs.replace(
        model,
        card=card,
        app=adapter.app,
        shown_name=card.name,
        paths=(*model.paths, adapter.card.path),
        modified_utc=adapter.modified_utc,
        twins=(),
    )


def _missing(adapter: AdapterCard, problem: ErrorInfo | None) -> ErrorInfo:
    """Return why an adapter is of no use: its model is not here, or none that is here takes it."""
    if isinstance(adapter.base_model, Unavailable):
        if problem is not None:
            return problem
        return ErrorInfo(kind=FailureKind.BASE_MODEL_MISSING, subject=adapter.path)
    return ErrorInfo(
        kind=FailureKind.BASE_MODEL_MISSING,
        subject=adapter.path,
        facts={"base": adapter.base_model},
    )
