"""Builds records of runs with a given pattern of answers, and their verdicts.

A pattern has one sign for each question:

    +  right                -  wrong              h  half of the points
    ?  a person must judge  .  not answered yet   n  nothing could be read in it
    t  cut                  l  looping            r  refused
    0  empty                o  too long to ask    x  crashed        s  time was up
"""

from collections.abc import Callable, Mapping, Sequence

import msgspec
from tests.helpers.energy_uses import make_part, make_use
from tests.helpers.matrix_runs import MACHINE, make_cards, make_cell, make_item, make_pack
from tests.helpers.power_sources import CONDITIONS
from tests.helpers.records import make_card, make_context, make_timing

from large_enough.comparison.verdict import verdict
from large_enough.domain.costing import Costing
from large_enough.domain.energy_use import PartUse
from large_enough.domain.grade import GradeStatus
from large_enough.domain.model_card import BackendKind, ModelCard
from large_enough.domain.pack_run import (
    NOT_ANSWERED,
    RUN_LETTERS,
    Cell,
    PackRunEnd,
    PackRunPlan,
    PackRunRecord,
    PackRunSettings,
    Setup,
)
from large_enough.domain.quantity import Count
from large_enough.domain.resource_use import MemoryUse, ResourceUse
from large_enough.domain.round import Contender
from large_enough.domain.verdict import RunVerdict

SIGNS = {
    "+": GradeStatus.CORRECT,
    "-": GradeStatus.WRONG,
    "h": GradeStatus.PARTIAL,
    "?": GradeStatus.NEEDS_HUMAN,
    "n": GradeStatus.NO_ANSWER,
    "t": GradeStatus.TRUNCATED,
    "l": GradeStatus.LOOPING,
    "r": GradeStatus.REFUSED,
    "0": GradeStatus.EMPTY,
    "o": GradeStatus.OVERFLOW,
    "x": GradeStatus.ERROR,
    "s": GradeStatus.TIMEOUT,
}
NOT_YET = "."
EXAMPLE = ("++-+--+-++" * 10, "+++++-+-++" * 10, "+++++-++++" * 10)
"""Three models that are right on 60, 80 and 90 of 100 questions."""
COSTING = Costing(
    price_per_kwh=0.40,
    currency="EUR",
    price_source="my contract, 2026",
    grid_g_per_kwh=350.0,
    grid_source="the supplier",
)
_LEFT_UNMEASURED = frozenset({GradeStatus.OVERFLOW, GradeStatus.ERROR})
_SPREAD = (0.8, 0.9, 1.0, 1.1, 1.2)
"""Answers of a model take so many times its usual time, in turn."""


def patterns(
    both: int = 0, only_small: int = 0, only_large: int = 0, neither: int = 0
) -> tuple[str, str]:
    """Return the patterns of a small and of a large model with so many questions of each kind."""
    small = "+" * both + "+" * only_small + "-" * only_large + "-" * neither
    large = "+" * both + "-" * only_small + "+" * only_large + "-" * neither
    return small, large


def example_record(
    *by_contender: str | Sequence[str],
    cards: Sequence[ModelCard] | None = None,
    group_size: int = 1,
    seconds: Sequence[float] = (1.0, 3.0, 8.0, 15.0, 40.0),
    joules: Sequence[float] | None = (10.0, 36.0, 100.0, 200.0, 600.0),
    settings: PackRunSettings | None = None,
    end: PackRunEnd | None = None,
    change: Callable[[Cell], Cell] | None = None,
    fields: Mapping[str, object] | None = None,
) -> PackRunRecord:
    """Return a run that went as the patterns say.

    Args:
        by_contender: For each contender, the smallest first, its pattern; a sequence of patterns,
            one for each repeat, where questions were repeated. None at all for `EXAMPLE`.
        cards: The models; None for some of growing size.
        group_size: So many questions after each other are of one kind; 1 for none.
        seconds: Usual time of an answer of each contender; taken in turn if there are too few.
        joules: The same of energy; None for a machine without instruments.
        settings: How it was asked; the repeats are those of the patterns.
        end: How it ended; None for complete, or stopped if an answer is missing.
        change: Makes another cell of each.
        fields: Of the record, in place of what it would hold.
    """
    signs = [[one] if isinstance(one, str) else list(one) for one in by_contender or EXAMPLE]
    plan = _plan(signs, cards, group_size, settings)
    cells = [
        _cell(plan, number, item, repeat, sign, seconds, joules)
        for number, repeats in enumerate(signs)
        for repeat, pattern in enumerate(repeats)
        for item, sign in enumerate(pattern)
        if sign != NOT_YET
    ]
    is_whole = len(cells) == plan.cell_count
    record = PackRunRecord(
        plan=plan,
        machine=MACHINE,
        started_utc="2026-11-27T12:00:00+00:00",
        setups=tuple(_setup(number, contender) for number, contender in enumerate(plan.contenders)),
        cells=tuple(map(change, cells) if change else cells),
        end=end or (PackRunEnd.COMPLETE if is_whole else PackRunEnd.STOPPED),
    )
    return msgspec.structs.replace(record, **(fields or {}))


