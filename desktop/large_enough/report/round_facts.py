"""Gathers what there is to say about a whole round rather than about one contender."""

from large_enough.domain.costing import Costing
from large_enough.domain.energy import Energy, EnergyKind, IdlePower, PowerConditions
from large_enough.domain.power import Scope
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import Done, RoundRecord, is_swapping
from large_enough.report.energy_measures import round_headline
from large_enough.wording.energy_words import digits_text, scope_text
from large_enough.wording.numbers import bytes_text, gigabytes_text, plain_text
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _


def round_facts(record: RoundRecord, costing: Costing | None = None) -> tuple[str, ...]:
    """Return lines of small print: memory of all models, power source, idle power, sources.

    Args:
        record: The round.
        costing: The user's price and grid intensity; None for none.
    """
    facts = [_memory_fact(record), _swap_fact(record), _power_fact(record)]
    facts += [_idle_fact(idle, record) for idle in record.machine_use.idle]
    facts.append(_gross_fact(record))
    facts += costing_facts(costing or Costing())
    return tuple(fact for fact in facts if fact)


def _memory_fact(record: RoundRecord) -> str:
    together = record.machine_use.models_bytes
    if isinstance(together, Unavailable) or len(record.plan.contenders) < 2:
        return ""
    return _(
        "Available memory fell by up to {size}, other programs included; weights that are mapped "
        "from their files come on top, because the system counts them as available."
    ).format(size=gigabytes_text(together))


def _swap_fact(record: RoundRecord) -> str:
    swapped = record.machine_use.swapped_out_bytes
    if isinstance(swapped, Unavailable) or not is_swapping(swapped):
        return ""
    return _("The machine moved {size} from memory to disk: the times are too long.").format(
        size=bytes_text(swapped)
    )


def _power_fact(record: RoundRecord) -> str:
    for result in record.results:
        if isinstance(result, Done) and isinstance(result.context.conditions, PowerConditions):
            return _conditions_text(result.context.conditions)
    return ""


def _conditions_text(conditions: PowerConditions) -> str:
    source = {True: _("on battery"), False: _("plugged in")}
    parts = (
        [] if isinstance(conditions.on_battery, Unavailable) else [source[conditions.on_battery]]
    )
    if not isinstance(conditions.power_plan, Unavailable):
        parts.append(_("power plan {plan}").format(plan=_(conditions.power_plan)))
    return _("Power: {conditions}.").format(conditions=", ".join(parts)) if parts else ""


def _gross_fact(record: RoundRecord) -> str:
    """Return why idle power is in the energies of chips, where it is."""
    energies = round_headline(record).energies.values()
    known = [energy for energy in energies if isinstance(energy, Energy)]
    if not known or known[0].kind is EnergyKind.NET or Scope.WHOLE_MACHINE in known[0].scopes:
        return ""
    reasons = [
        part.net.reason
        for result in record.results
        if isinstance(result, Done)
        for part in result.resources.energy.parts
        if isinstance(part.net, Unavailable)
    ]
    if not reasons:
        return ""
    return _("Idle power is included: {reason}.").format(reason=reason_text(reasons[0]))


def _idle_fact(idle: IdlePower, record: RoundRecord) -> str:
    words = _("Idle with these models loaded: {power} W ± {uncertainty} W ({source}).").format(
        power=digits_text(idle.power_w),
        uncertainty=digits_text(2 * idle.uncertainty_w),
        source=_source_name(idle.source_key, record),
    )
    changed = _(" It was not the same before and after: something else was running.")
    return words + (changed if idle.is_disturbed else "")


def _source_name(key: str, record: RoundRecord) -> str:
    """Return what the source covers, as far as an energy of the round tells; else its key."""
    for result in record.results:
        parts = result.resources.energy.parts if isinstance(result, Done) else ()
        for part in parts:
            if isinstance(part.gross, Energy) and key in part.gross.source_keys:
                return scope_text(part.scope)
    return key


def costing_facts(costing: Costing) -> list[str]:
    """Return the user's own figures in words; nothing for those that are not set."""
    facts = []
    if costing.price_per_kwh is not None:
        facts.append(
            _("Cost at {price} {currency} per kWh ({source}).").format(
                price=plain_text(costing.price_per_kwh),
                currency=costing.currency,
                source=costing.price_source or _("your figure"),
            )
        )
    if costing.grid_g_per_kwh is not None:
        facts.append(
            _("CO2 at {intensity} g per kWh ({source}).").format(
                intensity=plain_text(costing.grid_g_per_kwh),
                source=costing.grid_source or _("your figure"),
            )
        )
    return facts
