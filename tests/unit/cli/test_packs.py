"""`large-enough packs`, as the shell sees it."""

import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.helpers.pack_files import item_file, pack_file
from tests.helpers.xlsx_files import saved

from large_enough.cli.main import main

TABLE = "question;A;B;answer\nCapital?;Paris;Rome;A\nSum?;;;4\nBad?;x;y;Q\n"
GOOD = TABLE.removesuffix("Bad?;x;y;Q\n")


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]):
    def run_command(*arguments: str | Path) -> tuple[int, str, str]:
        code = main(["packs", *map(str, arguments)], os.environ)
        captured = capfd.readouterr()
        return code, captured.out, captured.err

    return run_command


@pytest.fixture
def write(tmp_path: Path):
    def write_file(content: str | dict[str, Any], name: str = "bank.pack.json") -> Path:
        path = tmp_path / name
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


class TestImport:
    """`packs import`."""

    def test_a_table_becomes_a_pack(self, run, write, home_folder: Path) -> None:
        code, output, remarks = run("import", write(GOOD, "Bank fees.csv"))
        assert code == 0, remarks
        path = home_folder / "data" / "packs" / "bank-fees.pack.json"
        assert output == f"2 questions are in the pack “bank-fees”: {path}\n"
        assert "guessed from the answers: choice (1), number (1)" in remarks
        assert path.is_file()

    def test_a_sheet_of_a_spreadsheet_is_chosen(self, run, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        for sheet, question in (
            (book.worksheets[0], "Sum?"),
            (book.create_sheet("More"), "Which?"),
        ):
            sheet.append(("question", "answer"))
            sheet.append((question, 2))
        path = tmp_path / "two.xlsx"
        path.write_bytes(saved(book))
        code, _output, remarks = run("import", path, "--to", str(tmp_path / "one.json"))
        assert code == 0
        assert "only the sheet “Sheet” was read, not “More”" in remarks
        assert "--sheet" in remarks
        code, output, remarks = run(
            "import", path, "--sheet", "More", "--to", str(tmp_path / "more.json"), "--json"
        )
        assert code == 0, remarks
        assert json.loads(output)["sheet"] == "More"
        assert "Which?" in (tmp_path / "more.json").read_text("utf-8")

    def test_faulty_rows_are_told_and_nothing_is_kept(self, run, write, home_folder: Path) -> None:
        code, output, remarks = run("import", write(TABLE, "t.csv"))
        assert (code, output) == (1, "")
        assert "row 4, answer: “Q” is neither a letter nor an option" in remarks
        assert "--leave-out-faulty" in remarks
        assert not (home_folder / "data" / "packs").exists()

    def test_faulty_rows_may_be_left_out(self, run, write) -> None:
        code, output, remarks = run("import", write(TABLE, "t.csv"), "--leave-out-faulty")
        assert code == 0
        assert output.startswith("2 questions")
        assert "row 4" in remarks

    def test_another_name_and_title(self, run, write) -> None:
        assert (
            run("import", write(GOOD, "t.csv"), "--to", "Cities!", "--title", "My cities")[0] == 0
        )
        document = json.loads(run("list", "--json")[1])
        own = [one for one in document["packs"] if not one["is_shipped"]]
        assert [(one["id"], one["title"]) for one in own] == [("cities", "My cities")]

    def test_nothing_is_replaced_without_a_word(self, run, write) -> None:
        path = write(GOOD, "t.csv")
        assert run("import", path)[0] == 0
        code, output, remarks = run("import", path)
        assert (code, output) == (1, "")
        assert "it is there already; --force replaces it" in remarks
        assert run("import", path, "--force")[0] == 0

    def test_to_a_path(self, run, write, tmp_path: Path) -> None:
        target = tmp_path / "out.json"
        assert run("import", write(GOOD, "t.csv"), "--to", target)[0] == 0
        assert json.loads(target.read_text(encoding="utf-8"))["schema"] == "pack/1"
        assert run("import", write(GOOD, "t.csv"), "--to", target)[0] == 1
        assert run("import", write(GOOD, "t.csv"), "--to", tmp_path / "no" / "x.json")[0] == 1

    def test_json(self, run, write) -> None:
        code, output, _remarks = run("import", write(TABLE, "t.csv"), "--json")
        document = json.loads(output)
        assert code == 1
        assert document["path"] is None
        assert [fault["row"] for fault in document["faults"]] == [4]

    def test_standard_input(self, run, monkeypatch: pytest.MonkeyPatch) -> None:
        stream = io.TextIOWrapper(io.BytesIO(GOOD.encode("utf-16")))
        monkeypatch.setattr(sys, "stdin", stream)
        code, output, _remarks = run("import", "-", "--title", "Fees")
        assert code == 0
        assert output.startswith("2 questions are in the pack “fees”")

    def test_a_file_that_is_not_there(self, run, tmp_path: Path) -> None:
        code, output, remarks = run("import", tmp_path / "none.csv")
        assert (code, output) == (1, "")
        assert "there is no such file" in remarks

    def test_hostile_cells_do_not_reach_the_terminal(self, run, write) -> None:
        table = "question;A;B;answer\n\x1b[31mRed\u202e?;\x1b]0;x\x07;b\n"
        _code, output, remarks = run("import", write(table, "t.csv"))
        assert not any(sign in output + remarks for sign in "\x1b\x07\u202e")


class TestCheck:
    """`packs check`."""

    def test_a_sound_pack(self, run, write) -> None:
        code, output, _remarks = run("check", write(pack_file("number", "date")))
        assert code == 0, output
        assert "No faults." in output
        assert "2 graded questions of 2 kinds." in output

    def test_all_faults_at_once(self, run, write) -> None:
        items = [item_file("choice", answer="Loans"), item_file("date", answer="soon")]
        code, output, _remarks = run("check", write(pack_file(items=items)))
        assert code == 1
        assert "row 1 (choice), answer: “Loans” is none of the options" in output
        assert "row 2 (date), answer: it is no day as 2026-03-01" in output

    def test_keys_that_let_wrong_answers_pass(self, run, write) -> None:
        item = item_file("number", tolerance={"abs": 1000})
        code, output, _remarks = run("check", write(pack_file(items=[item])))
        assert code == 1
        assert "Keys to look at:\n   number, answer: a wrong answer passes" in output
        assert "No faults." not in output

    def test_json(self, run, write) -> None:
        code, output, _remarks = run("check", write(TABLE, "t.csv"), "--json")
        (found,) = json.loads(output)["packs"]
        assert code == 1
        assert found["is_sound"] is False
        assert found["faults"][0]["row"] == 4
        assert found["health"]["graded_count"] == 2

    def test_all_packs_of_the_shelf(self, run, write) -> None:
        run("import", write(GOOD, "t.csv"))
        code, output, _remarks = run("check")
        assert code == 0
        assert "t.pack.json" in output

    def test_a_name_that_nobody_has(self, run) -> None:
        code, output, remarks = run("check", "nope")
        assert (code, output) == (2, "")
        assert "No pack is called “nope”" in remarks


class TestListAndShow:
    """`packs list` and `packs show`."""

    def test_damaged_packs_are_set_aside(self, run, home_folder: Path) -> None:
        folder = home_folder / "data" / "packs"
        folder.mkdir(parents=True)
        (folder / "bad.pack.json").write_text("{", encoding="utf-8")
        code, output, _remarks = run("list")
        assert code == 0
        assert "Set aside:" in output
        assert "bad.pack.json" in output
        document = json.loads(run("list", "--json")[1])
        assert len(document["set_aside"]) == 1

    def test_questions_with_their_keys(self, run, write) -> None:
        code, output, _remarks = run("show", write(pack_file()))
        assert code == 0
        assert "What is the number?  →  27.5 EUR" in output
        assert "Paris · City of Paris" in output
        assert "SHA-256" in output

    def test_show_as_json(self, run, write) -> None:
        document = json.loads(run("show", write(pack_file("text")), "--json")[1])
        assert document["pack"]["items"][0]["answer"] == ["Paris", "City of Paris"]
        assert len(document["sha256"]) == 64

    def test_one_question_is_shown_as_models_get_it(self, run, write) -> None:
        item = item_file("text", id="city", context="It lies on the Seine.", level=2)
        path = write(pack_file(items=[item]))
        code, output, _remarks = run("show", path, "--item", "city")
        assert code == 0
        assert "It lies on the Seine." in output
        assert "ANSWER:" in output
        assert "a short text, level 2" in output
        assert "Key: Paris" in output
        code, output, remarks = run("show", path, "--item", "town")
        assert (code, output) == (2, "")
        assert "town: the pack has no such question." in remarks

    def test_a_faulty_file_cannot_be_shown(self, run, write) -> None:
        code, output, remarks = run("show", write("{}"))
        assert (code, output) == (1, "")
        assert "faults" in remarks

    def test_hostile_packs_do_not_reach_the_terminal(self, run, write) -> None:
        item = item_file("text", id="\x1b[2J", question="\x1b[31m\u202e?", answer="\x07x")
        path = write(pack_file(items=[item], title="\x1b]0;x\x07"))
        for more in ((), ("--item", "\x1b[2J")):
            _code, output, remarks = run("show", path, *more)
            assert not any(sign in output + remarks for sign in "\x1b\x07\u202e")


class TestExport:
    """`packs export`."""

    @pytest.mark.parametrize("form", ["csv", "json", "inspect", "promptfoo"])
    def test_there_and_back(self, run, write, tmp_path: Path, form: str) -> None:
        source = write(pack_file())
        target = tmp_path / "out.txt"
        code, output, _remarks = run("export", source, "--as", form, "-o", target)
        assert code == 0
        assert output == f"Written: {target}\n"
        again = tmp_path / "again.json"
        assert run("import", target, "--to", again)[0] == 0
        shown = [json.loads(run("show", path, "--json")[1])["pack"] for path in (source, again)]
        assert shown[0]["items"] == shown[1]["items"]

    def test_two_files_for_the_harness(self, run, write, tmp_path: Path) -> None:
        target = tmp_path / "task.yaml"
        code, output, remarks = run("export", write(pack_file()), "--as", "lm-eval", "-o", target)
        assert code == 0
        assert len(output.splitlines()) == 2
        assert (tmp_path / "task.jsonl").is_file()
        assert "left out" in remarks

    def test_nothing_is_replaced_without_a_word(self, run, write, tmp_path: Path) -> None:
        target = tmp_path / "out.csv"
        target.write_text("mine", encoding="utf-8")
        source = write(pack_file())
        assert run("export", source, "--as", "csv", "-o", target)[0] == 1
        assert target.read_text(encoding="utf-8") == "mine"
        assert run("export", source, "--as", "csv", "-o", target, "--force")[0] == 0

    def test_no_file_at_all_if_one_cannot_be_written(self, run, write, tmp_path: Path) -> None:
        (tmp_path / "task.jsonl").write_text("mine", encoding="utf-8")
        target = tmp_path / "task.yaml"
        assert run("export", write(pack_file()), "--as", "lm-eval", "-o", target)[0] == 1
        assert not target.exists()

    def test_a_form_that_is_not_known(self, run, write) -> None:
        assert run("export", write(pack_file()), "--as", "word")[0] == 2
