"""Knows where programs that run language models keep them.

Each program is looked for at every place that it uses or used to use: what lies there can be used,
whether or not the program still looks there itself. Folders that need not exist cost one question
to the operating system each.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from large_enough.catalog.places.notes import (
    UnusableNoteError,
    line_after,
    read_note,
    text_in_json,
)
from large_enough.catalog.places.ollama import is_ollama_folder
from large_enough.catalog.places.place import Layout, Place
from large_enough.catalog.places.plain import is_model_name
from large_enough.catalog.places.whereabouts import MACOS, WINDOWS, Whereabouts
from large_enough.domain.found_model import OTHER_APPS, ModelApp


def known_places(user: Whereabouts) -> tuple[Place, ...]:
    """Return the places of all programs, those with telling file names first.

    Args:
        user: Whose programs.
    """
    return tuple(place for app in OTHER_APPS for place in _PLACES[app](user))


def own_place(folder: Path) -> Place:
    """Return the models folder as a place."""
    return Place(ModelApp.OWN, folder.absolute(), Layout.PLAIN)


def added_places(added: Iterable[str]) -> tuple[Place, ...]:
    """Return what the user added as places: folders, then single files.

    A folder laid out like Ollama's is read as such.

    Args:
        added: Paths of folders and files, which need not be there: a stick may not be plugged in.
            Those that are not absolute are left out.
    """
    paths = [Path(path).expanduser() for path in added]
    places = [Place(ModelApp.ADDED, path, _layout(path)) for path in paths if path.is_absolute()]
    return tuple(sorted(places, key=lambda place: place.layout is Layout.FILE))


def _layout(path: Path) -> Layout:
    """Return how to look at what was added; what is not there is known by its name."""
    if path.is_file() or (is_model_name(path.name) and not path.is_dir()):
        return Layout.FILE
    return Layout.OLLAMA if is_ollama_folder(path) else Layout.NAMED_BY_PATH


def _lm_studio(user: Whereabouts) -> Iterator[Place]:
    """Yield LM Studio's folders: moved ones, the new home, the old one.

    The home may be moved by a pointer file that holds its path, the folder of models by
    `downloadsFolder` in the settings.
    """
    homes = [
        user.absolute(_first_line(user.home / ".lmstudio-home-pointer")),
        user.home / ".lmstudio",
        user.home / ".cache" / "lm-studio",
    ]
    settings = [home for home in (*homes, user.config / "LM Studio") if home is not None]
    moved = [
        user.absolute(text_in_json(folder / "settings.json", "downloadsFolder"))
        for folder in settings
    ]
    usual = [home / "models" for home in homes if home is not None]
    yield from _each_once(ModelApp.LM_STUDIO, [*moved, *usual], Layout.NAMED_BY_PATH)


def _hugging_face(user: Whereabouts) -> Iterator[Place]:
    """Yield the Hub's caches, in the order of huggingface_hub's constants.py."""
    home = user.named("HF_HOME")
    xdg = user.named("XDG_CACHE_HOME")
    folders = [
        user.named("HF_HUB_CACHE"),
        user.named("HUGGINGFACE_HUB_CACHE"),
        home / "hub" if home else None,
        xdg / "huggingface" / "hub" if xdg else None,
        user.home / ".cache" / "huggingface" / "hub",
    ]
    yield from _each_once(ModelApp.HUGGING_FACE, folders, Layout.HUB)


def _llama_cpp(user: Whereabouts) -> Iterator[Place]:
    """Yield llama.cpp's caches (common/hf-cache.cpp; before 2026 fs_get_cache_directory)."""
    folders = [user.named("LLAMA_CACHE"), user.caches / "llama.cpp"]
    yield from _each_once(ModelApp.LLAMA_CPP, folders, Layout.HUB)


def _jan(user: Whereabouts) -> Iterator[Place]:
    """Yield the folders of models in Jan's data folders: a moved one, the usual, older ones."""
    settings = (user.data / "Jan", user.data / "jan.ai.app", user.config / "Jan")
    moved = [
        user.absolute(text_in_json(folder / "settings.json", "data_folder")) for folder in settings
    ]
    usual = [user.data / "Jan" / "data", user.config / "Jan" / "data", user.home / "jan"]
    bases = dict.fromkeys(base for base in (*moved, *usual) if base is not None)
    for base in bases:
        for folder in (base / "llamacpp" / "models", base / "models"):
            yield Place(ModelApp.JAN, folder, Layout.JAN, base)


def _gpt4all(user: Whereabouts) -> Iterator[Place]:
    """Yield GPT4All's folders: a moved one (its mysettings.cpp), the usual, its Python client's."""
    settings = user.config if user.platform == WINDOWS else user.home / ".config"
    folders = [
        user.absolute(line_after(settings / "nomic.ai" / "GPT4All.ini", "modelPath=")),
        user.local_data / "nomic.ai" / "GPT4All",
        user.home / ".cache" / "gpt4all",
    ]
    yield from _each_once(ModelApp.GPT4ALL, folders, Layout.NAMED_BY_PATH)


def _ollama(user: Whereabouts) -> Iterator[Place]:
    """Yield Ollama's folders: a moved one, the user's, those of the service on Linux."""
    folders = [user.named("OLLAMA_MODELS"), user.home / ".ollama" / "models"]
    if user.platform not in {WINDOWS, MACOS}:
        folders += [user.root / service for service in _OLLAMA_SERVICES]
    yield from _each_once(ModelApp.OLLAMA, folders, Layout.OLLAMA)


_OLLAMA_SERVICES = (
    "usr/share/ollama/.ollama/models",  # its own installer
    "var/lib/ollama/.ollama/models",
    "var/lib/ollama",  # packages of distributions
)


def _msty(user: Whereabouts) -> Iterator[Place]:
    """Yield Msty's folders: those of both its programs."""
    folders = [user.config / program / "models" for program in ("Msty", "MstyStudio")]
    yield from _each_once(ModelApp.MSTY, folders, Layout.OLLAMA)


_PLACES: Mapping[ModelApp, Callable[[Whereabouts], Iterator[Place]]] = {
    ModelApp.LM_STUDIO: _lm_studio,
    ModelApp.HUGGING_FACE: _hugging_face,
    ModelApp.LLAMA_CPP: _llama_cpp,
    ModelApp.JAN: _jan,
    ModelApp.GPT4ALL: _gpt4all,
    ModelApp.OLLAMA: _ollama,
    ModelApp.MSTY: _msty,
}


def _each_once(app: ModelApp, folders: Sequence[Path | None], layout: Layout) -> Iterator[Place]:
    known = dict.fromkeys(folder for folder in folders if folder is not None)
    yield from (Place(app, folder, layout) for folder in known)


def _first_line(path: Path) -> str:
    try:
        return read_note(path).decode("utf-8", "replace").strip().partition("\n")[0]
    except UnusableNoteError:
        return ""
