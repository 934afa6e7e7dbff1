"""Writes small wheels and source archives, good ones and bad ones."""

import io
import os
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from large_enough.catalog.sources import WheelsSource


def write_wheel(
    folder: Path, package: str, members: Mapping[str, bytes], version: str = "1.0"
) -> Path:
    """Write a wheel that pip accepts."""
    name = package.replace("-", "_")
    info = f"{name}-{version}.dist-info"
    described = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": "",
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
        for member, text in described.items():
            archive.writestr(member, text)
    return path


def write_wheels(folder: Path, source: WheelsSource, content: bytes) -> list[Path]:
    """Write all wheels of a source."""
    return [
        write_wheel(
            folder,
            part.package,
            {
                f"{part.package.replace('-', '_')}/__init__.py": b"raise SystemExit('imported')",
                part.member: content[part.start_bytes : part.end_bytes],
            },
            part.version,
        )
        for part in source.parts
    ]


def write_source_archive(folder: Path, package: str, marker: Path) -> None:
    """Write a source archive whose building would leave `marker` behind."""
    name = f"{package.replace('-', '_')}-1.0"
    files = {
        "PKG-INFO": f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n",
        "setup.py": f"open({str(marker)!r}, 'w').close()",
    }
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(folder / f"{name}.tar.gz", "w:gz") as archive:
        for file_name, text in files.items():
            member = tarfile.TarInfo(f"{name}/{file_name}")
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))


def pip_environ(folder: Path) -> dict[str, str]:
    """Return the environment in which pip finds packages in that folder alone."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    return {
        **kept,
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_FIND_LINKS": str(folder),
        "PIP_NO_INDEX": "1",
    }
