import pytest
from tests.helpers.doctor_reports import make_absent, make_instrument, make_report, make_resting

from large_enough.domain.doctor import InstrumentVerdict
from large_enough.domain.power import Scope
from large_enough.domain.quantity import NumberQuality
from large_enough.wording.doctor import (
    has_unlock,
    headline,
    period_text,
    power_text,
    remark_texts,
    scope_text,
    source_text,
    verdict_text,
)

MORE = " What would unlock more stands below."
TWO_PARTS = "Energy: graphics card (NVML), measured; processor chip (RAPL), the maker's model."
CLOSED = make_absent("only administrators may read it", unlock="sudo something")
NO_CARD = make_absent("no NVIDIA graphics card", scope=Scope.GPU_BOARD)
ESTIMATE = make_absent(
    "estimates are switched off", unlock="switch them on", quality=NumberQuality.ESTIMATED
)
CARD = make_instrument(
    key="nvml:0000:01:00.0", instrument="Fast card (NVML)", scope=Scope.GPU_BOARD
)


@pytest.mark.parametrize(
    ("instruments", "sentence"),
    [
        ((make_instrument(),), "Energy: processor chip (RAPL), measured. Memory: yes."),
        (
            (CARD, make_instrument(is_vendor_model=True), make_resting()),
            f"{TWO_PARTS} Memory: yes.",
        ),
        (
            (make_instrument(), make_instrument(key="rapl:package-1")),
            "Energy: processor chip (RAPL), measured. Memory: yes.",
        ),
        (
            (make_instrument(), make_resting(unlock="unplug the charger")),
            "Energy: processor chip (RAPL), measured. Memory: yes." + MORE,
        ),
        (
            (make_instrument(key="new:1", instrument="New meter"),),
            "Energy: processor chip (New meter), measured. Memory: yes.",
        ),
        (
            (
                make_instrument(
                    key="estimate", instrument="A guess", quality=NumberQuality.ESTIMATED
                ),
            ),
            "Energy: processor chip (A guess), estimated. Memory: yes.",
        ),
        ((), "No energy can be measured here. Memory: yes."),
        ((ESTIMATE,), "No energy can be measured here. Memory: yes."),
        (
            (NO_CARD, make_absent("virtual"), ESTIMATE),
            "No energy can be measured here: virtual. Memory: yes.",
        ),
        (
            (NO_CARD, CLOSED, make_absent("no battery", scope=Scope.WHOLE_MACHINE)),
            "No energy can be measured here: only administrators may read it. Memory: yes." + MORE,
        ),
        (
            (CLOSED, make_resting(unlock="unplug the charger")),
            "No energy can be measured here: the charger is connected. Memory: yes." + MORE,
        ),
        (
            (make_absent("no such sensor", scope=Scope.WHOLE_MACHINE), ESTIMATE),
            "No energy can be measured here: no such sensor. Memory: yes.",
        ),
        (
            (make_instrument(is_preferred=False, verdict=InstrumentVerdict.OUT, reason="broken"),),
            "No energy can be measured here: broken. Memory: yes.",
        ),
    ],
)
def test_one_sentence(instruments, sentence: str) -> None:
    assert headline(make_report(*instruments)) == sentence


def test_every_scope_and_verdict_has_words() -> None:
    assert len({scope_text(scope) for scope in Scope}) == len(Scope)
    texts = {verdict_text(make_instrument(verdict=verdict)) for verdict in InstrumentVerdict}
    assert len(texts) == len(InstrumentVerdict)
    assert verdict_text(make_instrument(is_preferred=False)) == "works as well"


def test_what_backs_a_number_is_said() -> None:
    assert remark_texts(make_instrument()) == ("measured", "never verified on this hardware")
    assert remark_texts(make_instrument(is_verified=True)) == ("measured",)
    assert remark_texts(make_instrument(quality=NumberQuality.ESTIMATED)) == ("estimated",)
    assert remark_texts(CLOSED) == ()
    assert source_text(make_instrument(is_vendor_model=True)) == "the maker's model"


def test_an_estimate_unlocks_no_measurement() -> None:
    assert has_unlock(CLOSED)
    assert not has_unlock(ESTIMATE)
    assert not has_unlock(NO_CARD)


@pytest.mark.parametrize(
    ("period_s", "text"),
    [(0.0101, "10 ms"), (0.999, "999 ms"), (1.014, "1.01 s"), (30.2, "30.2 s")],
)
def test_periods(period_s: float, text: str) -> None:
    assert period_text(period_s) == text


def test_watts() -> None:
    assert power_text(8.1234) == "8.12 W"
