"""What a look at the disk brings: models, adapters, and files that are set aside."""

import enum

import msgspec

from large_enough.domain.errors import ErrorInfo
from large_enough.domain.model_card import ModelCard
from large_enough.domain.quantity import Count, Quantity, Unavailable


class ModelApp(enum.StrEnum):
    """Who keeps a model on this disk."""

    OWN = "own"
    """We do: it lies in the models folder."""
    ADDED = "added"
    """The user does, as a file or in a folder that was added by hand."""
    LM_STUDIO = "lm_studio"
    HUGGING_FACE = "hugging_face"
    """The cache of the Hugging Face Hub, which many programs share."""
    LLAMA_CPP = "llama_cpp"
    JAN = "jan"
    GPT4ALL = "gpt4all"
    OLLAMA = "ollama"
    MSTY = "msty"


OTHER_APPS = tuple(app for app in ModelApp if app not in {ModelApp.OWN, ModelApp.ADDED})
"""Programs other than this one, in the order in which they are looked at: of several copies of a
model, the first that is met is offered. So those with telling file names come before those that
name files by checksum."""


class WhyAside(enum.StrEnum):
    """Why a file is not offered as a model."""

    ADAPTER = "adapter"
    """It changes another model; it is listed on its own as well, as a `FoundAdapter`."""
    EMBEDDING = "embedding"
    """It turns text into numbers."""
    PROJECTOR = "projector"
    """It lets another model see or hear."""
    STATISTICS = "statistics"
    """It holds what was observed for quantising another model."""
    VOCABULARY = "vocabulary"
    """It holds no weights."""
    DRAFT = "draft"
    """It only drafts words for another model."""
    OTHER_KIND = "other_kind"
    """It makes pictures or sound, or works in a way that this program does not run."""
    UNFINISHED = "unfinished"
    """Its download has not ended."""
    LATER_PART = "later_part"
    """It is a part of a split model, and not the first."""
    PART_MISSING = "part_missing"
    """Another part of the same model is not there."""
    DAMAGED = "damaged"
    """It is cut off, makes no sense, or is no model file at all."""
    MISSING = "missing"
    """A link or a note of another program leads to it, and nothing is there."""
    UNREADABLE = "unreadable"
    """It may not be read, or a folder may not."""


class AdapterCard(msgspec.Struct, frozen=True, kw_only=True):
    """What the header of an adapter says: weights that are added to those of another model."""

    path: str
    """Absolute path of the file."""
    name: str
    """Name to show."""
    size_bytes: int
    """Size on disk."""
    architecture: str | Unavailable
    """`general.architecture`: that of the models it fits."""
    method: str | Unavailable
    """`adapter.type`, for example "lora"."""
    alpha: Quantity
    """`adapter.lora.alpha`: the strength it was trained with, no unit."""
    base_model: str | Unavailable
    """`general.base_model.0.name`: the model it was trained on."""


class Twin(msgspec.Struct, frozen=True, kw_only=True):
    """Another place at which the same model lies."""

    path: str
    """Absolute path of its (first) file."""
    app: ModelApp
    """Who keeps it there."""
    shown_name: str
    """Its name there."""
    is_same_file: bool
    """Whether it is a link to the same file, and takes no room of its own; else it is a copy."""


class FoundModel(msgspec.Struct, frozen=True, kw_only=True):
    """One model at one place of the disk."""

    card: ModelCard
    """What its header says; `size_bytes` and `part_count` are those of all its parts."""
    app: ModelApp
    """Who keeps it."""
    shown_name: str
    """The name that this program shows for it, for example "qwen3:4b" in Ollama."""
    paths: tuple[str, ...]
    """Absolute paths of all its files, the one to load first."""
    modified_utc: str | Unavailable
    """When its (first) file was last written, as ISO 8601 in UTC."""
    adapter_paths: tuple[str, ...] = ()
    """Adapters that `app` puts on it; without them it is the base model only, whatever its name."""
    twins: tuple[Twin, ...] = ()
    """The other places of the same model."""
    is_repeat: bool = False
    """Whether another place of the same model was met before this one."""


class FoundAdapter(msgspec.Struct, frozen=True, kw_only=True):
    """One adapter on the disk."""

    card: AdapterCard
    """What its header says."""
    app: ModelApp
    """Who keeps it."""
    shown_name: str
    """The name that this program shows for it, or for the model that it makes."""
    modified_utc: str | Unavailable
    """When it was last written, as ISO 8601 in UTC."""


class AdaptedModel(msgspec.Struct, frozen=True, kw_only=True):
    """A model with an adapter added: a contender of its own."""

    found: FoundModel
    """The model, its card with the adapter; `app` and `modified_utc` are those of the adapter."""
    base_model: str | Unavailable
    """Name of the model that the adapter was made for."""
    is_meant: bool
    """Whether the model bears that name; if not, it merely takes the adapter's shapes."""


class SetAside(msgspec.Struct, frozen=True, kw_only=True):
    """A file or folder that is not offered, with the reason."""

    app: ModelApp
    """Who keeps it."""
    why: WhyAside
    """In one word, to group them by."""
    error: ErrorInfo
    """In full: `wording.failures.explain` makes a sentence of it."""
    size_bytes: Count
    """Size on disk."""
    shown_name: str = ""
    """Its name in the program that keeps it; empty if it has none but the file's."""
