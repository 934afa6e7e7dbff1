from collections.abc import Iterator

import pytest

from large_enough.wording.translate import _, ngettext, to_translate, use_language


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    use_language("en")


@pytest.mark.parametrize("language", [None, "en", "xx"])
def test_a_language_without_a_catalogue_is_english(language: str | None) -> None:
    use_language(language)
    assert _("Measured") == "Measured"


def test_plurals() -> None:
    assert [ngettext("{n} file", "{n} files", count) for count in (1, 2)] == [
        "{n} file",
        "{n} files",
    ]


def test_marked_messages_stay_as_they_are_until_shown() -> None:
    assert to_translate("failed") == "failed"
