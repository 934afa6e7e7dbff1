"""Says why times or energies of two answers may not be compared, if they may not."""

from collections.abc import Callable, Hashable
from typing import NamedTuple

from large_enough.domain.energy import PowerConditions
from large_enough.domain.generation import EngineBuild
from large_enough.domain.round import AnswerContext
from large_enough.domain.text import to_translate

CONTENDED = to_translate("they shared the processor with other models")
OTHER_LAYERS = to_translate("they kept different numbers of layers on the graphics card")


def _build(engine: EngineBuild) -> Hashable:
    return engine.name, engine.bindings_version, engine.engine_version, engine.system_info


def _machine(context: AnswerContext) -> Hashable:
    conditions = context.conditions
    return conditions.machine if isinstance(conditions, PowerConditions) else None


def _power_source(context: AnswerContext) -> Hashable:
    """Return power source and power plan; one that was not read equals nothing but its like."""
    conditions = context.conditions
    if not isinstance(conditions, PowerConditions):
        return None
    return conditions.on_battery, conditions.power_plan


_RULES: tuple[tuple[Callable[[AnswerContext], Hashable], str], ...] = (
    (lambda context: _build(context.engine), to_translate("the engine was another build")),
    (
        lambda context: context.placement.thread_count,
        to_translate("they computed with different numbers of threads"),
    ),
    (
        lambda context: (context.loaded.is_on_gpu, context.loaded.is_on_processor),
        to_translate("one computed on a graphics card, the other did not"),
    ),
    (
        lambda context: context.loaded.context_tokens,
        to_translate("their contexts were of different sizes"),
    ),
    (
        lambda context: context.is_pinned,
        to_translate("only one of them was kept on its processors"),
    ),
    (
        _machine,
        to_translate("they come from different machines"),
    ),
    (
        _power_source,
        to_translate("the machine was in different power states"),
    ),
)


class Terms(NamedTuple):
    """Under which conditions an answer was given, as far as they have to be the same."""

    values: tuple[Hashable, ...]
    """Rule by rule."""
    is_contended: bool


def terms_of(context: AnswerContext) -> Terms:
    """Return what has to be the same for two answers' times to be compared."""
    return Terms(tuple(read(context) for read, _reason in _RULES), context.is_contended)


def why_not_equal(one: Terms, other: Terms) -> str | None:
    """Return why what two answers took may not be compared, None if it may.

    Returns:
        A short lower-case phrase.
    """
    if one.is_contended or other.is_contended:
        return CONTENDED
    if one == other:
        return None
    differs = (mine != yours for mine, yours in zip(one.values, other.values, strict=True))
    return next(reason for (_read, reason), is_so in zip(_RULES, differs, strict=True) if is_so)
