"""Makes the card of a scripted contender."""

from pathlib import Path

from large_enough.domain.echo_script import read_script
from large_enough.domain.model_card import BackendKind, ModelCard
from large_enough.domain.quantity import Unavailable

SCRIPT_SUFFIX = ".echo.json"
"""End of the names of script files."""

_SCRIPTED = Unavailable(reason="scripted, not a model")


def is_script(path: Path) -> bool:
    """Return whether the name is that of a script."""
    return path.name.lower().endswith(SCRIPT_SUFFIX)


def read_scripted_card(path: Path) -> ModelCard:
    """Read the script in a file, and make the card that stands for it among models.

    Raises:
        ModelFileError: The file is missing, cannot be read, or is no script.
    """
    script = read_script(path)
    parameter_count = script.parameter_count
    return ModelCard(
        path=str(path.absolute()),
        name=script.name,
        size_bytes=path.stat().st_size if script.size_bytes is None else script.size_bytes,
        backend=BackendKind.ECHO,
        architecture=script.architecture,
        parameter_count=_SCRIPTED if parameter_count is None else parameter_count,
        quantisation=script.quantisation or _SCRIPTED,
        context_length_tokens=script.context_length_tokens or _SCRIPTED,
        has_chat_template=script.has_chat_template,
        tokenizer=_SCRIPTED,
        licence=_SCRIPTED,
    )
