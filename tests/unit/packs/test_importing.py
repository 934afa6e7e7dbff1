"""Questions from spreadsheets, from the clipboard, and from other programs."""

from pathlib import Path

import pytest
from tests.helpers.pack_files import pack_file

from large_enough.domain.pack import (
    ChoiceKey,
    ContainsKey,
    DateKey,
    FreeKey,
    JsonKey,
    LabelKey,
    ListKey,
    MultiChoiceKey,
    NumberKey,
    RegexKey,
    TextKey,
    UnanswerableKey,
)
from large_enough.packs.importing import Imported, read_questions
from large_enough.packs.inspect_writing import inspect_lines
from large_enough.packs.loading import read_pack
from large_enough.wording.pack_words import fault_text


def keys(imported: Imported) -> list[object]:
    assert imported.pack is not None, imported.faults
    return [item.key for item in imported.pack.items]


def told(imported: Imported) -> str:
    return "\n".join(map(fault_text, (*imported.faults, *imported.notes)))


def from_bytes(tmp_path: Path, content: bytes, name: str = "questions.csv") -> Imported:
    path = tmp_path / name
    path.write_bytes(content)
    return read_questions(path)


class TestTables:
    """CSV and what spreadsheets copy."""

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
    def test_delimiters_and_line_ends(self, delimiter: str, line_end: str) -> None:
        rows = [["question", "answer"], ["How many?", "12"], ['"a; b, c"', "x"]]
        imported = read_questions(line_end.join(delimiter.join(row) for row in rows))
        assert keys(imported) == [NumberKey(answer=12), TextKey(answers=("x",))]
        assert imported.pack is not None
        assert imported.pack.items[1].question == "a; b, c"

    @pytest.mark.parametrize(
        "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"]
    )
    def test_encodings(self, tmp_path: Path, encoding: str) -> None:
        text = "Frage;Antwort\nWie heißt die Gebühr in €?;Kontoführung\n"
        imported = from_bytes(tmp_path, text.encode(encoding))
        assert keys(imported) == [TextKey(answers=("Kontoführung",))]
        assert ("Windows-1252" in told(imported)) == (encoding == "cp1252")

    @pytest.mark.parametrize("content", [b"\0\1\2\3\0\0\0", b"\x81\x8d\xff,x\n", bytes(range(256))])
    def test_what_is_no_text_is_refused(self, tmp_path: Path, content: bytes) -> None:
        assert from_bytes(tmp_path, content).pack is None

    def test_a_quoted_cell_may_hold_lines_and_quotation_marks(self) -> None:
        imported = read_questions('question\tanswer\n"one\n""two"""\tx\nthree\ty\n')
        assert imported.pack is not None
        assert [item.question for item in imported.pack.items] == ['one\n"two"', "three"]

    def test_a_stray_quotation_mark_spoils_no_other_row(self) -> None:
        imported = read_questions('question\tanswer\n"Hi" he said?\tx\n"open\ty\nlast\tz\n')
        assert imported.pack is not None
        assert [item.question for item in imported.pack.items] == ['"Hi" he said?', '"open', "last"]
        assert "row 3: a quotation mark is not closed" in told(imported)

    @pytest.mark.parametrize(
        "head",
        ["question,answer", "Prompt,Target", "INPUT,expected", "q,ideal", "Frage,Antwort"],
    )
    def test_names_of_columns(self, head: str) -> None:
        assert keys(read_questions(f"{head}\nWho?,Ada\n")) == [TextKey(answers=("Ada",))]

    def test_no_names_at_all(self) -> None:
        imported = read_questions("Who?,Ada\nHow many?,3\n")
        assert keys(imported) == [TextKey(answers=("Ada",)), NumberKey(answer=3)]
        assert "there are no names of columns" in told(imported)

    def test_no_names_but_types(self) -> None:
        assert keys(read_questions("Who?,Ada,text\nSay hi,,free\n")) == [
            TextKey(answers=("Ada",)),
            FreeKey(),
        ]

    def test_excels_own_line_about_the_delimiter(self) -> None:
        imported = read_questions("sep=;\nquestion;answer\na, b?;\n")
        assert "row 3, answer: it is missing" in told(imported)

    def test_columns_that_are_not_known_are_kept_and_told(self) -> None:
        imported = read_questions("question,answer,Teacher\nWho?,Ada,Bob\n")
        assert imported.pack is not None
        assert imported.pack.items[0].extra == {"Teacher": "Bob"}
        assert "“Teacher”" in told(imported)

    def test_cells_beyond_the_names_are_told(self) -> None:
        assert "row 2: it has more cells" in told(read_questions("question,answer\nWho?,Ada,x\n"))

    def test_every_row_is_either_taken_or_told(self) -> None:
        rows = "question,answer\nWho?,Ada\n,orphan\nWhy?,\n\nWhen?,2026-01-01\n"
        imported = read_questions(rows)
        assert [fault.row for fault in imported.faults] == [3, 4]
        assert keys(imported) == [TextKey(answers=("Ada",)), DateKey(answer="2026-01-01")]


