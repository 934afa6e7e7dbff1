"""The verdict of a run as a whole: the headline pair, who is beaten, fields, evidence."""

import itertools
import random

import msgspec
import pytest
from tests.helpers.verdict_streams import Share, Stream
from tests.helpers.verdicts import COSTING, example_record, example_verdict, patterns, sized_card

from large_enough.comparison.run_matrix import RunMatrix
from large_enough.comparison.verdict import verdict
from large_enough.comparison.verdict_evidence import evidence_track
from large_enough.comparison.verdict_fields import known_fields
from large_enough.domain.costing import Costing
from large_enough.domain.model_card import Adapter, BackendKind
from large_enough.domain.pack_run import PackRunPlan, PackRunRecord, PackRunSettings, Variant
from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import (
    CostMeasure,
    Decision,
    EvidenceTrack,
    FieldPair,
    Outcome,
    PairVerdict,
    RunVerdict,
)
from large_enough.stats.evidence import ENOUGH_EVIDENCE, wealth_for_enough

B = 10**9
GOOD = "+" * 95 + "-" * 5
BAD = "+" * 50 + "-" * 50
ADAPTER = Adapter(path="/fees.gguf", name="Fees", size_bytes=10**6)


def letters_of(found: RunVerdict) -> tuple[str, str]:
    assert isinstance(found.headline, PairVerdict), found.headline
    return found.headline.small, found.headline.large


# --- the pair of the sentence


def test_the_smallest_stands_beside_the_largest() -> None:
    found = example_verdict(GOOD, BAD, GOOD)
    assert letters_of(found) == ("A", "C")
    assert [each.letter for each in found.contenders] == ["A", "B", "C"]
    assert isinstance(found.headline.decision, Decision)
    assert found.headline.decision.outcome is Outcome.LARGE_ENOUGH
    assert found.headline in found.pairs


def test_the_order_of_joining_does_not_matter() -> None:
    cards = [sized_card("Elk 7B", 7 * B), sized_card("Ant 1B", B)]
    found = example_verdict(GOOD, BAD, cards=cards)
    assert letters_of(found) == ("B", "A")
    assert [each.letter for each in found.contenders] == ["B", "A"]


def test_scripts_stand_back_behind_models() -> None:
    cards = [
        sized_card("Script", 10**6, backend=BackendKind.ECHO),
        sized_card("Ant 1B", B),
        sized_card("Elk 7B", 7 * B),
    ]
    assert letters_of(example_verdict(GOOD, GOOD, GOOD, cards=cards)) == ("B", "C")
    assert letters_of(example_verdict(GOOD, GOOD, cards=cards[:2])) == ("A", "B")


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (example_record(GOOD), "one model alone says nothing about size"),
        (example_record("..", ".."), "nothing is answered yet"),
        (example_record("+.", ".+"), "no question was answered by both"),
        (example_record("??", "++"), "people must judge the answers first"),
        (
            example_record("++", "++", cards=[sized_card("Ant", B), sized_card("Bee", B)]),
            "the models are of one size",
        ),
        (
            example_record("++", "++", settings=PackRunSettings(variant=Variant.NO_CONTEXT)),
            "the documents were left out: that is a control, not a test",
        ),
        (
            example_record("++", "++", settings=PackRunSettings(margin=0)),
            "the run has no margin to judge by",
        ),
    ],
)
def test_without_a_verdict_everything_says_why(record: PackRunRecord, reason: str) -> None:
    found = verdict(record)
    missing = Unavailable(reason=reason)
    assert found.headline == found.cascade == found.evidence == missing
    assert set(found.standings) == {each.letter for each in record.plan.contenders}


def test_a_run_without_contenders_or_questions_is_no_obstacle() -> None:
    empty = example_record("++", "++")
    nobody = msgspec.structs.replace(empty.plan, contenders=())
    nothing = msgspec.structs.replace(empty.plan, item_ids=())
    without_models, without_questions = (
        verdict(msgspec.structs.replace(empty, plan=plan)) for plan in (nobody, nothing)
    )
    assert without_models.headline == Unavailable(reason="no model took part")
    assert without_models.standings == {}
    assert isinstance(without_questions.headline, Unavailable)
    assert without_questions.levels == ()


def test_more_repeats_than_anybody_could_ask_are_no_obstacle() -> None:
    """Records come from other people, too."""
    record = example_record("+-" * 5, "++" * 5)
    settings = msgspec.structs.replace(record.plan.settings, repeats=10**15)
    plan = msgspec.structs.replace(record.plan, settings=settings)
    found = verdict(msgspec.structs.replace(record, plan=plan))
    assert letters_of(found) == ("A", "B")


