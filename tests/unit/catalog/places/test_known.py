import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.app_layouts import OllamaStore, model_bytes, write

from large_enough.catalog.places.known import added_places, known_places, own_place
from large_enough.catalog.places.place import Layout
from large_enough.catalog.places.whereabouts import Whereabouts
from large_enough.domain.found_model import ModelApp

FoldersOf = Callable[..., list[str]]


@pytest.fixture
def folders_of(tmp_path: Path) -> FoldersOf:
    """Return the folders of a program below the home or the root, as relative paths."""

    def folders(app: ModelApp, platform: str = "linux", **environ: str) -> list[str]:
        user = Whereabouts(environ, tmp_path / "home", platform, tmp_path / "root")
        places = [place for place in known_places(user) if place.app is app]
        return [
            place.folder.relative_to(tmp_path).as_posix()
            if place.folder.is_relative_to(tmp_path)
            else place.folder.as_posix()
            for place in places
        ]

    return folders


def test_programs_with_telling_file_names_come_first(tmp_path: Path) -> None:
    user = Whereabouts({}, tmp_path, "linux")
    apps = list(dict.fromkeys(place.app for place in known_places(user)))
    assert apps[0] is ModelApp.LM_STUDIO
    assert apps.index(ModelApp.HUGGING_FACE) < apps.index(ModelApp.OLLAMA)
    assert set(apps) == set(ModelApp) - {ModelApp.OWN, ModelApp.ADDED}


def test_lm_studio(folders_of: FoldersOf, tmp_path: Path) -> None:
    usual = ["home/.lmstudio/models", "home/.cache/lm-studio/models"]
    assert folders_of(ModelApp.LM_STUDIO) == usual
    write(tmp_path / "home/.lmstudio-home-pointer", f"{tmp_path / 'moved'}\n")
    assert folders_of(ModelApp.LM_STUDIO) == ["moved/models", *usual]
    settings = json.dumps({"downloadsFolder": str(tmp_path / "disk")})
    write(tmp_path / "moved/settings.json", settings)
    assert folders_of(ModelApp.LM_STUDIO) == ["disk", "moved/models", *usual]


@pytest.mark.parametrize("pointer", ["", "relative/path", "/a\0b", "\xff\n/elsewhere", "x" * 9000])
def test_a_pointer_that_makes_no_sense_is_not_followed(
    folders_of: FoldersOf, tmp_path: Path, pointer: str
) -> None:
    write(tmp_path / "home/.lmstudio-home-pointer", pointer.encode("latin-1"))
    write(tmp_path / "home/.lmstudio/settings.json", '{"downloadsFolder": ["/x"]}')
    assert len(folders_of(ModelApp.LM_STUDIO)) == 2


def test_lm_studio_on_windows_and_macos(folders_of: FoldersOf, tmp_path: Path) -> None:
    for platform, settings in (
        ("win32", "home/AppData/Roaming"),
        ("darwin", "home/Library/Application Support"),
    ):
        content = json.dumps({"downloadsFolder": str(tmp_path / platform)})
        write(tmp_path / settings / "LM Studio/settings.json", content)
        assert folders_of(ModelApp.LM_STUDIO, platform)[0] == platform


def test_the_hub_in_the_order_of_its_variables(folders_of: FoldersOf) -> None:
    usual = "home/.cache/huggingface/hub"
    assert folders_of(ModelApp.HUGGING_FACE) == [usual]
    assert folders_of(
        ModelApp.HUGGING_FACE,
        XDG_CACHE_HOME="/xdg",
        HF_HOME="/hf",
        HUGGINGFACE_HUB_CACHE="/older",
        HF_HUB_CACHE="/newer",
    ) == ["/newer", "/older", "/hf/hub", "/xdg/huggingface/hub", usual]
    assert folders_of(ModelApp.HUGGING_FACE, HF_HOME="~/hf") == ["home/hf/hub", usual]
    assert folders_of(ModelApp.HUGGING_FACE, HF_HOME="relative") == [usual]