class TestAnswers:
    """What stands in the column of answers."""

    @pytest.mark.parametrize(
        ("answer", "key"),
        [
            ("A", "Paris"),
            ("a)", "Paris"),
            ("(B)", "Rome"),
            ("C.", "Bonn"),
            ("rome", "Rome"),
            ("B) Rome", "Rome"),
            ("2", "Rome"),
        ],
    )
    def test_letters_numbers_and_options(self, answer: str, key: str) -> None:
        table = f"question\tA\tB\tC\tanswer\nCapital?\tParis\tRome\tBonn\t{answer}\n"
        (found,) = keys(read_questions(table))
        assert found == ChoiceKey(choices=("Paris", "Rome", "Bonn"), answer=key)

    @pytest.mark.parametrize("answer", ["D", "Berlin", "4", "A) Rome", "?"])
    def test_neither_a_letter_nor_an_option(self, answer: str) -> None:
        table = f"question\tA\tB\tC\tanswer\nCapital?\tParis\tRome\tBonn\t{answer}\n"
        imported = read_questions(table)
        assert imported.pack is None
        assert "row 2, answer" in told(imported)
        assert "neither a letter nor an option" in told(imported)

    def test_an_options_own_text_goes_before_letters(self) -> None:
        table = "question\tA\tB\tC\tanswer\nLanguage?\tC\tJava\tAda\tC\n"
        (key,) = keys(read_questions(table))
        assert isinstance(key, ChoiceKey)
        assert key.answer == "C"

    @pytest.mark.parametrize("answer", ["A, C", "A;C", "AC", "A and C", "p | r", "A C"])
    def test_several_right_options(self, answer: str) -> None:
        table = f"question\tA\tB\tC\tanswer\nBoth?\tp\tq\tr\t{answer}\n"
        assert keys(read_questions(table)) == [
            MultiChoiceKey(choices=("p", "q", "r"), answers=("p", "r"))
        ]

    @pytest.mark.parametrize("cell", ["p | q", "p; q", "p\nq", '["p", "q"]', "p, q"])
    def test_options_in_one_cell(self, cell: str) -> None:
        quoted = '"' + cell.replace('"', '""') + '"'
        (key,) = keys(read_questions(f"question\toptions\tanswer\nWhich?\t{quoted}\tB\n"))
        assert key == ChoiceKey(choices=("p", "q"), answer="q")

    @pytest.mark.parametrize(
        ("answer", "key"),
        [
            ("12", NumberKey(answer=12)),
            ("-3.5", NumberKey(answer=-3.5)),
            ("\u22123.5", NumberKey(answer=-3.5)),
            ("27.50 EUR", NumberKey(answer=27.5, unit="EUR")),
            ("€ 3", NumberKey(answer=3, unit="€")),
            ("$3", NumberKey(answer=3, unit="$")),
            ("27 %", NumberKey(answer=27, unit="%")),
            ("1,234.5", NumberKey(answer=1234.5)),
            ("1.234,5", NumberKey(answer=1234.5)),
            ("1 234,5", NumberKey(answer=1234.5)),
            ("1'234.5", NumberKey(answer=1234.5)),
            ("1,234,567", NumberKey(answer=1234567)),
            ("2026-03-01", DateKey(answer="2026-03-01")),
            ("1.3.2026", DateKey(answer="2026-03-01")),
            ("13/03/2026", DateKey(answer="2026-03-13")),
            ("007", TextKey(answers=("007",))),
            ("12-14", TextKey(answers=("12-14",))),
            ("1234567890123456789", TextKey(answers=("1234567890123456789",))),
            ("Paris | City of Paris", TextKey(answers=("Paris", "City of Paris"))),
            ('{"a": 1}', JsonKey(answer={"a": 1})),
            ("not stated", UnanswerableKey()),
            ("word " * 21, FreeKey(reference=("word " * 21).strip())),
        ],
    )
    def test_types_are_guessed(self, answer: str, key: object) -> None:
        quoted = '"' + answer.replace('"', '""') + '"'
        imported = read_questions(f"question\tanswer\nWhat?\t{quoted}\n")
        assert keys(imported) == [key]
        assert "guessed from the answers" in told(imported)

    def test_a_comma_before_decimals(self) -> None:
        imported = read_questions("Frage;Antwort\nWas?;1,5\nWie?;27,25\nUnd?;1,234\n")
        assert keys(imported) == [NumberKey(answer=value) for value in (1.5, 27.25, 1.234)]
        assert "row 4, answer: “1,234” was read as 1.234" in told(imported)

    def test_a_comma_between_thousands(self) -> None:
        imported = read_questions("question\tanswer\na?\t1.5\nb?\t1,234\n")
        assert keys(imported) == [NumberKey(answer=1.5), NumberKey(answer=1234)]
        assert "“1,234” was read as 1234" in told(imported)

    def test_types_that_are_given(self) -> None:
        table = (
            "question;answer;type;labels;context\n"
            "1?;red | blue;list;;\n2?;fee;label;fee | card;\n3?;fee | cost;contains;;\n"
            "4?;\\d+;regex;;\n5?;;unanswerable;;Nothing.\n6?;;free;;\n"
        )
        assert keys(read_questions(table)) == [
            ListKey(entries=(("red",), ("blue",))),
            LabelKey(labels=("fee", "card"), answer="fee"),
            ContainsKey(all_of=("fee", "cost")),
            RegexKey(pattern="\\d+"),
            UnanswerableKey(),
            FreeKey(),
        ]

    def test_a_type_that_is_not_known(self) -> None:
        imported = read_questions("question,answer,type\nWho?,Ada,sorcery\nHow?,so,text\n")
        assert "row 2, type: “sorcery” is no type" in told(imported)
        assert len(keys(imported)) == 1


