"""`large-enough report`, as the shell sees it."""

import csv
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console
from tests.helpers.hostile_runs import hostile_run
from tests.helpers.hostile_texts import HOSTILE_TEXTS, has_dangerous_characters
from tests.helpers.html_pages import Page
from tests.helpers.pack_run_records import make_run_plan, write_run
from tests.helpers.pack_runs import small_pack
from tests.helpers.verdicts import COSTING, example_record, example_verdict

from large_enough.cli.main import main
from large_enough.cli.report_output import RunReport
from large_enough.cli.report_view import show_verdict
from large_enough.comparison.verdict import verdict
from large_enough.domain.errors import RequestError
from large_enough.domain.verdict import RunVerdict
from large_enough.resources.paths import user_folders
from large_enough.store.pack_run_log import RUNS_FOLDER
from large_enough.wording.translate import use_language


@pytest.fixture
def run_id() -> str:
    """A run on record: the small one is right on all but two questions, the large one on all."""
    plan = make_run_plan(small_pack(12), ("Ant 1B", "Dinosaur 2B"))
    write_run(user_folders(os.environ).data / RUNS_FOLDER, plan, {"A": ["n1", "c3"]})
    return plan.run_id


@pytest.fixture
def report(run_id: str, capfd: pytest.CaptureFixture[str]) -> Iterator:
    del run_id

    def run_command(*arguments: str | Path) -> tuple[int, str, str]:
        code = main(["report", *map(str, arguments)], os.environ)
        captured = capfd.readouterr()
        return code, captured.out, captured.err

    yield run_command
    use_language(["en"])


def shown(found: RunVerdict) -> str:
    stream = io.StringIO()
    show_verdict(Console(file=stream, width=120, force_terminal=False), found)
    return stream.getvalue()


def test_the_sentence_comes_first_and_the_table_below(report) -> None:
    code, output, _errors = report("last")
    assert code == 0
    assert "Ant 1B" in output.splitlines()[0]
    for part in ("On 12 questions", "Accuracy, 95 % interval", "83 %", "-o report.html"):
        assert part in output


def test_a_run_is_found_by_the_beginning_of_its_id(report, run_id: str) -> None:
    assert report(run_id[:6])[0] == 0


def test_a_run_that_is_not_there(report) -> None:
    code, _output, errors = report("nothing")
    assert code == 2
    assert "runs list" in errors


@pytest.mark.parametrize("end", [".html", ".md", ".csv", ".json", ".HTML"])
def test_the_end_of_the_name_says_the_form(report, tmp_path: Path, end: str) -> None:
    path = tmp_path / f"report{end}"
    code, output, _errors = report("last", "-o", path)
    assert code == 0
    assert str(path.name) in output
    text = path.read_text("utf-8-sig")
    readers = {
        ".html": lambda: Page(text).said,
        ".md": lambda: text,
        ".csv": lambda: str(list(csv.DictReader(io.StringIO(text)))),
        ".json": lambda: str(json.loads(text)),
    }
    assert "Dinosaur 2B" in readers[end.lower()]()


def test_another_end_is_refused(report, tmp_path: Path) -> None:
    code, _output, errors = report("last", "-o", tmp_path / "report.pdf")
    assert code == 2
    assert ".html, .md, .csv or .json" in errors
    assert not (tmp_path / "report.pdf").exists()


def test_nothing_is_replaced_without_a_word(report, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text("mine")
    code, _output, errors = report("last", "-o", path)
    assert (code, path.read_text()) == (2, "mine")
    assert "--force" in errors
    assert report("last", "-o", path, "--force")[0] == 0
    assert path.read_text("utf-8").startswith("# Small")


def test_a_folder_that_is_not_there(report, tmp_path: Path) -> None:
    code, _output, errors = report("last", "-o", tmp_path / "nowhere" / "report.md")
    assert code == 2
    assert "cannot be written" in errors


def test_a_card(report, tmp_path: Path) -> None:
    code, output, _errors = report("last", "--card")
    assert code == 0
    assert output.startswith("## Evaluation: Small")
    path = tmp_path / "card.md"
    assert report("last", "--card", "-o", path)[0] == 0
    assert path.read_text("utf-8") == output
    assert report("last", "--card", "-o", tmp_path / "card.html")[0] == 2


def test_everything_as_json(report) -> None:
    code, output, _errors = report("last", "--json")
    assert code == 0
    assert json.loads(output)["schema"] == "large-enough-verdict"


def test_a_card_is_no_json(report) -> None:
    assert report("last", "--card", "--json")[0] == 2


def test_the_language_can_be_chosen(report, tmp_path: Path) -> None:
    path = tmp_path / "bericht.html"
    assert report("last", "-o", path, "--lang", "de")[0] == 0
    assert '<html lang="de">' in path.read_text("utf-8")
    assert report("last", "--lang", "xx")[0] == 2


def test_a_price_needs_its_money(report) -> None:
    code, _output, errors = report("last", "--price", "0.3")
    assert code == 2
    assert "--currency" in errors
    assert report("last", "--price", "0.3", "--currency", "EUR")[0] == 0


def test_costs_and_ladders_are_shown_where_there_are_any() -> None:
    text = shown(example_verdict(costing=COSTING))
    for part in (
        "The large one is worth it",
        "Money for each right answer",
        "110 J",
        "Qwen2.5 0.5B Instruct: measurably worse",
    ):
        assert part in text
    assert "Money" not in shown(example_verdict())


def test_one_contender_and_no_answers() -> None:
    assert "No verdict" in shown(example_verdict("++-"))
    assert "No verdict" in shown(example_verdict("...", "..."))


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_do_not_reach_the_terminal(text: str) -> None:
    assert not has_dangerous_characters(shown(verdict(hostile_run(text))))


@pytest.mark.parametrize("name", ["x.html", "x.md", "x.csv", "x.json"])
def test_a_run_as_it_is_can_always_be_written(name: str) -> None:
    """Also one with lone surrogates, which UTF-8 lacks."""
    record = hostile_run("half \ud800 pair")
    made = RunReport(verdict=verdict(record), record=record, costing=COSTING)
    made.content(name).decode("utf-8")


def test_json_must_end_so() -> None:
    record = example_record("+", "-")
    made = RunReport(verdict=verdict(record), record=record, costing=COSTING)
    with pytest.raises(RequestError):
        made.content("x.html", is_json=True)