def test_a_verdict_survives_being_written_down() -> None:
    found = example_verdict(costing=COSTING)
    assert msgspec.json.decode(msgspec.json.encode(found), type=RunVerdict) == found


def test_the_same_record_gives_the_same_verdict() -> None:
    record = example_record("+h-+" * 20, "+++h" * 20, group_size=4)
    assert verdict(record) == verdict(record)


# --- who is beaten


def test_who_is_less_right_and_dearer_is_beaten() -> None:
    found = example_verdict(GOOD, BAD, GOOD, costing=COSTING).dominated
    for measure in CostMeasure:
        assert found[measure] == ("B", "C")  # C is as right as A, and costs more


def test_more_right_for_more_cost_is_not_beaten() -> None:
    assert set(example_verdict(BAD, GOOD).dominated.values()) == {()}


def test_equal_in_everything_beats_nobody() -> None:
    found = example_verdict(GOOD, GOOD, seconds=(2.0, 2.0), joules=(5.0, 5.0)).dominated
    assert found[CostMeasure.TIME] == found[CostMeasure.ENERGY] == ()
    assert found[CostMeasure.MEMORY] == ("B",)


def test_what_may_not_be_compared_beats_nobody() -> None:
    def change(cell):
        contended = cell.key.letter == "A"
        context = msgspec.structs.replace(cell.context, is_contended=contended)
        return msgspec.structs.replace(cell, context=context)

    found = example_verdict(GOOD, BAD, change=change).dominated
    assert found[CostMeasure.TIME] == found[CostMeasure.ENERGY] == ()
    assert found[CostMeasure.MEMORY] == ("B",)


def test_money_and_co2_that_nobody_set_beat_nobody() -> None:
    found = example_verdict(GOOD, BAD, costing=Costing(grid_g_per_kwh=1.0)).dominated
    assert found[CostMeasure.MONEY] == ()
    assert found[CostMeasure.CO2] == ("B",)


def test_only_questions_that_both_answered_count() -> None:
    """The large one was right on what only it has answered so far."""
    found = example_verdict("+" * 20 + "." * 60, "+" * 19 + "-" + "+" * 60).dominated
    assert found[CostMeasure.TIME] == ("B",)


# --- fields

FIELDS = {"ant-fees": "finance", "ant-law": "legal", "ant": "general"}
CARDS = [
    sized_card("Ant 1B", B, catalog_id="ant"),
    sized_card("Ant Fees 1B", B + 1, catalog_id="ant-fees"),
    sized_card("Ant Law 1B", B + 2, catalog_id="ant-law"),
    sized_card("Elk 7B", 7 * B),
]


def field_pairs(*signs: str, cards, domain: str = "finance") -> dict[str, FieldPair]:
    record = example_record(*signs, cards=cards)
    pack = msgspec.structs.replace(record.plan.pack, domain=domain)
    plan = msgspec.structs.replace(record.plan, pack=pack)
    found = verdict(msgspec.structs.replace(record, plan=plan), fields=FIELDS)
    return {pair.special + pair.general: pair for pair in found.field_pairs}


def test_a_model_for_the_field_stands_beside_general_ones() -> None:
    found = field_pairs(BAD, GOOD, GOOD, GOOD, cards=CARDS)
    assert set(found) == {"BA", "BD"}
    assert found["BA"].limits.difference == pytest.approx(0.45)  # special minus general
    assert found["BA"].limits.low < 0.45 < found["BA"].limits.high
    assert found["BD"].limits.difference == 0
    assert (found["BA"].same_size, found["BD"].same_size) == (True, False)


def test_a_model_for_another_field_is_neither() -> None:
    assert set(field_pairs(BAD, GOOD, GOOD, GOOD, cards=CARDS, domain="legal")) == {"CA", "CD"}
    assert field_pairs(BAD, GOOD, GOOD, GOOD, cards=CARDS, domain="") == {}


def test_an_adapter_makes_a_model_special_for_any_field() -> None:
    cards = [CARDS[0], CARDS[0].with_adapter(ADAPTER)]
    found = field_pairs(BAD, GOOD, cards=cards, domain="")
    assert set(found) == {"BA"}
    assert found["BA"].same_size
    assert found["BA"].limits.low > 0


def test_without_common_questions_the_field_pair_says_why() -> None:
    found = field_pairs("+.", ".+", cards=CARDS[:2])
    assert found["BA"].limits == Unavailable(reason="no question was answered by both")