DAMAGED = [
    ("Which aisle?", "01-Feb", "made a date of it"),
    ("Which aisle?", "1. Mrz", "made a date of it"),
    ("Which aisle?", "Feb-26", "made a date of it"),
    ("Account?", "1.23E+11", "cut its digits"),
    ("Account?", "1,23457E+12", "cut its digits"),
    ("Is it so?", "TRUE", "changed a word"),
    ("Ist es so?", "FALSCH", "changed a word"),
    ("Branch 0042 or 0043?", "42", "lost its zeros: “0042”"),
]


@pytest.mark.parametrize(("question", "answer", "problem"), DAMAGED)
def test_what_spreadsheets_do_is_told_with_its_row(
    question: str, answer: str, problem: str
) -> None:
    imported = read_questions(f"question\tanswer\nFine?\tyes\n{question}\t{answer}\n")
    (note,) = (note for note in imported.notes if problem in note.problem)
    assert (note.row, note.field) == (3, "answer")


@pytest.mark.parametrize("answer", ["#REF!", "#N/A", "#NAME?", "#DIV/0!", "#WERT!", "#####"])
def test_errors_of_formulas_are_no_answers(answer: str) -> None:
    imported = read_questions(f"question\tanswer\nFine?\tyes\nSum?\t{answer}\n")
    assert "row 3, answer: a formula failed" in told(imported)
    assert len(keys(imported)) == 1


@pytest.mark.parametrize("answer", ["yes", "42", "1-2", "True love", "1.5", "May", "E5"])
def test_what_is_not_damaged_is_left_alone(answer: str) -> None:
    assert "spreadsheet" not in told(read_questions(f"question\tanswer\nWhat?\t{answer}\n"))


