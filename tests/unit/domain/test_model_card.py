import msgspec
import pytest
from tests.helpers.records import make_card

from large_enough.domain.model_card import Adapter, MemoryEstimate, ModelCard, file_name_of
from large_enough.domain.quantity import Unavailable


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/home/anna/x.gguf", "x.gguf"),
        ("C:\\models\\y.gguf", "y.gguf"),
        ("C:/models/y.gguf", "y.gguf"),
        ("z.gguf", "z.gguf"),
    ],
)
def test_a_file_is_named_without_its_folder(path: str, name: str) -> None:
    assert file_name_of(path) == name


def test_bits_per_weight() -> None:
    assert make_card().bits_per_weight == pytest.approx(5.85, abs=0.01)


@pytest.mark.parametrize("count", [0, Unavailable(reason="the header does not say")])
def test_bits_per_weight_without_weights(count) -> None:
    card = msgspec.structs.replace(make_card(), parameter_count=count)
    assert isinstance(card.bits_per_weight, Unavailable)


def test_an_adapter_makes_another_contender_of_a_model() -> None:
    base = msgspec.structs.replace(make_card(), catalog_id="smollm2")
    added = base.with_adapter(Adapter(path="/a/pirate.gguf", name="Pirate", size_bytes=7))
    assert added.name == f"{base.name} + Pirate"
    assert added.reference == f"{base.path}+/a/pirate.gguf"
    assert added.catalog_id is None
    assert base.adapter is None
    assert msgspec.json.decode(msgspec.json.encode(added), type=ModelCard) == added


def test_cards_of_older_records_have_no_adapter() -> None:
    older = msgspec.to_builtins(make_card())
    del older["adapter"]
    assert msgspec.convert(older, ModelCard) == make_card()


def test_the_need_is_the_sum_of_its_parts() -> None:
    estimate = MemoryEstimate(
        weights_bytes=1, repacked_bytes=20, kv_cache_bytes=300, compute_bytes=4000,
        process_bytes=50000,
    )  # fmt: skip
    assert estimate.needed_bytes == 54321
