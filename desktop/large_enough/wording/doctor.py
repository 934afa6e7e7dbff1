"""Puts into words what the doctor found out."""

from collections.abc import Iterable, Sequence

from large_enough.domain.doctor import DoctorReport, InstrumentReport, InstrumentVerdict
from large_enough.domain.energy import source_family
from large_enough.domain.power import Scope
from large_enough.domain.quantity import NumberQuality
from large_enough.wording.numbers import number_text
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _

_MS_PER_S = 1000
_NEWS_FIRST = (
    (True, InstrumentVerdict.RESTING),
    (False, InstrumentVerdict.OBSERVING),
    (False, InstrumentVerdict.RESTING),
    (True, InstrumentVerdict.NOT_AVAILABLE),
    (False, InstrumentVerdict.OUT),
    (False, InstrumentVerdict.NOT_AVAILABLE),
)
"""Whether something would unlock it, and what became of it: what people can change first."""
_COMMANDS = frozenset({"echo", "pip", "sudo"})
"""First words of the unlocks that are for a terminal."""
_SCOPES_FIRST = (Scope.CPU_PACKAGE, Scope.SOC, Scope.WHOLE_MACHINE, Scope.GPU_BOARD)


def headline(report: DoctorReport) -> str:
    """Return in one or two sentences what can be measured."""
    shown = [instrument for instrument in report.instruments if instrument.is_preferred]
    sentences = [_energy_sentence(shown) if shown else _no_energy_sentence(report.instruments)]
    sentences.append(_("Memory: yes."))
    if any(has_unlock(instrument) for instrument in report.instruments):
        sentences.append(_("What would unlock more stands below."))
    return " ".join(sentences)


def scope_text(scope: Scope) -> str:
    """Return the part of the machine that an instrument covers."""
    return {
        Scope.CPU_PACKAGE: _("processor chip"),
        Scope.MEMORY: _("memory chips"),
        Scope.GPU_BOARD: _("graphics card"),
        Scope.SOC: _("processor and graphics"),
        Scope.GPU: _("graphics"),
        Scope.WHOLE_MACHINE: _("whole machine"),
        Scope.PROCESS_CPU: _("processor, by process"),
    }[scope]


def verdict_text(instrument: InstrumentReport) -> str:
    """Return what became of an instrument."""
    if instrument.verdict is InstrumentVerdict.IN_USE and not instrument.is_preferred:
        return _("works as well")
    return {
        InstrumentVerdict.IN_USE: _("in use"),
        InstrumentVerdict.OBSERVING: _("too slow to tell"),
        InstrumentVerdict.RESTING: _("resting"),
        InstrumentVerdict.OUT: _("not used"),
        InstrumentVerdict.NOT_AVAILABLE: _("not available"),
    }[instrument.verdict]


def source_text(instrument: InstrumentReport) -> str:
    """Return how the numbers of an instrument come about."""
    if _is_estimate(instrument):
        return _("estimated")
    return _("the maker's model") if instrument.is_vendor_model else _("measured")


def remark_texts(instrument: InstrumentReport) -> tuple[str, ...]:
    """Return what is to be known of an instrument that is there; nothing of one that is not."""
    if instrument.verdict is InstrumentVerdict.NOT_AVAILABLE:
        return ()
    if instrument.is_verified or _is_estimate(instrument):
        return (source_text(instrument),)
    return (source_text(instrument), _("never verified on this hardware"))


def has_unlock(instrument: InstrumentReport) -> bool:
    """Return whether something would unlock a measurement; an estimate is none."""
    return bool(instrument.unlock) and not _is_estimate(instrument)


def is_command(unlock: str) -> bool:
    """Return whether an unlock is a line for a terminal rather than a step in words."""
    return unlock.partition(" ")[0] in _COMMANDS


def period_text(period_s: float) -> str:
    """Return the time between two updates: 20 ms, 1.01 s."""
    if period_s < 1:
        return _("{number} ms").format(number=f"{period_s * _MS_PER_S:.0f}")
    return _("{number} s").format(number=number_text(period_s))


def power_text(power_w: float) -> str:
    """Return watts: 8.12 W."""
    return _("{number} W").format(number=number_text(power_w))


def _energy_sentence(shown: Iterable[InstrumentReport]) -> str:
    parts = (
        _("{part} ({instrument}), {source}").format(
            part=scope_text(instrument.scope),
            instrument=_short_name(instrument),
            source=source_text(instrument),
        )
        for instrument in shown
    )
    return _("Energy: {parts}.").format(parts="; ".join(dict.fromkeys(parts)))


def _no_energy_sentence(instruments: Sequence[InstrumentReport]) -> str:
    sensors = [instrument for instrument in instruments if not _is_estimate(instrument)]
    if not sensors:
        return _("No energy can be measured here.")
    reason = reason_text(min(sensors, key=_rank).reason)
    return _("No energy can be measured here: {reason}.").format(reason=reason)


def _is_estimate(instrument: InstrumentReport) -> bool:
    return instrument.quality is NumberQuality.ESTIMATED


def _rank(instrument: InstrumentReport) -> tuple[int, int]:
    news = (has_unlock(instrument), instrument.verdict)
    scopes = _SCOPES_FIRST
    return (
        _NEWS_FIRST.index(news) if news in _NEWS_FIRST else len(_NEWS_FIRST),
        scopes.index(instrument.scope) if instrument.scope in scopes else len(scopes),
    )


def _short_name(instrument: InstrumentReport) -> str:
    return {
        "rapl": "RAPL",
        "emi": "EMI",
        "nvml": "NVML",
        "amdgpu": "hwmon",
        "intel-gpu": "hwmon",
        "smc": "SMC",
        "ioreport": "IOReport",
        "battery": _("battery gauge"),
    }.get(source_family(instrument.key), _(instrument.instrument))
