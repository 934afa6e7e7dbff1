import os
from pathlib import Path

import msgspec
import pytest
from tests.helpers.app_layouts import adapter_bytes, model_bytes, part_bytes, write
from tests.helpers.fake_clock import FakeClock

from large_enough.catalog import header_cache
from large_enough.catalog.header_cache import HeaderCache
from large_enough.catalog.header_facts import AdapterFacts, HeaderFacts, ModelFacts, Refusal
from large_enough.domain.errors import FailureKind

A_DAY_S = 86_400.0
OLD_S = 1_000_000.0


class Reader:
    """Counts how often headers are really read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.paths: list[str] = []
        read = header_cache.read_facts

        def count(path: Path) -> HeaderFacts:
            self.paths.append(path.name)
            return read(path)

        monkeypatch.setattr(header_cache, "read_facts", count)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    return Reader(monkeypatch)


@pytest.fixture
def cache_file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "headers.json"


def old(path: Path, content: bytes) -> Path:
    """Write a file that was last changed long ago."""
    write(path, content)
    os.utime(path, (OLD_S, OLD_S))
    return path


def facts_of(cache: HeaderCache, path: Path) -> HeaderFacts:
    return cache.facts_of(path, path.stat())


def test_a_header_is_read_once(tmp_path: Path, cache_file: Path, reader: Reader) -> None:
    path = old(tmp_path / "model.gguf", model_bytes("Ada"))
    cache = HeaderCache(cache_file)
    first = facts_of(cache, path)
    assert isinstance(first, ModelFacts)
    assert first.card.name == "Ada"
    assert facts_of(cache, path) == first
    cache.save()
    assert facts_of(HeaderCache(cache_file), path) == first
    assert reader.paths == ["model.gguf"]


def test_adapters_and_lasting_refusals_are_remembered(
    tmp_path: Path, cache_file: Path, reader: Reader
) -> None:
    adapter = old(tmp_path / "adapter.gguf", adapter_bytes())
    page = old(tmp_path / "page.gguf", b"<html>")
    cache = HeaderCache(cache_file)
    for path in (adapter, page, adapter, page):
        facts_of(cache, path)
    cache.save()
    again = HeaderCache(cache_file)
    assert isinstance(facts_of(again, adapter), AdapterFacts)
    refusal = facts_of(again, page)
    assert isinstance(refusal, Refusal)
    assert refusal.error.kind is FailureKind.NOT_GGUF
    assert reader.paths == ["adapter.gguf", "page.gguf"]


@pytest.mark.parametrize("what", ["size", "time", "inode"])
def test_a_file_that_changed_is_read_again(tmp_path: Path, reader: Reader, what: str) -> None:
    path = old(tmp_path / "model.gguf", model_bytes("Ada"))
    cache = HeaderCache(None)
    facts_of(cache, path)
    if what == "size":
        old(path, model_bytes("Grace Hopper" * 9))
    elif what == "time":
        os.utime(path, (OLD_S + 1, OLD_S + 1))
    else:
        old(tmp_path / "new", model_bytes("Eve")).replace(path)
    facts_of(cache, path)
    assert len(reader.paths) == 2


def test_a_part_that_changed_or_went_away_counts(tmp_path: Path, reader: Reader) -> None:
    first, second = (
        old(tmp_path / f"m-0000{number + 1}-of-00002.gguf", part_bytes(number, 2))
        for number in range(2)
    )
    cache = HeaderCache(None)
    facts = facts_of(cache, first)
    assert isinstance(facts, ModelFacts)
    assert list(facts.later_parts) == [second.name]
    facts_of(cache, first)
    assert len(reader.paths) == 1
    os.utime(second, (OLD_S + 1, OLD_S + 1))
    facts_of(cache, first)
    assert len(reader.paths) == 2
    second.unlink()
    refusal = facts_of(cache, first)
    assert isinstance(refusal, Refusal)
    assert refusal.error.kind is FailureKind.SPLIT_PART_MISSING
    old(second, part_bytes(1, 2))
    assert isinstance(facts_of(cache, first), ModelFacts)


def test_what_was_written_just_now_is_not_remembered_yet(tmp_path: Path, reader: Reader) -> None:
    path = old(tmp_path / "model.gguf", model_bytes())
    clock = FakeClock(OLD_S + 1)
    cache = HeaderCache(None, clock)
    facts_of(cache, path)
    facts_of(cache, path)
    assert len(reader.paths) == 2
    clock.advance(A_DAY_S)
    facts_of(cache, path)
    facts_of(cache, path)
    assert len(reader.paths) == 3


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"schema_version": 1, "program_version": "0", "files": {"a": 5}}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_a_damaged_cache_is_thrown_away(
    tmp_path: Path, cache_file: Path, reader: Reader, content: bytes
) -> None:
    write(cache_file, content)
    path = old(tmp_path / "model.gguf", model_bytes())
    cache = HeaderCache(cache_file)
    assert isinstance(facts_of(cache, path), ModelFacts)
    cache.save()
    facts_of(HeaderCache(cache_file), path)
    assert reader.paths == ["model.gguf"]


@pytest.mark.parametrize("field", ["schema_version", "program_version"])
def test_another_version_is_thrown_away(
    tmp_path: Path, cache_file: Path, reader: Reader, field: str
) -> None:
    path = old(tmp_path / "model.gguf", model_bytes())
    cache = HeaderCache(cache_file)
    facts_of(cache, path)
    cache.save()
    document = msgspec.json.decode(cache_file.read_bytes())
    document[field] = 99 if field == "schema_version" else "99"
    cache_file.write_bytes(msgspec.json.encode(document))
    facts_of(HeaderCache(cache_file), path)
    assert len(reader.paths) == 2


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    path = old(tmp_path / "model.gguf", model_bytes())
    cache = HeaderCache(write(tmp_path / "file", b"") / "headers.json")
    facts_of(cache, path)
    cache.save()
    HeaderCache(None).save()


def test_nothing_new_writes_nothing(tmp_path: Path, cache_file: Path) -> None:
    path = old(tmp_path / "model.gguf", model_bytes())
    cache = HeaderCache(cache_file)
    facts_of(cache, path)
    cache.save()
    cache_file.unlink()
    facts_of(cache, path)
    cache.save()
    assert not cache_file.exists()


def test_so_many_files_are_remembered_those_asked_last(
    tmp_path: Path, cache_file: Path, monkeypatch: pytest.MonkeyPatch, reader: Reader
) -> None:
    monkeypatch.setattr(header_cache, "MOST_REMEMBERED", 2)
    paths = [old(tmp_path / f"{number}.gguf", model_bytes(str(number))) for number in range(3)]
    cache = HeaderCache(cache_file)
    for path in (*paths, paths[0]):
        facts_of(cache, path)
    cache.save()
    again = HeaderCache(cache_file)
    for path in (paths[0], paths[2], paths[1]):
        facts_of(again, path)
    assert reader.paths == ["0.gguf", "1.gguf", "2.gguf", "1.gguf"]


def test_fingerprints_are_remembered(
    tmp_path: Path, cache_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old(tmp_path / "model.gguf", model_bytes())
    cache = HeaderCache(cache_file)
    facts_of(cache, path)
    found = cache.fingerprint_of(path, path.stat(), 64)
    assert len(found) == 32
    cache.save()

    def fail(_path: Path, _header_bytes: int) -> str:
        pytest.fail("read again")

    monkeypatch.setattr(header_cache, "weights_fingerprint", fail)
    assert HeaderCache(cache_file).fingerprint_of(path, path.stat(), 64) == found


def test_a_file_that_went_away_has_no_fingerprint(tmp_path: Path) -> None:
    path = old(tmp_path / "model.gguf", model_bytes())
    status = path.stat()
    path.unlink()
    assert HeaderCache(None).fingerprint_of(path, status, 64) == ""
