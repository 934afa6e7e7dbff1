"""Lays models out on a disk as other programs do."""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.helpers.gguf_files import RawGguf, number_key, tensor, text_key

MODEL_TYPE = "application/vnd.ollama.image.model"
PROJECTOR_TYPE = "application/vnd.ollama.image.projector"
ADAPTER_TYPE = "application/vnd.ollama.image.adapter"
MANIFEST_TYPE = "application/vnd.docker.distribution.manifest.v2+json"
LIST_TYPE = "application/vnd.ollama.manifest.list.v2+json"
REVISION = "0123456789abcdef0123456789abcdef01234567"


def model_bytes(
    name: str = "", *, architecture: str = "llama", more: Sequence[bytes] = ()
) -> bytes:
    """Return a small model; different names make different files.

    Args:
        name: `general.name`; empty for none.
        architecture: `general.architecture`.
        more: Further keys.
    """
    keys = [text_key("general.architecture", architecture), *more]
    keys += [text_key("general.name", name)] if name else []
    return RawGguf(keys=keys, tensors=[tensor("output.weight", [8])], data=bytes(32)).build()


def adapter_bytes(base: str = "Llama 3 8B") -> bytes:
    """Return a small adapter."""
    keys = [
        text_key("general.type", "adapter"),
        text_key("adapter.type", "lora"),
        text_key("general.base_model.0.name", base),
    ]
    return model_bytes("Pirate", more=keys)


def projector_bytes() -> bytes:
    """Return a small projector."""
    return model_bytes("Eye", architecture="clip")


def part_bytes(number: int, count: int, name: str = "Split") -> bytes:
    """Return a part of a split model.

    Args:
        number: From 0.
        count: Of all parts.
        name: Of the model.
    """
    facts = [number_key("split.no", number), number_key("split.count", count)]
    keys = [text_key("general.architecture", "llama"), text_key("general.name", name), *facts]
    lines = [tensor(f"t{number}", [8])]
    return RawGguf(keys=keys, tensors=lines, data=bytes(32)).build()


def write(path: Path, content: bytes | str) -> Path:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@dataclass(frozen=True, slots=True)
class OllamaStore:
    """A folder of models as Ollama has it."""

    folder: Path

    def blob(self, content: bytes) -> str:
        """Write a blob; return its digest."""
        hexadecimal = hashlib.sha256(content).hexdigest()
        write(self.folder / "blobs" / f"sha256-{hexadecimal}", content)
        return f"sha256:{hexadecimal}"

    def blob_path(self, digest: str) -> Path:
        """Return where a blob lies."""
        return self.folder / "blobs" / digest.replace(":", "-")

    def manifest(self, *layers: tuple[str, bytes], **more: Any) -> dict[str, Any]:
        """Write the blobs of a model; return its manifest."""
        listed = [
            {"mediaType": kind, "digest": self.blob(content), "size": len(content)}
            for kind, content in layers
        ]
        return {"schemaVersion": 2, "mediaType": MANIFEST_TYPE, "layers": listed, **more}

    def note(
        self,
        manifest: object,
        name: str = "registry.ollama.ai/library/tiny/latest",
        folder: str = "manifests",
    ) -> Path:
        """Write a manifest under its name."""
        return write(self.folder / folder / name, json.dumps(manifest))

    def link(self, manifest: object, name: str = "registry.ollama.ai/library/tiny/latest") -> Path:
        """Write a manifest as a blob, and link its name to it, as newer versions do."""
        blob = self.blob_path(self.blob(json.dumps(manifest).encode()))
        path = self.folder / "manifests-v2" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(os.path.relpath(blob, path.parent))
        return path


@dataclass(frozen=True, slots=True)
class HubRepository:
    """A repository in the cache of the Hugging Face Hub."""

    cache: Path
    name: str = "someone/tiny-GGUF"
    revision: str = REVISION
    links: bool = True

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.cache / f"models--{self.name.replace('/', '--')}"

    def add(self, file: str, content: bytes) -> Path:
        """Add a file; return its path in the snapshot."""
        path = self.folder / "snapshots" / self.revision / file
        if not self.links:
            return write(path, content)
        blob = write(self.folder / "blobs" / hashlib.sha256(content).hexdigest(), content)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(os.path.relpath(blob, path.parent))
        return path

    def point(self, revision: str | None = None) -> Path:
        """Let refs/main name a revision: this one unless another is given."""
        return write(self.folder / "refs" / "main", self.revision if revision is None else revision)


@dataclass(frozen=True, slots=True)
class JanFolder:
    """Jan's data folder."""

    data: Path
    models: str = "llamacpp/models"

    def add(self, identifier: str, content: bytes, note: Mapping[str, str] | None = None) -> Path:
        """Add a model with its note; return the path of the model."""
        path = write(self.data / self.models / identifier / "model.gguf", content)
        usual = {"model_path": f"{self.models}/{identifier}/model.gguf", "name": identifier}
        self.note(identifier, usual if note is None else note)
        return path

    def note(self, identifier: str, values: Mapping[str, str]) -> Path:
        """Write a note."""
        lines = "".join(f"{key}: {value}\n" for key, value in values.items())
        return write(self.data / self.models / identifier / "model.yml", lines)


@dataclass(frozen=True, slots=True)
class Home:
    """A user's home on Linux, with the programs' usual folders in it."""

    folder: Path
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def lm_studio(self) -> Path:
        """LM Studio's models."""
        return self.folder / ".lmstudio" / "models"

    @property
    def hub(self) -> Path:
        """The Hub's cache."""
        return self.folder / ".cache" / "huggingface" / "hub"

    @property
    def llama_cpp(self) -> Path:
        """llama.cpp's older cache."""
        return self.folder / ".cache" / "llama.cpp"

    @property
    def jan(self) -> JanFolder:
        """Jan's data."""
        return JanFolder(self.folder / ".local" / "share" / "Jan" / "data")

    @property
    def gpt4all(self) -> Path:
        """GPT4All's models."""
        return self.folder / ".local" / "share" / "nomic.ai" / "GPT4All"

    @property
    def ollama(self) -> OllamaStore:
        """Ollama's models."""
        return OllamaStore(self.folder / ".ollama" / "models")

    @property
    def msty(self) -> OllamaStore:
        """Msty's models."""
        return OllamaStore(self.folder / ".config" / "Msty" / "models")
