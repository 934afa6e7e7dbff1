"""What does not fit is refused before it is loaded."""

from large_enough.domain.errors import FailureKind
from large_enough.domain.model_card import MemoryEstimate
from large_enough.engine.admission import RESERVE_BYTES, admit

GB = 1_000_000_000


def need(weights_bytes: int) -> MemoryEstimate:
    return MemoryEstimate(
        weights_bytes=weights_bytes,
        repacked_bytes=0,
        kv_cache_bytes=0,
        compute_bytes=0,
        process_bytes=0,
    )


def test_both_fit() -> None:
    admission = admit({"A": need(GB), "B": need(2 * GB)}, {"A": "a", "B": "b"}, 4 * GB)
    assert admission.fit_together
    assert not admission.refused


def test_each_fits_alone_but_not_both() -> None:
    admission = admit({"A": need(3 * GB), "B": need(2 * GB)}, {"A": "a", "B": "b"}, 4 * GB)
    assert not admission.fit_together
    assert not admission.refused


def test_one_is_refused_with_the_sum_and_the_other_stays() -> None:
    admission = admit({"A": need(GB), "B": need(20 * GB)}, {"A": "a", "B": "Big"}, 4 * GB)
    assert admission.fit_together
    assert list(admission.refused) == ["B"]
    error = admission.refused["B"]
    assert error.kind is FailureKind.DOES_NOT_FIT
    assert error.subject == "Big"
    assert error.facts["needed_bytes"] == 20 * GB + RESERVE_BYTES
    assert error.facts["available_bytes"] == 4 * GB
    assert error.facts["weights_bytes"] == 20 * GB


def test_the_reserve_is_kept_free() -> None:
    names = {"A": "a"}
    assert not admit({"A": need(GB)}, names, GB + RESERVE_BYTES).refused
    assert admit({"A": need(GB)}, names, GB + RESERVE_BYTES - 1).refused


def test_nothing_known_is_admitted() -> None:
    assert admit({}, {"A": "scripted"}, 0).refused == {}