def example_verdict(
    *by_contender: str | Sequence[str], costing: Costing | None = None, **how: object
) -> RunVerdict:
    """Return the verdict of a run that went as the patterns say; see `example_record`."""
    return verdict(example_record(*by_contender, **how), costing)  # type: ignore[arg-type]


def sized_card(
    name: str,
    parameter_count: Count,
    size_bytes: int | None = None,
    *,
    quantisation: str = "Q4_K_M",
    architecture: str = "llama",
    backend: BackendKind = BackendKind.LLAMA,
    catalog_id: str | None = None,
) -> ModelCard:
    """Return the card of a made-up model."""
    usual = parameter_count // 2 if isinstance(parameter_count, int) else 10**9
    return msgspec.structs.replace(
        make_card(name, size_bytes=size_bytes or usual, backend=backend),
        path=f"/models/{name}.{quantisation}.gguf",
        parameter_count=parameter_count,
        quantisation=quantisation,
        architecture=architecture,
        catalog_id=catalog_id,
    )


def _plan(
    signs: Sequence[Sequence[str]],
    cards: Sequence[ModelCard] | None,
    group_size: int,
    settings: PackRunSettings | None,
) -> PackRunPlan:
    counts = {len(pattern) for repeats in signs for pattern in repeats}
    repeats = {len(repeats) for repeats in signs}
    assert len(counts) == len(repeats) == 1, "patterns of one length, and as many for each"
    count = counts.pop()
    items = tuple(
        msgspec.structs.replace(
            make_item(number + 1),
            group=f"kind-{number // group_size:03}" if group_size > 1 else "",
        )
        for number in range(count)
    )
    return PackRunPlan(
        run_id="run-1",
        pack=msgspec.structs.replace(make_pack(1), items=items),
        pack_sha256="ab" * 32,
        contenders=tuple(
            Contender(letter=letter, card=card)
            for letter, card, _repeats in zip(
                RUN_LETTERS, cards or make_cards(len(signs)), signs, strict=False
            )
        ),
        settings=msgspec.structs.replace(settings or PackRunSettings(), repeats=repeats.pop()),
        item_ids=tuple(item.id for item in items),
    )


def _cell(
    plan: PackRunPlan,
    number: int,
    item: int,
    repeat: int,
    sign: str,
    seconds: Sequence[float],
    joules: Sequence[float] | None,
) -> Cell:
    contender, factor = plan.contenders[number], _SPREAD[(3 * item + number) % len(_SPREAD)]
    status, total_s = SIGNS[sign], seconds[number % len(seconds)] * factor
    made = make_cell(plan.item_ids[item], contender.letter, status, repeat=repeat)
    if status in _LEFT_UNMEASURED:
        return msgspec.structs.replace(
            made,
            setup_id=number,
            timing=NOT_ANSWERED,
            resources=NOT_ANSWERED,
            context=NOT_ANSWERED,
            answer_token_count=NOT_ANSWERED,
        )
    parts = () if joules is None else _parts(joules[number % len(joules)] * factor)
    token_count = 1 + round(30 * factor)
    timing = make_timing(total_s=total_s, decode_s=total_s * 0.8, generated_token_count=token_count)
    return msgspec.structs.replace(
        made,
        setup_id=number,
        answer_token_count=token_count,
        timing=msgspec.structs.replace(timing, first_token_s=total_s * 0.2),
        resources=ResourceUse(memory=_memory(contender), energy=make_use(*parts)),
        context=msgspec.structs.replace(make_context(), conditions=CONDITIONS),
    )


def _parts(net_j: float) -> tuple[PartUse, ...]:
    return (make_part(net_j=net_j, gross_j=net_j * 1.5, edge_j=0.0),)


def _memory(contender: Contender) -> MemoryUse:
    return MemoryUse(
        needed_bytes=contender.card.size_bytes + 100_000_000,
        weights_bytes=contender.card.size_bytes,
        working_bytes=100_000_000,
        peak_resident_bytes=contender.card.size_bytes + 120_000_000,
        method="/proc/PID/status",
        sample_count=9,
    )


def _setup(number: int, contender: Contender) -> Setup:
    context = make_context()
    return Setup(
        setup_id=number,
        letter=contender.letter,
        engine=context.engine,
        loaded=context.loaded,
        placement=context.placement,
    )
