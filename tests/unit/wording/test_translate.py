from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.catalogues import write_catalogue

from large_enough.domain.text import to_translate
from large_enough.wording.numbers import count_text, number_text
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import (
    LANGUAGE_NAMES,
    _,
    language_for,
    language_in_use,
    ngettext,
    pgettext,
    use_language,
)

MESSAGES = {
    "Measured": "Gemessen",
    "the file is gone": "die Datei ist weg",
    "it is missing": "es fehlt",
    ("{n} file", "{n} files"): ("{n} Datei", "{n} Dateien"),
}


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    use_language(["en"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Holds a catalogue of a language that nobody else has."""
    write_catalogue(tmp_path, "nds", MESSAGES, {("before decimals", "."): ","})
    return tmp_path


@pytest.mark.parametrize(
    "wanted", [[], ["en"], ["xx"], ["C"], ["POSIX"], [""], ["en_GB.UTF-8", "nds"], ["C", "nds"]]
)
def test_english_is_spoken_where_it_is_wanted_or_nothing_else_is_known(
    wanted: list[str], folder: Path
) -> None:
    assert use_language(wanted, folder) == "en"
    assert _("Measured") == "Measured"


@pytest.mark.parametrize(
    "wanted", [["nds"], ["nds_DE.UTF-8"], ["nds-DE"], ["xx", "nds"], ["", "nds", "en"]]
)
def test_the_first_language_with_a_catalogue_is_spoken(wanted: list[str], folder: Path) -> None:
    assert use_language(wanted, folder) == "nds"
    assert _("Measured") == "Gemessen"
    assert ngettext("{n} file", "{n} files", 2) == "{n} Dateien"


@pytest.mark.parametrize(
    ("wanted", "code"), [(["de-AT"], "de"), (["xx", "es"], "es"), (["en"], "en"), ([], "en")]
)
def test_which_language_it_would_be_is_told_without_a_change(wanted: list[str], code: str) -> None:
    assert language_for(wanted) == code
    assert language_in_use() == "en"


def test_what_is_not_translated_stays_english(folder: Path) -> None:
    use_language(["nds"], folder)
    assert _("failed") == "failed"
    assert _("") == ""
    assert pgettext("between thousands", ",") == ","


def test_numbers_are_written_as_the_language_does(folder: Path) -> None:
    use_language(["nds"], folder)
    assert number_text(3.14159) == "3,14"
    use_language(["en"])
    assert (number_text(3.14159), count_text(32_768)) == ("3.14", "32,768")


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        ("the file is gone", "die Datei ist weg"),
        ("it is missing: energy_uj", "es fehlt: energy_uj"),
        ("it is missing: the file is gone", "es fehlt: die Datei ist weg"),
        ("it is missing (energy_uj)", "es fehlt (energy_uj)"),
        ("nobody knows: why", "nobody knows: why"),
        ("", ""),
    ],
)
def test_recorded_reasons_are_translated_when_they_are_shown(
    reason: str, shown: str, folder: Path
) -> None:
    use_language(["nds"], folder)
    assert reason_text(reason) == shown


def test_marked_messages_stay_as_they_are_until_shown() -> None:
    assert to_translate("failed") == "failed"


@pytest.mark.parametrize("code", sorted(set(LANGUAGE_NAMES) - {"en"}))
def test_every_language_on_offer_has_a_catalogue(code: str) -> None:
    assert use_language([code]) == code
