"""`large-enough report` of a run that was really made, started as a user starts it."""

import json
import subprocess
import sys
from pathlib import Path

from tests.helpers.html_pages import Page
from tests.helpers.pack_runs import answers_of, small_pack
from tests.helpers.rounds import write_script

from large_enough.packs.writing import pack_json

PACK = small_pack()


def large_enough(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "large_enough", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_from_a_run_to_a_report(tmp_path: Path) -> None:
    pack = tmp_path / "small.pack.json"
    pack.write_bytes(pack_json(PACK))
    good = write_script(tmp_path, "good", answers=answers_of(PACK))
    bad = write_script(tmp_path, "bad", answers=answers_of(PACK, wrong=["n1", "c3"]))
    asked = large_enough("run", str(pack), "-m", str(good), "-m", str(bad), "--yes", "--fast")
    assert asked.returncode == 0, asked.stderr

    said = large_enough("report", "last")
    assert said.returncode == 0, said.stderr
    for part in ("On 6 questions", "is a script, not a model", "Accuracy"):
        assert part in said.stdout.replace("are scripts, not models", "is a script, not a model")

    page = tmp_path / "report.html"
    written = large_enough("report", "last", "-o", str(page))
    assert written.returncode == 0, written.stderr
    read = Page(page.read_text("utf-8"))
    assert "n1: only good was right" in read.said
    assert read.open == []

    found = json.loads(large_enough("report", "last", "--json").stdout)
    assert found["schema"] == "large-enough-verdict"
    again = found["repeat"].split()
    assert again[:3] == ["large-enough", "run", "small"]

    card = large_enough("report", "last", "--card")
    assert card.stdout.startswith("## Evaluation: Small")
    assert "good.echo.json" in card.stdout
