"""Rounds as Markdown, also hostile ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from tests.helpers.hostile_rounds import hostile_round
from tests.helpers.hostile_texts import HOSTILE_TEXTS, has_dangerous_characters
from tests.helpers.records import make_card, make_done, make_failed, make_plan, make_record

from large_enough.report.round_markdown import escaped, fenced, round_markdown


def parsed(text: str) -> list[Token]:
    """All tokens, also those within lines."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    return [inner for token in tokens for inner in (token, *(token.children or ()))]


def test_it_says_everything() -> None:
    text = round_markdown(make_record([make_done("A"), make_failed("B")]))
    assert text.startswith("# One question to SmolLM2 135M Instruct, Qwen2.5 Coder 0.5B\n")
    for part in (
        "2026-05-04 10:00 UTC",
        "~~~text\nWhat is the fee?\n~~~",
        "## A: SmolLM2 135M Instruct",
        "Q4\\_1, 98 MB; done in 1.00 s",
        "~~~text\nThe fee is 1.00 EUR.\n~~~",
        "## B: Qwen2.5 Coder 0.5B",
        "|  | A SmolLM2 135M Instruct | B Qwen2.5 Coder 0.5B |\n|---|---:|---:|\n",
        "| Generating, tok/s | 50.0 | — |",
        "- Energy, Power — A: no instrument was read",
        "- Processor: Imaginary 5000",
        f"- SHA-256: {'ab' * 32}",
        "(no text)",
    ):
        assert part in text, part
    assert text.endswith("\n")


def test_the_table_is_a_table() -> None:
    kinds = [token.type for token in parsed(round_markdown(make_record([make_done("A")])))]
    assert kinds.count("table_open") == 1


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_are_shown_and_nothing_else(text: str) -> None:
    plain = round_markdown(make_record([make_done("A"), make_failed("B")]))
    written = round_markdown(hostile_round(text))
    assert not has_dangerous_characters(written)
    tokens = parsed(written)
    assert not {"html_block", "html_inline", "link_open", "image", "code_inline"} & {
        token.type for token in tokens
    }
    headings = [token.tag for token in tokens if token.type == "heading_open"]
    assert headings == [each.tag for each in parsed(plain) if each.type == "heading_open"]
    assert [token.type for token in tokens].count("table_open") == 1


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"))))
def test_escaped_lines_come_out_as_they_were(text: str) -> None:
    line = " ".join(text.split())
    tokens = parsed(escaped(line))
    shown = "".join(token.content for token in tokens if token.type in {"text", "text_special"})
    assert shown == line
    assert {token.type for token in tokens} <= {
        *("paragraph_open", "paragraph_close", "inline", "text", "text_special"),
    }


@given(st.text(alphabet="~`ab\n <>#", max_size=40))
def test_fenced_texts_come_out_as_they_were(text: str) -> None:
    tokens = parsed(fenced(text))
    assert [token.type for token in tokens] == ["fence"]
    assert tokens[0].content == f"{text}\n"


def test_addresses_become_no_links() -> None:
    assert escaped("see https://example.com or www.example.com") == (
        "see https\\://example.com or www\\.example.com"
    )


def test_one_contender_and_equal_names() -> None:
    plan = make_plan(make_card("Same"), make_card("Same"))
    text = round_markdown(make_record([make_done("A"), make_done("B")], plan))
    assert "## A: Same (A)" in text