def test_the_shipped_catalogue_says_what_models_are_for() -> None:
    assert known_fields()["qwen2.5-coder-0.5b-instruct"] == "coding"


# --- evidence


def track_of(found: RunVerdict) -> EvidenceTrack:
    assert isinstance(found.evidence, EvidenceTrack), found.evidence
    return found.evidence


def test_evidence_has_a_value_after_each_question() -> None:
    track = track_of(example_verdict("+" * 60, "+" * 60))
    assert track.enough == pytest.approx(wealth_for_enough([0] * 60, 0.10))
    assert len(track.different) == 60
    assert track.enough[track.first_enough - 1] >= ENOUGH_EVIDENCE
    assert max(track.enough[: track.first_enough - 1]) < ENOUGH_EVIDENCE
    assert track.first_different is None


def test_a_clear_difference_is_seen_early() -> None:
    track = track_of(example_verdict("-" * 40, "+" * 40))
    assert track.first_enough is None
    assert track.first_different == 8  # 2^n / (n + 1) reaches 20


def test_evidence_goes_in_the_order_in_which_questions_are_asked() -> None:
    record = example_record("+" * 10 + "-" * 10, "+" * 20)
    turned = msgspec.structs.replace(record.plan, item_ids=record.plan.item_ids[::-1])
    one = track_of(verdict(record))
    other = track_of(verdict(msgspec.structs.replace(record, plan=turned)))
    assert one.enough[5] > 1 > other.enough[5]
    assert one.enough[-1] == pytest.approx(other.enough[-1])


def test_evidence_may_be_watched_while_a_run_goes_on() -> None:
    record = example_record("+-+" * 10, "+++" * 10)
    matrix = RunMatrix(record.plan)
    assert evidence_track(matrix, "A", "B", 0.10) == Unavailable(
        reason="no question was answered by both"
    )
    lengths = []
    for cell in sorted(record.cells, key=lambda cell: (cell.key.item_id, cell.key.letter)):
        matrix.take(cell)
        track = evidence_track(matrix, "A", "B", 0.10)
        lengths.append(len(track.enough) if isinstance(track, EvidenceTrack) else 0)
    assert lengths == [count // 2 for count in range(1, 61)]
    assert track == track_of(verdict(record))


def test_without_a_margin_there_is_no_evidence() -> None:
    record = example_record("++", "++")
    matrix = RunMatrix(record.plan, record.cells)
    assert isinstance(evidence_track(matrix, "A", "B", 0.0), Unavailable)


# --- simulated runs, from the record to the verdict


def drawn_record(plan: PackRunPlan, template: PackRunRecord, dice: random.Random) -> PackRunRecord:
    """Return a run in which 20 % of the kinds are lost and 10 % gained by the small model.

    All questions of a kind go the same way.
    """
    cells = {(cell.key.letter, cell.grade.score): cell for cell in template.cells}
    found = []
    for cluster, items in itertools.groupby(plan.items, key=lambda item: item.cluster):
        assert cluster
        chance = dice.random()
        scores = (0.0, 1.0) if chance < 0.2 else (1.0, 0.0) if chance < 0.3 else (1.0, 1.0)
        for item, (letter, score) in itertools.product(items, zip("AB", scores, strict=True)):
            cell = cells[letter, score]
            key = msgspec.structs.replace(cell.key, item_id=item.id)
            found.append(msgspec.structs.replace(cell, key=key))
    return msgspec.structs.replace(template, plan=plan, cells=tuple(found))


@pytest.mark.parametrize("size", [1, 5])
def test_simulated_runs_are_seldom_called_large_enough_falsely(size: int) -> None:
    template = example_record("+-", "+-")
    plan = example_record("+" * 60, "+" * 60, group_size=size).plan
    dice, runs = random.Random(size), 60
    outcomes = [
        verdict(drawn_record(plan, template, dice)).headline.decision.outcome
        for _run in range(runs)
    ]
    claims = outcomes.count(Outcome.LARGE_ENOUGH) / runs
    stream = Stream(name="", groups=60 // size, size=size)
    assert Share(stream=stream, runs=runs, enough=claims, anytime=0).is_fine
    assert outcomes.count(Outcome.NOT_SETTLED) > runs / 3


def test_more_than_enough_questions_settle_equal_models() -> None:
    small, large = patterns(both=180, only_small=10, only_large=10)
    found = example_verdict(small, large)
    assert found.headline.decision.outcome is Outcome.LARGE_ENOUGH
    assert found.headline.decision.more_questions == Unavailable(reason="the matter is settled")