def test_an_exported_table_that_a_spreadsheet_saved_again() -> None:
    head = (
        "id;type;question;answer;shuffle;tolerance.abs;pack.schema;pack.id;pack.version;pack.title"
    )
    rows = (
        "d;date;Day?;01.03.2026;;;;;;\n"
        "n;number;Sum?;27,5;;0,005;pack/1;bank;1.0.0;Bank\n"
        "t;text;Aisle?;01. Feb;;;;;;\n"
    )
    imported = read_questions(f"{head}\n{rows}")
    assert keys(imported) == [
        DateKey(answer="2026-03-01"),
        NumberKey(answer=27.5, tolerance_abs=0.005),
        TextKey(answers=("01. Feb",)),
    ]
    assert imported.pack is not None
    assert imported.pack.id == "bank"
    text = told(imported)
    assert "row 2 (d), answer: “01.03.2026” was read as 2026-03-01" in text
    assert "row 3 (n), answer: “27,5” was read as 27.5" in text
    assert "row 4 (t), answer: “01. Feb” looks as if" in text


class TestLooks:
    """What is odd about questions as a whole."""

    def test_doubles(self) -> None:
        table = (
            "question\tanswer\nWhat is the monthly fee of the plan?\t1\nWho?\tAda\n"
            "what is the  monthly fee of the plan\t1\n"
            "So what is the monthly fee of the plan?\t1\n"
        )
        text = told(read_questions(table))
        assert "row 4 (q3): it asks the same as row 2" in text
        assert "row 5 (q4): it asks nearly the same as row" in text

    def test_all_answers_a(self) -> None:
        rows = [f"Question {number}?\tx{number}\ty\tz\tA" for number in range(12)]
        text = told(read_questions("\n".join(["question\tA\tB\tC\tanswer", *rows])))
        assert "12 have the answer A" in text

    def test_answers_in_balance(self) -> None:
        rows = [f"Question {number}?\tx{number}\ty\tz\t{'ABC'[number % 3]}" for number in range(12)]
        text = told(read_questions("\n".join(["question\tA\tB\tC\tanswer", *rows])))
        assert "have the answer" not in text

    def test_ids_that_occur_twice_are_changed_and_told(self) -> None:
        imported = read_questions("id,question,answer\nx,Who?,Ada\nx,When?,now\n,Why?,so\n")
        assert imported.pack is not None
        assert [item.id for item in imported.pack.items] == ["x", "x-2", "q3"]
        assert "“x” stands there before" in told(imported)

    def test_the_language_is_guessed(self) -> None:
        imported = read_questions("Frage;Antwort\nWas kostet die Karte für das Konto?;3\n")
        assert imported.pack is not None
        assert imported.pack.language == "de"

    def test_the_chance_level_is_computed(self) -> None:
        imported = read_questions("question\tA\tB\tanswer\nx?\ty\tz\tA\n")
        assert imported.pack is not None
        assert imported.pack.chance == 0.5


class TestFormulas:
    """Cells that spreadsheets would compute with."""

    def test_what_an_export_prefixed_is_as_before(self) -> None:
        imported = read_questions("question\tanswer\n'=1+1\t'@x\n-5?\t-5\n'tis?\t'tis\n")
        assert imported.pack is not None
        assert [item.question for item in imported.pack.items] == ["=1+1", "-5?", "'tis?"]
        assert keys(imported) == [
            TextKey(answers=("@x",)),
            NumberKey(answer=-5),
            TextKey(answers=("'tis",)),
        ]


