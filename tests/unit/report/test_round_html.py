"""Rounds as HTML pages that need nothing and let nothing out."""

import re

import pytest
from tests.helpers.hostile_rounds import hostile_round
from tests.helpers.hostile_texts import HOSTILE_TEXTS, has_dangerous_characters
from tests.helpers.html_pages import ELEMENTS, Page
from tests.helpers.records import make_cancelled, make_done, make_failed, make_record

from large_enough.domain.costing import Costing
from large_enough.domain.round import RoundRecord
from large_enough.report.round_html import round_html


@pytest.fixture
def record() -> RoundRecord:
    return make_record([make_done("A"), make_failed("B")])


def test_it_says_everything(record: RoundRecord) -> None:
    page = Page(round_html(record, Costing(price_per_kwh=0.3, currency="EUR")))
    said = "\n".join(page.texts)
    for part in (
        "One question to SmolLM2 135M Instruct, Qwen2.5 Coder 0.5B",
        "What is the fee?",
        "The fee is 1.00 EUR.",
        "done in 1.00 s",
        "Generating, tok/s",
        "Imaginary 5000",
        "ab" * 32,
        "Cost at 0.3 EUR per kWh",
    ):
        assert part in said, part
    assert page.open == []
    assert page.tags.count("svg") == 2
    assert page.tags.count("table") == 1


def test_charts_have_words_and_no_name_twice(record: RoundRecord) -> None:
    page = Page(round_html(record))
    ids = [value for name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids)) == 4
    named = [value for name, value in page.attributes if name == "aria-labelledby"]
    assert " ".join(each or "" for each in named).split() == ids


def test_it_needs_nothing_from_outside(record: RoundRecord) -> None:
    text = round_html(record)
    page = Page(text)
    names = {name for name, _value in page.attributes}
    assert not names & {"src", "href", "srcset", "action", "data", "poster", "background"}
    assert not any(name.startswith("on") for name in names)
    assert not re.search(r"url\(|@import|expression\(", text)
    addresses = set(re.findall(r"\w+://[^\"'\s<]*", text))
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert "default-src &#39;none&#39;" in text or "default-src 'none'" in text


def test_light_dark_and_print(record: RoundRecord) -> None:
    text = round_html(record)
    assert "@media screen and (prefers-color-scheme: dark)" in text
    assert "@media print" in text
    assert "--contender-a: #0072b2;" in text
    assert "--contender-a: #5cb6ea;" in text
    used = set(re.findall(r"var\(--([\w-]+)\)", text))
    assert used <= set(re.findall(r"--([\w-]+):", text))


def test_nobody_answered() -> None:
    said = "\n".join(Page(round_html(make_record([make_cancelled("A"), make_failed("B")]))).texts)
    assert "There is nothing to draw." in said
    assert "(no text)" in said


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_stay_texts(text: str, record: RoundRecord) -> None:
    written = round_html(hostile_round(text))
    page = Page(written)
    assert set(page.tags) <= ELEMENTS
    assert page.open == []
    assert not has_dangerous_characters(written)
    names = {name for name, _value in page.attributes}
    assert names <= {name for name, _value in Page(round_html(record)).attributes} | {
        "class",
        "open",
    }
    written.encode("utf-8")


def test_the_template_language_means_nothing_in_an_answer() -> None:
    assert "{{ 7 * 7 }}" in "".join(Page(round_html(hostile_round("{{ 7 * 7 }}"))).texts)
