"""Keeps what the user chose: one small JSON file, read with suspicion, replaced in one step."""

import contextlib
from pathlib import Path
from typing import Literal

import msgspec

from large_enough.resources.files import replace_file

SCHEMA_VERSION = 1
"""Changes when a field changes its meaning."""
FILE_NAME = "settings.json"
"""Name of the file in the user's configuration folder."""
BROKEN_SUFFIX = ".broken"
"""Added to the name of a file that could not be understood; the newest one is kept."""

_LONGEST_FILE_BYTES = 1 << 20


class AskingChoices(msgspec.Struct, frozen=True, kw_only=True):
    """How models are asked, as far as the user chose it; None means the usual value.

    What the values mean, and which are possible, is known to `comparison.asking_settings`.
    """

    system: str = ""
    """System message; empty for the one that belongs to the question, if there is one."""
    max_tokens: int | None = None
    """An answer is cut after this many tokens."""
    temperature: float | None = None
    top_k: int | None = None
    top_p: float | None = None
    min_p: float | None = None
    repeat_penalty: float | None = None
    seed: int | None = None
    context_tokens: int | None = None
    """Tokens of prompt and answer together."""
    gpu_layers: int | None = None
    """-1 for all."""
    cache_type: str | None = None
    """A value of `domain.generation.CacheType`."""
    thread_count: int | None = None
    """None lets the core budget decide."""
    thinking: bool | None = None
    """None leaves the choice to the model."""
    is_completion: bool = False
    """Whether the text is continued as it is: for base models."""


class ModelMark(msgspec.Struct, frozen=True, kw_only=True):
    """What the user chose for one model file, wherever it lies."""

    fingerprint: str
    """Of the file, and of the adapter that is added (`comparison.model_marks.mark_key`)."""
    name: str = ""
    """Its name when it was marked, for people who look into the file."""
    is_favourite: bool = False
    """Whether it is shown first."""
    role: str = ""
    """A value of `comparison.model_marks.ModelRole`; empty for none."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is remembered from one start to the next."""

    schema_version: int = SCHEMA_VERSION
    """Version of this record's meaning."""
    models_dir: str | None = None
    """Folder of model files; None for the usual one."""
    added_models: tuple[str, ...] = ()
    """Paths of model files, and of folders of them, that were added from elsewhere."""
    left_out_apps: tuple[str, ...] = ()
    """Values of `domain.found_model.ModelApp`: programs whose models are not looked for."""
    hub_address: str | None = None
    """Address of a mirror of the Hugging Face Hub; None for the environment's or the hub itself."""
    theme: Literal["system", "light", "dark"] = "system"
    """Colours of the window."""
    projector: bool = False
    """Whether everything is shown large and of high contrast."""
    language: str | None = None
    """Language code such as "de"; None follows the environment."""
    last_contenders: tuple[str, ...] = ()
    """Paths of the models that were compared last, A first."""
    model_marks: tuple[ModelMark, ...] = ()
    """Favourites and roles of models."""
    mode: str = "measured"
    """A value of `domain.round.Mode`; one that is not known means the usual mode."""
    estimate_energy: bool = False
    """Whether energy is estimated from processor time where nothing measures it."""
    price_per_kwh: float | None = None
    """The user's price of a kWh; None for no cost."""
    currency: str = "EUR"
    """Money of that price."""
    price_source: str = ""
    """Where the price is from, in the user's words."""
    grid_g_per_kwh: float | None = None
    """Grams of CO2 for a kWh of the user's grid; None for no CO2."""
    grid_source: str = ""
    """Where that is from, in the user's words."""
    asking: AskingChoices = AskingChoices()
    """How models are asked."""
    window_geometry: str | None = None
    """Size and place of the window as Qt saves them, in base64; None before the first time."""


def load_settings(folder: Path) -> tuple[Settings, str | None]:
    """Read the settings; a damaged file is kept aside and the defaults hold.

    Args:
        folder: The user's configuration folder; it need not exist.

    Returns:
        The settings, and the technical cause if the file could not be used, else None.
    """
    path = folder / FILE_NAME
    try:
        return _decode(_read(path)), None
    except FileNotFoundError:
        return Settings(), None
    except OSError as error:
        return Settings(), f"{path}: {error.strerror or error}"
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        with contextlib.suppress(OSError):
            path.replace(path.with_name(FILE_NAME + BROKEN_SUFFIX))
        return Settings(), f"{path}: {error}"


def save_settings(folder: Path, settings: Settings) -> None:
    """Write the settings so that a crash leaves either the old file or the new one.

    Args:
        folder: The user's configuration folder; made if it is not there.
        settings: What to keep.

    Raises:
        OSError: The folder cannot be made or the file cannot be written.
    """
    text = msgspec.json.format(msgspec.json.encode(settings), indent=2) + b"\n"
    replace_file(folder, FILE_NAME, text)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_LONGEST_FILE_BYTES)


def _decode(text: bytes) -> Settings:
    settings = msgspec.json.decode(text, type=Settings)
    if settings.schema_version != SCHEMA_VERSION:
        problem = f"schema version {settings.schema_version} instead of {SCHEMA_VERSION}"
        raise msgspec.ValidationError(problem)
    return settings