class TestOtherPrograms:
    """inspect_ai, promptfoo, OpenAI's evals, Aiken."""

    def test_inspect_lines(self) -> None:
        lines = (
            '{"input": "2+2?", "target": "4", "id": 7, "metadata": {"a": 1}}\n'
            '{"input": "Which?", "choices": ["x", "y"], "target": "B"}\n'
            '{"input": "All?", "choices": ["x", "y", "z"], "target": ["A", "C"]}\n'
            '{"input": [{"role": "user", "content": "Name?"}], "target": ["Ada", "A. L."]}\n'
        )
        imported = read_questions(lines)
        assert keys(imported) == [
            NumberKey(answer=4),
            ChoiceKey(choices=("x", "y"), answer="y"),
            MultiChoiceKey(choices=("x", "y", "z"), answers=("x", "z")),
            TextKey(answers=("Ada", "A. L.")),
        ]
        assert imported.pack is not None
        assert imported.pack.items[0].id == "7"
        assert imported.pack.items[0].extra == {"metadata": {"a": 1}}

    def test_inspect_table(self) -> None:
        imported = read_questions('input,target,choices\nWhich?,B,"x,y"\n2+2?,4,\n')
        assert keys(imported) == [ChoiceKey(choices=("x", "y"), answer="y"), NumberKey(answer=4)]

    def test_openai_evals(self) -> None:
        line = (
            '{"input": [{"role": "system", "content": "Be brief."},'
            ' {"role": "user", "content": "2+2?"}], "ideal": "4"}\n'
        )
        imported = read_questions(line * 2)
        assert imported.pack is not None
        assert imported.pack.system_prompt == "Be brief."
        assert keys(imported) == [NumberKey(answer=4)] * 2

    def test_aiken(self) -> None:
        text = "What is it?\nA. One\nB) Two\nANSWER: B\n\nNext?\nA. x\nB. y\nANSWER: C\n\nLast?\n"
        imported = read_questions(text)
        assert keys(imported) == [ChoiceKey(choices=("One", "Two"), answer="Two")]
        assert [fault.row for fault in imported.faults] == [6, 11, 11, 11][: len(imported.faults)]

    def test_promptfoo_table(self) -> None:
        table = (
            "question,__expected,__expected2,__metadata:topic,__prefix\n"
            "Capital?,contains:Paris,not-contains:Rome,geo,Hm\nSum?,equals:4,,,\n"
            'Any?,"icontains-any:a,b",latency(5):x,,\nWord?,plain word,,,\n'
        )
        imported = read_questions(table)
        assert keys(imported) == [
            ContainsKey(all_of=("Paris",), none_of=("Rome",)),
            TextKey(answers=("4",)),
            ContainsKey(any_of=("a", "b")),
            TextKey(answers=("plain word",)),
        ]
        assert "row 2: “__prefix” has no meaning here" in told(imported)
        assert "row 4, assert: “latency” cannot be judged here" in told(imported)

    @pytest.mark.parametrize(
        "kind", ["javascript", "python", "webhook", "not-javascript", "not-python"]
    )
    def test_code_of_strangers_is_refused(self, kind: str) -> None:
        tests = (
            f'[{{"vars": {{"question": "q"}}, "assert": [{{"type": "{kind}", "value": "1"}}]}}]',
            f'{{"tests": [{{"vars": {{"q": "q"}}, "assert": [{{"type": "{kind}"}}]}}]}}',
            f"question,__expected\nq,{kind}:true\n",
        )
        for text in tests:
            imported = read_questions(text)
            assert imported.pack is None
            assert "runs code" in told(imported)

    def test_promptfoo_json(self) -> None:
        text = (
            '{"prompts": ["{{question}}"], "tests": [{"vars": {"question": "q", "tone": "kind"},'
            ' "assert": [{"type": "regex", "value": "a+"}]},'
            ' {"vars": {"question": "p"}, "assert": [{"type": "llm-rubric", "value": "good"}]}]}'
        )
        imported = read_questions(text)
        assert keys(imported) == [RegexKey(pattern="a+", keeps_case=True), FreeKey()]
        assert "tone" in told(imported)
        assert "“llm-rubric” cannot be judged here" in told(imported)

    def test_a_line_that_is_no_json_spoils_no_other(self) -> None:
        imported = read_questions('{"input": "2?", "target": "2"}\n{"input": \n')
        assert [fault.row for fault in imported.faults] == [2]
        assert len(keys(imported)) == 1

    def test_yaml_is_refused_in_words(self, tmp_path: Path) -> None:
        assert "YAML" in told(from_bytes(tmp_path, b"tests: []", "x.yaml"))

    def test_what_somebody_changed_after_an_export_counts(self) -> None:
        pack = read_pack(pack_file("number")).pack
        assert pack is not None
        changed = inspect_lines(pack).decode().replace('"target": "27.5"', '"target": "30"', 1)
        imported = read_questions(changed)
        assert keys(imported) == [NumberKey(answer=30)]
        assert "it was changed since" in told(imported)


@pytest.mark.parametrize("text", ["", " \n ", "[]", "{}", "null", "[1, 2]", '{"items": 3}', "\0"])
def test_nothing_comes_of_nothing(text: str) -> None:
    imported = read_questions(text)
    assert imported.pack is None
    assert imported.faults


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    assert "there is no such file" in told(read_questions(tmp_path / "none.csv"))
    assert "not an ordinary file" in told(read_questions(tmp_path))
