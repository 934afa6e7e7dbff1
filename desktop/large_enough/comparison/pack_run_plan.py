"""Plans a run: which items, in which order, of whom.

The order is drawn by a seed and is the same for every contender. Items of all levels, families and
types are spread evenly over it, so any beginning of it is a fair sample of the whole: a run that
was stopped in the middle still says something about the pack.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import msgspec

from large_enough.comparison.plans import new_id
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.pack import ChoiceKey, Pack, PackItem
from large_enough.domain.pack_run import (
    RUN_LETTERS,
    AnswerWay,
    CellKey,
    PackRunPlan,
    PackRunSettings,
)
from large_enough.domain.round import AnswerSettings, Contender
from large_enough.packs.writing import pack_sha256
from large_enough.wording.translate import _

MOST_REPEATS = 100
MOST_AT_ONCE = 64


def usual_settings(pack: Pack) -> PackRunSettings:
    """Return how a pack is asked unless something else is chosen: as its author says."""
    defaults = pack.defaults
    answers = AnswerSettings()
    sampling = msgspec.structs.replace(
        answers.sampling, temperature=defaults.temperature, seed=defaults.seed
    )
    return PackRunSettings(
        repeats=defaults.repeats,
        seed=defaults.seed,
        margin=pack.margin,
        answers=msgspec.structs.replace(answers, sampling=sampling, reuse_prefix=False),
    )


def plan_run(
    pack: Pack, contenders: Sequence[Contender], settings: PackRunSettings | None = None
) -> PackRunPlan:
    """Plan a run.

    Args:
        pack: The pack; items that are only for looking at take no part.
        contenders: Who takes part; they get new letters, in this order.
        settings: How it is asked; as the pack says if not given.

    Raises:
        RequestError: No contender or too many, a setting that makes no sense, or no item to ask.
    """
    chosen = settings or usual_settings(pack)
    if not contenders:
        raise RequestError(FailureKind.NO_MODELS)
    if len(contenders) > len(RUN_LETTERS):
        problem = _("at most {count} can take part").format(count=len(RUN_LETTERS))
        raise RequestError(FailureKind.BAD_SETTING, "--model", problem=problem)
    _check(chosen)
    return PackRunPlan(
        run_id=new_id(),
        pack=pack,
        pack_sha256=pack_sha256(pack),
        contenders=tuple(
            msgspec.structs.replace(contender, letter=letter)
            for letter, contender in zip(RUN_LETTERS, contenders, strict=False)
        ),
        settings=chosen,
        item_ids=tuple(item.id for item in _chosen_items(pack, chosen)),
    )


def with_contenders(plan: PackRunPlan, contenders: Sequence[Contender]) -> PackRunPlan:
    """Return a plan with further contenders, who get the next letters.

    Raises:
        RequestError: They are too many.
    """
    free = RUN_LETTERS[len(plan.contenders) :]
    if len(contenders) > len(free):
        problem = _("at most {count} can take part").format(count=len(RUN_LETTERS))
        raise RequestError(FailureKind.BAD_SETTING, "--model", problem=problem)
    added = (
        msgspec.structs.replace(contender, letter=letter)
        for letter, contender in zip(free, contenders, strict=False)
    )
    return msgspec.structs.replace(plan, contenders=(*plan.contenders, *added))


def stratified(items: Iterable[PackItem], seed: int) -> tuple[PackItem, ...]:
    """Return items in an order drawn by a seed, with all kinds of them spread evenly over it.

    Levels come first, so that the few items of a small sample are of all levels alike; within a
    level families and types are spread. Within a kind the order is random.
    """
    mixed = sorted(items, key=lambda item: _draw(seed, "item", item.id))
    by_kind = _spread(mixed, lambda item: f"{item.level}\0{item.family}\0{item.type}", seed)
    return tuple(_spread(by_kind, lambda item: f"{item.level}", seed))


def _spread(
    items: Sequence[PackItem], kind_of: Callable[[PackItem], str], seed: int
) -> list[PackItem]:
    """Spread each kind evenly, in the order that its items have.

    The n-th of m items of a kind comes at the place (n - u) / m of the whole, with u drawn for it.
    """
    kinds: dict[str, list[PackItem]] = defaultdict(list)
    for item in items:
        kinds[kind_of(item)].append(item)
    placed = [
        ((rank + _draw(seed, "kind", kind)) / len(members), kind, item)
        for kind, members in kinds.items()
        for rank, item in enumerate(members)
    ]
    return [item for _place, _kind, item in sorted(placed, key=lambda entry: entry[:2])]


def wanted_keys(plan: PackRunPlan, letter: str) -> tuple[CellKey, ...]:
    """Return the answers that a contender is to give, in order: repeats one after the other."""
    return tuple(
        CellKey(letter=letter, item_id=item_id, repeat=repeat)
        for repeat in range(plan.settings.repeats)
        for item_id in plan.item_ids
    )


def _chosen_items(pack: Pack, settings: PackRunSettings) -> tuple[PackItem, ...]:
    able = [item for item in pack.graded_items if _can_be_asked(item, settings.way)]
    if not able and settings.way is AnswerWay.FORCED_CHOICE:
        raise RequestError(
            FailureKind.BAD_SETTING,
            pack.id,
            problem=_("no question of this pack has options"),
            allowed=_("a pack with options, or let the models write their answers"),
        )
    if not able:
        problem = _("this pack has no question to grade")
        raise RequestError(FailureKind.BAD_SETTING, pack.id, problem=problem)
    return stratified(able, settings.seed)[: settings.sample_count]


def _can_be_asked(item: PackItem, way: AnswerWay) -> bool:
    return way is AnswerWay.GENERATED or isinstance(item.key, ChoiceKey)


def _check(settings: PackRunSettings) -> None:
    limits = settings.limits
    checks = {
        "--sample": settings.sample_count is None or settings.sample_count >= 1,
        "--repeats": 1 <= settings.repeats <= MOST_REPEATS,
        "--batch": 1 <= settings.batch_size <= MOST_AT_ONCE,
        "--margin": 0 < settings.margin < 1,
        "--limit": limits.max_tokens is None or limits.max_tokens >= 1,
        "--longest": limits.longest_s > 0 and limits.longest_characters >= 1,
    }
    for name, is_good in checks.items():
        if not is_good:
            raise RequestError(FailureKind.BAD_SETTING, name, problem=_("it is out of range"))


def _draw(seed: int, *names: str) -> float:
    """Return a number from 0 to 1 that looks drawn by lot but is the same everywhere."""
    digest = hashlib.sha256("\0".join((str(seed), *names)).encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
