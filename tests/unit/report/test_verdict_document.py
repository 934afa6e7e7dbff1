"""What reports of runs say."""

import msgspec
import pytest
from tests.helpers.verdicts import COSTING, example_record

from large_enough.comparison.claims import claims_view
from large_enough.comparison.verdict import verdict
from large_enough.domain.costing import Costing
from large_enough.domain.grade import GradeStatus, HandGrade
from large_enough.domain.pack_run import (
    PackRunRecord,
    PackRunSettings,
    Regrading,
    RunOrder,
    Variant,
)
from large_enough.report.verdict_document import VerdictDocument, verdict_document
from large_enough.report.verdict_parts import Section, SectionKey, short_text


def document_of(record: PackRunRecord, costing: Costing | None = None) -> VerdictDocument:
    return verdict_document(verdict(record, costing), record, costing)


def section_of(document: VerdictDocument, key: SectionKey) -> Section:
    (section,) = [one for one in document.sections if one.key is key]
    return section


def facts_of(document: VerdictDocument, key: SectionKey) -> dict[str, str]:
    return {
        one.label: one.value for group in section_of(document, key).facts for one in group.facts
    }


def keys_of(document: VerdictDocument) -> set[SectionKey]:
    return {section.key for section in document.sections}


def test_one_contender_has_no_pair_and_no_ladder() -> None:
    document = document_of(example_record("++-"))
    assert document.headline.startswith("No verdict")
    assert not keys_of(document) & {
        SectionKey.DIFFERENCE,
        SectionKey.QUESTIONS,
        SectionKey.PAIRS,
        SectionKey.LADDERS,
        SectionKey.CASCADE,
    }
    assert SectionKey.ACCURACY in keys_of(document)


def test_two_contenders_need_no_ladder_and_no_table_of_pairs() -> None:
    of_many = {SectionKey.PAIRS, SectionKey.LADDERS}
    assert not of_many & keys_of(document_of(example_record("++-", "+++")))
    assert of_many <= keys_of(document_of(example_record("++-", "+++", "+++")))


def test_a_run_without_answers_is_a_report_all_the_same() -> None:
    document = document_of(example_record("...", "..."))
    assert SectionKey.ANSWERS not in keys_of(document)
    assert facts_of(document, SectionKey.PROVENANCE)["Answers on record"] == "0 of 6"


def test_failures_are_told_apart() -> None:
    document = document_of(example_record("ntlr0oxs?-", "+++++-----"))
    endings = section_of(document, SectionKey.ACCURACY).tables[1]
    for head in ("no answer found", "cut off", "repeated itself", "refused", "out of time"):
        assert head in endings.heads


def test_missing_numbers_have_their_reason_once() -> None:
    document = document_of(example_record("++-", "+++", joules=None))
    energies = section_of(document, SectionKey.COSTS).tables[1]
    assert all("—" in row for row in energies.rows)
    (note,) = energies.notes
    assert note.startswith("Energy of an answer, Energy for each right answer — A, B: ")


def test_energies_say_what_they_are() -> None:
    costs = section_of(document_of(example_record("++-", "+++")), SectionKey.COSTS)
    assert costs.paragraphs == (
        "Energy: measured, processor chip, above idle (instrument rapl:package-0).",
    )


def test_money_is_shown_where_a_price_is_set() -> None:
    record = example_record("++-", "+++")
    priced = section_of(document_of(record, COSTING), SectionKey.COSTS).tables[1]
    assert "Money for each right answer, EUR" in priced.heads
    unpriced = section_of(document_of(record), SectionKey.COSTS).tables[1]
    assert not any("Money" in head for head in unpriced.heads)


def test_many_contenders_have_letters_as_heads() -> None:
    kinds = section_of(document_of(example_record(*["+-+-"] * 6)), SectionKey.KINDS)
    assert set(kinds.tables[0].heads[2:]) == set("ABCDEF")


def test_very_many_contenders_leave_no_room_for_intervals() -> None:
    document = document_of(example_record(*["+-+-"] * 12))
    assert document.title == "Retail banking: 12 models"
    levels = section_of(document, SectionKey.KINDS).tables[0]
    assert not any("to" in cell for row in levels.rows for cell in row)
    assert levels.notes
    pairs = section_of(document, SectionKey.PAIRS).tables[0]
    assert "A beside B" in [row[0] for row in pairs.rows]
    assert len(pairs.rows) == 66