def test_llama_cpp(folders_of: FoldersOf) -> None:
    app = ModelApp.LLAMA_CPP
    assert folders_of(app, LLAMA_CACHE="/cache") == ["/cache", "home/.cache/llama.cpp"]
    assert folders_of(app, "darwin") == ["home/Library/Caches/llama.cpp"]
    assert folders_of(app, "win32") == ["home/AppData/Local/llama.cpp"]


def test_jan(folders_of: FoldersOf, tmp_path: Path) -> None:
    assert folders_of(ModelApp.JAN) == [
        "home/.local/share/Jan/data/llamacpp/models",
        "home/.local/share/Jan/data/models",
        "home/.config/Jan/data/llamacpp/models",
        "home/.config/Jan/data/models",
        "home/jan/llamacpp/models",
        "home/jan/models",
    ]
    first = {
        "darwin": "home/Library/Application Support/Jan/data/llamacpp/models",
        "win32": "home/AppData/Roaming/Jan/data/llamacpp/models",
    }
    for platform, folder in first.items():
        assert folders_of(ModelApp.JAN, platform)[0] == folder
    moved = json.dumps({"data_folder": str(tmp_path / "moved")})
    write(tmp_path / "home/.local/share/Jan/settings.json", moved)
    assert folders_of(ModelApp.JAN)[0] == "moved/llamacpp/models"


def test_gpt4all(folders_of: FoldersOf, tmp_path: Path) -> None:
    app = ModelApp.GPT4ALL
    client = "home/.cache/gpt4all"
    assert folders_of(app) == ["home/.local/share/nomic.ai/GPT4All", client]
    assert folders_of(app, "win32") == ["home/AppData/Local/nomic.ai/GPT4All", client]
    mac = "home/Library/Application Support/nomic.ai/GPT4All"
    assert folders_of(app, "darwin") == [mac, client]
    settings = f"[General]\nmodelPath={tmp_path / 'moved'}/\n"
    write(tmp_path / "home/.config/nomic.ai/GPT4All.ini", settings)
    assert folders_of(app)[0] == "moved"


def test_ollama(folders_of: FoldersOf) -> None:
    app = ModelApp.OLLAMA
    assert folders_of(app, OLLAMA_MODELS="/moved") == [
        "/moved",
        "home/.ollama/models",
        "root/usr/share/ollama/.ollama/models",
        "root/var/lib/ollama/.ollama/models",
        "root/var/lib/ollama",
    ]
    assert folders_of(app, "darwin") == folders_of(app, "win32") == ["home/.ollama/models"]


def test_msty(folders_of: FoldersOf) -> None:
    app = ModelApp.MSTY
    assert folders_of(app) == ["home/.config/Msty/models", "home/.config/MstyStudio/models"]
    assert folders_of(app, "win32")[0] == "home/AppData/Roaming/Msty/models"
    mac = "home/Library/Application Support/MstyStudio/models"
    assert folders_of(app, "darwin")[1] == mac


def test_folders_of_the_user(tmp_path: Path) -> None:
    OllamaStore(tmp_path / "store").note({})
    (tmp_path / "store" / "blobs").mkdir()
    plain, store = str(tmp_path / "plain"), str(tmp_path / "store")
    places = added_places([plain, store, "relative", ""])
    assert [place.app for place in places] == [ModelApp.ADDED] * 2
    assert [place.layout for place in places] == [Layout.NAMED_BY_PATH, Layout.OLLAMA]
    assert own_place(Path("here")).folder == Path.cwd() / "here"


def test_single_files_that_the_user_added(tmp_path: Path) -> None:
    model = write(tmp_path / "any-name", model_bytes())
    folder = tmp_path / "folder.gguf"
    folder.mkdir()
    gone = tmp_path / "stick" / "gone.gguf"
    places = added_places(map(str, (model, gone, folder, tmp_path / "stick")))
    layouts = {place.folder: place.layout for place in places}
    assert layouts[model] is layouts[gone] is Layout.FILE
    assert layouts[folder] is layouts[tmp_path / "stick"] is Layout.NAMED_BY_PATH
    assert [place.layout for place in places][-2:] == [Layout.FILE] * 2
