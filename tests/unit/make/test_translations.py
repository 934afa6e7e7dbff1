"""`.make/translations.py` finds all messages, and tells what is wrong with their translations."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from tests.helpers.catalogues import translations_tool

TOOL = translations_tool()

SOURCE = """
REASON = "the file is gone"
OTHER = "not shown"

def show(name, detail):
    _("Hello {name}").format(name=name)
    _(name)
    ngettext("{n} file", "{n} files", 3)
    pgettext("before decimals", ".")
    table = {1: to_translate("failed")}
    Unavailable(reason=REASON)
    Unavailable(reason="no such card")
    Unavailable(reason=f"it cannot be read: {detail}: {name}")
    Unavailable(reason=f"an unknown unit ({detail})")
    Unavailable(reason=f"{detail} is wrong")
    other(name="left alone")
"""

FOUND = {
    (None, "Hello {name}", None),
    (None, "{n} file", "{n} files"),
    ("before decimals", ".", None),
    (None, "failed", None),
    (None, "the file is gone", None),
    (None, "no such card", None),
    (None, "it cannot be read", None),
    (None, "an unknown unit", None),
}


def test_messages_and_reasons_are_found(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(SOURCE, encoding="utf-8")
    found = list(TOOL.messages_in(path, "module.py"))
    assert {(each.context, each.singular, each.plural) for each in found} == FOUND
    assert {each.path for each in found} == {"module.py"}


def faults(message: str | tuple[str, str], translation: str | tuple[str, ...]) -> list[str]:
    catalog = Catalog(locale="de", fuzzy=False)
    catalog.add(message, translation)
    return list(TOOL.faults_of("de", catalog))


@pytest.mark.parametrize(
    ("message", "translation"),
    [
        ("Hello {name}", "{name}, hallo"),
        ("{a} of {b}", "{b}: {a}"),
        ("%(prog)s: %(why)s", "%(why)s (%(prog)s)"),
        (" and more", " und mehr"),
        (("{n} file", "{n} files"), ("{n} Datei", "{n} Dateien")),
        (("{n} file for {who}", "{n} files"), ("{n} Datei für {who}", "{n} Dateien")),
    ],
)
def test_good_translations(
    message: str | tuple[str, str], translation: str | tuple[str, ...]
) -> None:
    assert faults(message, translation) == []


@pytest.mark.parametrize(
    ("message", "translation", "fault"),
    [
        ("Hello", "", "no translation"),
        ("Hello {name}", "Hallo", "placeholders"),
        ("Hello {name}", "Hallo {who}", "placeholders"),
        ("Hello {name}", "Hallo {name", "placeholders"),
        ("Hello", "Hallo {name}", "placeholders"),
        ("%(prog)s fails", "%(prog) scheitert", "placeholders"),
        (" and more", "und mehr", "begins"),
        ("more\n", "mehr", "ends"),
        (("{n} file", "{n} files"), ("{n} Datei", ""), "no translation"),
        (("{n} file", "{n} files"), ("{n} Datei",), "no translation"),
    ],
)
def test_bad_translations_are_named(
    message: str | tuple[str, str], translation: str | tuple[str, ...], fault: str
) -> None:
    (found,) = faults(message, translation)
    assert fault in found
    assert found.startswith("de: ")


def test_guesses_are_not_taken_for_translations() -> None:
    catalog = Catalog(locale="de", fuzzy=False)
    catalog.add("Hello", "Hallo", flags=("fuzzy",))
    (fault,) = TOOL.faults_of("de", catalog)
    assert "fuzzy" in fault


@pytest.mark.parametrize("language", TOOL.LANGUAGES)
def test_the_catalogues_hold_exactly_the_messages_of_the_sources(language: str) -> None:
    kept = {(message.context, message.id) for message in TOOL.read_catalogue(language)}
    assert kept == {(message.context, message.id) for message in TOOL.template()}
