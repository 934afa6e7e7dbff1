"""Reports of runs as Markdown and as cards, also of hostile ones."""

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from tests.helpers.hostile_runs import hostile_run
from tests.helpers.hostile_texts import HOSTILE_TEXTS, has_dangerous_characters
from tests.helpers.verdicts import COSTING, example_record

from large_enough.comparison.verdict import verdict
from large_enough.report.verdict_card import verdict_card
from large_enough.report.verdict_markdown import verdict_markdown

MARKUP = {"html_block", "html_inline", "link_open", "image", "code_inline"}


def parsed(text: str) -> list[Token]:
    """All tokens, also those within lines."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    return [inner for token in tokens for inner in (token, *(token.children or ()))]


@pytest.fixture(scope="module")
def written() -> str:
    record = example_record(group_size=5)
    return verdict_markdown(verdict(record, COSTING), record, COSTING)


def test_it_says_everything(written: str) -> None:
    assert written.startswith("# Retail banking: SmolLM2 135M Instruct, Qwen2.5 0.5B Instruct")
    for part in (
        "2026-11-27 12:00 UTC, run run-1",
        "**The large one is worth it",
        "| A SmolLM2 135M Instruct | 60 | 100 | 60.0 % | 50.2 to 69.1 % | 60.0 % |",
        "### fee-003: only Qwen2.5 1.5B Instruct was right",
        "~~~text\n2.5 EUR\n~~~",
        "- Margin: 10 points of 100",
        f"- SHA-256: {'ab' * 32}",
        "~~~text\nlarge-enough run retail-banking",
    ):
        assert part in written, part
    assert written.endswith("\n")


def test_its_tables_are_tables(written: str) -> None:
    kinds = [token.type for token in parsed(written)]
    assert kinds.count("table_open") == written.count("\n|---|")


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_are_shown_and_nothing_else(text: str) -> None:
    record, plain = hostile_run(text), hostile_run("plain")
    usual = parsed(verdict_markdown(verdict(plain), plain))
    written = verdict_markdown(verdict(record), record)
    assert not has_dangerous_characters(written)
    tokens = parsed(written)
    assert not MARKUP & {token.type for token in tokens}
    if not text.strip():
        return  # kinds of questions without a name have no table
    for kind in ("heading_open", "table_open", "tr_open"):
        assert [each.tag for each in tokens if each.type == kind] == [
            each.tag for each in usual if each.type == kind
        ]


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_on_a_card(text: str) -> None:
    record = hostile_run(text)
    card = verdict_card(verdict(record), record)
    assert not has_dangerous_characters(card)
    tokens = parsed(card)
    assert not MARKUP & {token.type for token in tokens}
    assert [token.type for token in tokens].count("fence") == 1
    assert [token.type for token in tokens].count("heading_open") == 1


def test_a_card_is_short_and_tells_how_to_repeat_it() -> None:
    record = example_record(group_size=5)
    card = verdict_card(verdict(record, COSTING), record)
    assert len(card.splitlines()) <= 20
    for part in (
        "## Evaluation: Retail banking",
        "**The large one is worth it",
        "| A SmolLM2 135M Instruct | 60 % (50 to 69) | 1.00 s | 1.67 s | 17 J |",
        "margin 10 points, fixed before the run",
        "retail-banking 1.0.0, SHA-256 abababababab…",
        "0.13 billion parameters",
        "large-enough run retail-banking -m 'SmolLM2 135M Instruct.gguf'",
        "Large Enough 0.1",
    ):
        assert part in card, part


def test_a_card_of_a_run_that_decides_nothing_says_why() -> None:
    record = example_record("+-+")
    card = verdict_card(verdict(record), record)
    assert "**No verdict:" in card
