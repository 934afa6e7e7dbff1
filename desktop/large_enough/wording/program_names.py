"""Names the programs that keep models."""

from collections.abc import Mapping

from large_enough.domain.found_model import ModelApp
from large_enough.wording.translate import _

PROGRAM_NAMES: Mapping[ModelApp, str] = {
    ModelApp.LM_STUDIO: "LM Studio",
    ModelApp.HUGGING_FACE: "Hugging Face",
    ModelApp.LLAMA_CPP: "llama.cpp",
    ModelApp.JAN: "Jan",
    ModelApp.GPT4ALL: "GPT4All",
    ModelApp.OLLAMA: "Ollama",
    ModelApp.MSTY: "Msty",
}
"""As their makers write them, in every language; folders of the user's own have no such name."""


def keeper_text(app: ModelApp) -> str:
    """Return who keeps a model, for a column or a heading: "LM Studio", "models folder"."""
    if app is ModelApp.OWN:
        return _("models folder")
    if app is ModelApp.ADDED:
        return _("added by you")
    return PROGRAM_NAMES[app]
