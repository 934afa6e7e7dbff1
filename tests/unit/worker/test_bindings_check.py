"""Making sure that bindings and library fit."""

from types import SimpleNamespace

import pytest

from large_enough.domain.errors import EngineError, FailureKind
from large_enough.worker.bindings_check import (
    CONTEXT_DEFAULTS,
    MODEL_DEFAULTS,
    QUANTISE_DEFAULTS,
    check_bindings,
)


def bindings(
    model: dict[str, float] | None = None,
    context: dict[str, float] | None = None,
    quantise: dict[str, float] | None = None,
) -> SimpleNamespace:
    return SimpleNamespace(
        llama_model_default_params=lambda: SimpleNamespace(**{**MODEL_DEFAULTS, **(model or {})}),
        llama_context_default_params=lambda: SimpleNamespace(
            **{**CONTEXT_DEFAULTS, **(context or {})}
        ),
        llama_model_quantize_default_params=lambda: SimpleNamespace(
            **{**QUANTISE_DEFAULTS, **(quantise or {})}
        ),
    )


def test_the_expected_defaults_pass() -> None:
    check_bindings(bindings())


@pytest.mark.parametrize(
    ("strange", "field"),
    [
        (bindings(model={"load_mode": 1}), "load_mode"),
        (bindings(context={"n_batch": 512}), "n_batch"),
        (bindings(context={"swa_full": False}), "swa_full"),
        (bindings(quantise={"ftype": 0}), "ftype"),
    ],
)
def test_a_field_that_differs_is_named(strange: SimpleNamespace, field: str) -> None:
    with pytest.raises(EngineError) as caught:
        check_bindings(strange)
    assert caught.value.info.kind is FailureKind.BINDINGS_MISMATCH
    assert caught.value.info.facts == {"field": field}


def test_a_field_that_is_gone_is_named() -> None:
    strange = bindings()
    strange.llama_model_default_params = SimpleNamespace
    with pytest.raises(EngineError) as caught:
        check_bindings(strange)
    assert caught.value.info.facts == {"field": "n_gpu_layers"}