@pytest.mark.parametrize(
    ("settings", "label", "part"),
    [
        (PackRunSettings(margin=0.075), "Margin", "7.5 points of 100"),
        (PackRunSettings(order=RunOrder.ABBA), "Order of models", "A, B, B, A"),
        (PackRunSettings(variant=Variant.NO_CONTEXT), "Documents", "as a control"),
        (PackRunSettings(seed=42), "Order of questions", "seed 42"),
    ],
)
def test_methods_say_how_it_was_asked(settings: PackRunSettings, label: str, part: str) -> None:
    document = document_of(example_record("++-", "+++", settings=settings))
    assert part in facts_of(document, SectionKey.METHODS)[label]


@pytest.mark.parametrize(
    ("patterns", "group_size", "part"),
    [
        (("++-" * 10, "+++" * 10), 1, "T. Tango"),
        (("++-" * 10, "+++" * 10), 3, "L. Kish"),
        (("+h-" * 20, "+++" * 20), 1, "bootstrap"),
        (("+h-" * 4, "+++" * 4), 1, "betting"),
    ],
)
def test_methods_name_the_limits_that_decided(
    patterns: tuple[str, str], group_size: int, part: str
) -> None:
    document = document_of(example_record(*patterns, group_size=group_size))
    facts = facts_of(document, SectionKey.METHODS)
    assert part.lower() in (facts["Why these limits"] + facts["Limits of the difference"]).lower()


def test_what_people_changed_is_told() -> None:
    hand = HandGrade(
        status=GradeStatus.CORRECT, score=1.0, who="Mia", why="said so", utc="2026-11-27T13:00"
    )
    record = example_record(
        "+-",
        "++",
        change=lambda cell: (
            msgspec.structs.replace(cell, hand_grade=hand)
            if cell.grade.status is GradeStatus.WRONG
            else cell
        ),
        fields={
            "regradings": (
                Regrading(
                    utc="2026-11-27T14:00",
                    pack_sha256="",
                    changed_item_ids=("fee-001",),
                    why="typo",
                ),
            )
        },
    )
    document = document_of(record)
    facts = facts_of(document, SectionKey.METHODS)
    assert facts["Graded by people"] == "1"
    assert facts["Graded again"] == "2026-11-27T14:00: fee-001 (typo)"
    answers = section_of(document, SectionKey.ANSWERS).tables[0]
    assert ("fee-002", "A", "right, by hand") in [row[:3] for row in answers.rows]


def test_repeats_are_told_apart() -> None:
    document = document_of(example_record(["+-", "--"], ["++", "++"]))
    answers = section_of(document, SectionKey.ANSWERS).tables[0]
    assert [row[1] for row in answers.rows[:4]] == ["A (1)", "A (2)", "B (1)", "B (2)"]


def test_the_power_is_that_of_so_many_questions() -> None:
    power = section_of(document_of(example_record("+" * 40, "+" * 40)), SectionKey.POWER)
    assert power.paragraphs[0] == "40 questions can only show large differences."
    assert "a chance of 31 %" in power.paragraphs[1]


def test_ratios_are_given_in_both_ways() -> None:
    document = document_of(example_record("+" * 30, "+" * 30))
    (ratios,) = section_of(document, SectionKey.DIFFERENCE).tables
    assert [row[0] for row in ratios.rows] == ["Time", "Energy"]
    assert all("3." in cell for row in ratios.rows for cell in row[1:])
    (few,) = section_of(document_of(example_record("++", "++")), SectionKey.DIFFERENCE).tables
    assert few.rows[0][1:] == ("—", "—")
    assert few.notes


def test_a_cascade_says_what_it_comes_to() -> None:
    record = example_record("++-" * 30, "+++" * 30)
    cascade = section_of(document_of(record), SectionKey.CASCADE)
    signals, points = cascade.tables
    assert len(signals.rows) >= 1
    names = [row[0] for row in points.rows]
    assert "The small one alone" in names
    assert "The large one alone" in names


def test_claims_stand_beside_the_own_figures_where_they_are_wanted() -> None:
    record = example_record("++-" * 30, "+++" * 30)
    made = verdict(record)
    assert SectionKey.CLAIMS not in keys_of(document_of(record))
    document = verdict_document(made, record, claims=claims_view(made))
    table, sources = section_of(document, SectionKey.CLAIMS).tables
    assert len(table.rows) == 5
    assert "3.0 times" in str(table.rows)
    assert len(sources.rows) >= 5
    nothing = verdict_document(made, record, claims=claims_view())
    assert SectionKey.CLAIMS not in keys_of(nothing)


def test_long_texts_say_how_much_is_left_out() -> None:
    assert short_text("abc", 3) == "abc"
    assert short_text("abcd", 3) == "abc … (1 more character is left out)"
    assert short_text("a" * 2_003, 3) == "aaa … (2,000 more characters are left out)"
