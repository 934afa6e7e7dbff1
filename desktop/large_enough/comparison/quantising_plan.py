"""Settles what quantising a model will give, before it is done."""

import dataclasses
import shutil
from pathlib import Path
from typing import NamedTuple

from large_enough.catalog.disk_room import existing_folder
from large_enough.catalog.fetch import SPARE_BYTES
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.model_card import BackendKind, ModelCard
from large_enough.domain.quantising import SizeForecast
from large_enough.domain.text import to_translate
from large_enough.gguf.mixtures import QUANTISE_TYPES
from large_enough.gguf.names import quantised_file_name
from large_enough.gguf.size_forecast import forecast_size
from large_enough.gguf.split import read_model


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class QuantisingPlan:
    """One copy that is to be made."""

    parent: ModelCard
    """The model it is made from."""
    forecast: SizeForecast
    """What it will be like."""
    target_path: Path
    """Where it will lie."""

    @property
    def is_requantised(self) -> bool:
        """Whether the parent is quantised, too, so that its weights are rounded a second time."""
        return self.forecast.twice_rounded_share > 0

    @property
    def is_larger(self) -> bool:
        """Whether the copy takes more room than its parent, which it cannot be better than."""
        return self.forecast.size_bytes > self.parent.size_bytes


class QuantisingOffer(NamedTuple):
    """What can be made of a model, and the room there is for it."""

    plans: tuple[QuantisingPlan, ...]
    """The largest first."""
    present: frozenset[str]
    """Names of the types of which a file is there already."""
    free_bytes: int
    """On the disk of the models folder, without what must stay free."""


def plan_quantising(parent: ModelCard, type_name: str, folder: Path) -> QuantisingPlan:
    """Settle what a copy will be like. Reads the parent's header, writes nothing.

    Args:
        parent: The model.
        type_name: One of `mixtures.QUANTISE_TYPES`, in any case.
        folder: The models folder, where the copy will lie.

    Raises:
        RequestError: There is no such type, or the model cannot be quantised to it.
        ModelFileError: The model's file cannot be read.
    """
    known = type_name.upper()
    if known not in QUANTISE_TYPES:
        raise _unsuitable(type_name, to_translate("there is no such type"))
    if parent.backend is not BackendKind.LLAMA:
        problem = to_translate("a scripted model has no weights to quantise")
        raise RequestError(FailureKind.BAD_SETTING, parent.name, problem=problem)
    if parent.quantisation == known:
        raise _unsuitable(known, to_translate("the model is of that type already"))
    path = Path(parent.path)
    return QuantisingPlan(
        parent=parent,
        forecast=forecast_size(read_model(path).header, known),
        target_path=folder.absolute() / quantised_file_name(path.name, known),
    )


def possible_plans(parent: ModelCard, folder: Path) -> tuple[QuantisingPlan, ...]:
    """Settle what all copies of a model would be like, the largest first.

    Args:
        parent: The model.
        folder: The models folder, where copies will lie.

    Raises:
        RequestError: The model cannot be quantised at all.
        ModelFileError: The model's file cannot be read.
    """
    plans: list[QuantisingPlan] = []
    problem: RequestError | None = None
    for type_name in QUANTISE_TYPES:
        try:
            plans.append(plan_quantising(parent, type_name, folder))
        except RequestError as error:
            problem = error
    if not plans and problem is not None:
        raise problem
    return tuple(plans)


def quantising_offer(parent: ModelCard, folder: Path) -> QuantisingOffer:
    """Find out what can be made of a model and what there is room for.

    Args:
        parent: The model.
        folder: The models folder; need not exist.

    Raises:
        RequestError: The model cannot be quantised at all.
        ModelFileError: The model's file cannot be read.
    """
    plans = possible_plans(parent, folder)
    present = (plan.forecast.type_name for plan in plans if plan.target_path.exists())
    free_bytes = shutil.disk_usage(existing_folder(folder.absolute())).free
    return QuantisingOffer(plans, frozenset(present), max(0, free_bytes - SPARE_BYTES))


def _unsuitable(type_name: str, problem: str) -> RequestError:
    allowed = ", ".join(name for name in QUANTISE_TYPES if name != type_name)
    return RequestError(FailureKind.BAD_SETTING, type_name, problem=problem, allowed=allowed)
