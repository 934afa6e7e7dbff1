"""Finds the model of a repository that a person means."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from large_enough.catalog.repository import HubFile, Listing
from large_enough.catalog.safe_names import is_repository
from large_enough.domain.errors import FailureKind, RequestError

MOST_NAMED = 12
"""More candidates are not listed in a sentence."""

_PART = re.compile(r"(?P<prefix>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf", re.IGNORECASE)
_QUANTISATION = re.compile(
    r"(?<![A-Za-z0-9])(I?Q\d+(_\d+)*(_K)?(_(XXS|XS|S|M|L|XL|XXL|NL))?|TQ\d_\d|MXFP4|BF16|FP?(16|32))"
    r"(?![A-Za-z0-9_])",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(https?://)?(www\.)?(huggingface\.co|hf\.co)/(?P<owner>[^/?#]+)/(?P<name>[^/?#]+)",
    re.IGNORECASE,
)
_HELPERS = re.compile(r"mmproj|imatrix", re.IGNORECASE)


class Wish(NamedTuple):
    """What was typed: OWNER/REPO or OWNER/REPO:FILE-or-QUANTISATION."""

    repository: str
    wanted: str
    """A file, a part of its name or a quantisation; empty for whatever there is."""


class HubModel(NamedTuple):
    """One model of a repository, however many files it is split over."""

    path: str
    """Of its file, or of the first part."""
    files: tuple[HubFile, ...]
    """All parts in their order."""

    @property
    def name(self) -> str:
        """Its file's name without folders."""
        return self.path.rpartition("/")[2]

    @property
    def size_bytes(self) -> int:
        """Of all files together."""
        return sum(file.size_bytes for file in self.files)

    @property
    def quantisation(self) -> str:
        """As the name has it, in capitals; empty if it has none."""
        found = list(_QUANTISATION.finditer(self.name))
        return found[-1][0].upper() if found else ""


def wish_of(text: str) -> Wish | None:
    """Return which repository is meant; None if the text does not name one."""
    repository, _, wanted = text.partition(":")
    return Wish(repository, wanted.strip()) if is_repository(repository) else None


def pasted(text: str) -> str:
    """Return OWNER/REPO out of the address of its page, and any other text as it is."""
    match = _PAGE.match(text.strip())
    return f"{match['owner']}/{match['name']}" if match else text.strip()


def models_of(listing: Listing) -> tuple[HubModel, ...]:
    """Return the models of a repository; one that lacks parts is left out."""
    groups: dict[tuple[str, int], dict[int, HubFile]] = {}
    for file in listing.files:
        match = _PART.fullmatch(file.path)
        key = (match["prefix"], int(match["count"])) if match else (file.path, 1)
        groups.setdefault(key, {})[int(match["number"]) if match else 1] = file
    models = [
        HubModel(parts[1].path, tuple(parts[number] for number in range(1, count + 1)))
        for (_, count), parts in groups.items()
        if len(parts) == count and min(parts) == 1 and max(parts) == count
    ]
    return tuple(sorted(models, key=lambda model: (model.size_bytes, model.path)))


def matching(models: Sequence[HubModel], wanted: str) -> tuple[HubModel, ...]:
    """Return the models that fit: by path or name, else by quantisation, else by a part of it.

    What helps another model (projectors, statistics) only fits by its own name.
    """
    lowered = wanted.lower().removesuffix(".gguf")
    named = [model for model in models if lowered in _names(model)]
    usual = [model for model in models if not _HELPERS.search(model.name)]
    if not wanted:
        return tuple(usual)
    quantised = [model for model in usual if model.quantisation.lower() == lowered]
    part = [model for model in usual if lowered in model.path.lower()]
    return tuple(named or quantised or part)


def the_one(listing: Listing, wanted: str) -> HubModel:
    """Return the only model that fits.

    Raises:
        RequestError: None fits (`NO_SUCH_WEIGHTS`), or several do (`SEVERAL_WEIGHTS`).
    """
    models = models_of(listing)
    fitting = matching(models, wanted)
    if len(fitting) == 1:
        return fitting[0]
    facts = {"wanted": wanted} if wanted else {}
    if not fitting:
        if models:
            facts["candidates"] = _listed(models)
        raise RequestError(FailureKind.NO_SUCH_WEIGHTS, listing.repository, **facts)
    example = f"{listing.repository}:{fitting[0].name}"
    raise RequestError(
        FailureKind.SEVERAL_WEIGHTS,
        listing.repository,
        candidates=_listed(fitting),
        example=example,
    )


def _names(model: HubModel) -> tuple[str, ...]:
    return tuple(text.lower().removesuffix(".gguf") for text in (model.path, model.name))


def _listed(models: Sequence[HubModel]) -> str:
    more = ["…"] if len(models) > MOST_NAMED else []
    return ", ".join([*(model.name for model in models[:MOST_NAMED]), *more])
