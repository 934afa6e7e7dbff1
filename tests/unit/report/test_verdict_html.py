"""Reports of runs as HTML pages that need nothing and let nothing out."""

import re

import msgspec
import pytest
from tests.helpers.hostile_runs import hostile_run
from tests.helpers.hostile_texts import HOSTILE_TEXTS, has_dangerous_characters
from tests.helpers.html_pages import ELEMENTS, Page
from tests.helpers.verdicts import COSTING, example_record, patterns

from large_enough.comparison.claims import claims_view
from large_enough.comparison.verdict import verdict
from large_enough.domain.costing import Costing
from large_enough.domain.pack_run import PackRunRecord
from large_enough.report.verdict_html import verdict_html
from large_enough.wording.translate import use_language


def page_of(record: PackRunRecord, costing: Costing | None = None) -> Page:
    return Page(verdict_html(verdict(record, costing), record, costing))


@pytest.fixture(scope="module")
def written() -> str:
    record = example_record(group_size=5)
    return verdict_html(verdict(record, COSTING), record, COSTING)


def test_it_says_everything(written: str) -> None:
    page = Page(written)
    for part in (
        "The large one is worth it",
        "On 100 questions of 20 kinds the small one was right on 60, the large one on 90.",
        "Accuracy",
        "50.2 to 69.1 %",
        "Time of an answer",
        "Energy for each right answer",
        "Money for each right answer, EUR",
        "only Qwen2.5 1.5B Instruct was right",
        "How large is large enough?",
        "Accuracy by level, 1 the easiest",
        "100 questions can show middling differences.",
        "10 points of 100: so much worse the small model may be.",
        "Wilson's score interval",
        "number/1",
        "ab" * 32,
        "ef" * 32,
        "Cost at 0.4 EUR per kWh",
        "large-enough run retail-banking",
        "Every answer",
    ):
        assert part in page.said, part
    assert page.open == []


def test_what_comes_first_is_what_matters(written: str) -> None:
    said = Page(written).said
    places = [
        said.index(part)
        for part in (
            "The large one is worth it",
            "The small one beside the large one",
            "How right they were",
            "What answers cost",
            "Where they differ",
            "Methods",
            "Where the figures come from",
            "Every answer",
        )
    ]
    assert places == sorted(places)


def test_every_answer_is_in_the_table(written: str) -> None:
    table = written[written.index("Show all answers as a table") :]
    assert table.count("<tr>") == 1 + 300


def test_charts_have_words_and_no_name_twice(written: str) -> None:
    page = Page(written)
    ids = [value for name, value in page.attributes if name == "id"]
    charts = page.tags.count("svg")
    assert len(ids) == len(set(ids)) == 2 * charts
    assert charts >= 5
    named = [value for name, value in page.attributes if name == "aria-labelledby"]
    assert " ".join(each or "" for each in named).split() == ids
    assert [value for name, value in page.attributes if name == "role"] == ["img"] * charts


def test_tables_can_be_read_aloud(written: str) -> None:
    page = Page(written)
    scopes = [value for name, value in page.attributes if name == "scope"]
    assert len(scopes) == page.tags.count("th")
    assert set(scopes) == {"col", "row"}
    assert page.tags.count("caption") == page.tags.count("table")


def test_it_needs_nothing_from_outside(written: str) -> None:
    page = Page(written)
    names = {name for name, _value in page.attributes}
    assert not names & {"src", "href", "srcset", "action", "data", "poster", "background"}
    assert not any(name.startswith("on") for name in names)
    assert "script" not in page.tags
    assert not re.search(r"url\(|@import|expression\(", written)
    assert set(re.findall(r"\w+://[^\"'\s<]*", written)) == {"http://www.w3.org/2000/svg"}
    assert "default-src 'none'" in written


def test_light_dark_and_print(written: str) -> None:
    assert "@media screen and (prefers-color-scheme: dark)" in written
    assert "size: A4" in written
    assert "--contender-a: #0072b2;" in written
    assert "--contender-a: #5cb6ea;" in written
    used = set(re.findall(r"var\(--([\w-]+)\)", written))
    assert used <= set(re.findall(r"--([\w-]+):", written))


def test_what_is_folded_is_printed_all_the_same(written: str) -> None:
    """It stands beside its details element, and only a screen hides it."""
    assert "<details><summary>Show these questions with both answers</summary></details>" in written
    style = written[written.index("<style>") : written.index("</style>")]
    (hiding,) = re.findall(r".*\.folded.*", style)
    assert hiding.startswith("@media screen {")


@pytest.mark.parametrize(
    "record",
    [
        example_record("+-+"),
        example_record("...", "..."),
        example_record("++h-" * 10, "+-+h" * 10, joules=None),
        example_record("ntlr0oxs?-", "+++++-----"),
        example_record(*["+-+-+"] * 12),
        example_record(["+-+-+"] * 3, ["+++-+"] * 3),
    ],
    ids=["alone", "nothing answered", "partial", "failures", "twelve", "repeats"],
)
def test_any_run_makes_a_page(record: PackRunRecord) -> None:
    page = page_of(record)
    assert page.open == []
    assert "Methods" in page.said
    assert page.tags.count("h1") == 1


def test_huge_answers_are_cut_and_say_by_how_much() -> None:
    record = example_record(
        *patterns(20, 0, 5, 5), change=lambda cell: msgspec.structs.replace(cell, text="x" * 21_500)
    )
    text = verdict_html(verdict(record), record)
    assert "(20,000 more characters are left out)" in text
    assert len(text) < 400_000


def test_what_a_key_and_both_answers_were() -> None:
    record = example_record(
        "-" + "+" * 9,
        "+" * 10,
        change=lambda cell: msgspec.structs.replace(cell, text=f"{cell.key.letter} says so"),
    )
    page = page_of(record)
    assert page.tags.count("article") == 1
    for part in ("fee-001: only Qwen2.5 0.5B Instruct was right", "A says so", "B says so"):
        assert part in page.said


def test_sources_of_claims_are_named_and_not_linked() -> None:
    record = example_record("++-" * 10, "+++" * 10)
    made = verdict(record)
    page = Page(verdict_html(made, record, claims=claims_view(made)))
    assert "https://arxiv.org/abs/2104.10350" in page.said
    assert "a" not in page.tags
    assert not {"href", "src"} & {name for name, _value in page.attributes}


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_stay_texts(text: str, written: str) -> None:
    record = hostile_run(text)
    made = verdict(record)
    hostile = verdict_html(made, record, claims=claims_view(made))
    page = Page(hostile)
    assert set(page.tags) <= ELEMENTS
    assert page.open == []
    assert not has_dangerous_characters(hostile)
    usual = {name for name, _value in Page(written).attributes}
    assert {name for name, _value in page.attributes} <= usual
    hostile.encode("utf-8")


def test_the_template_language_means_nothing_in_an_answer() -> None:
    assert "{{ 7 * 7 }}" in page_of(hostile_run("{{ 7 * 7 }}")).said


def test_it_speaks_the_language_chosen() -> None:
    record = example_record("+-+", "+++")
    try:
        use_language(["de"])
        assert '<html lang="de">' in verdict_html(verdict(record), record)
    finally:
        use_language(["en"])
