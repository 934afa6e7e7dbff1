"""Where the figures of a round come from."""

import msgspec
from tests.helpers.energy_uses import done_with, make_part
from tests.helpers.records import (
    make_answer,
    make_cancelled,
    make_card,
    make_disturbed,
    make_done,
    make_failed,
    make_plan,
    make_record,
)

from large_enough.domain.model_card import Adapter
from large_enough.domain.round import RoundRecord
from large_enough.report.provenance import provenance


def facts(record: RoundRecord) -> dict[str, dict[str, str]]:
    return {
        group.heading: {fact.label: fact.value for fact in group.facts}
        for group in provenance(record)
    }


def test_machine_engine_settings_and_hashes() -> None:
    found = facts(make_record([make_done("A"), make_done("B")]))
    assert list(found) == [
        "The round",
        "The machine",
        "Settings of all",
        "A SmolLM2 135M Instruct",
        "B Qwen2.5 Coder 0.5B",
    ]
    assert found["The round"]["Asked"] == "2026-05-04T10:00:00+00:00"
    assert found["The round"]["Mode"].startswith("Measured: one after the other")
    assert found["The machine"]["Processor"] == "Imaginary 5000"
    assert found["The machine"]["On battery"] == "no"
    assert found["The machine"]["Source code"] == "not available: installed"
    assert found["Settings of all"]["Temperature"] == "0.0"
    assert found["Settings of all"]["Seed"] == "1"
    assert found["Settings of all"]["Threads"] == "not set"
    model = found["A SmolLM2 135M Instruct"]
    assert model["SHA-256"] == "ab" * 32
    assert model["Rendered prompt, SHA-256"] == "cd" * 32
    assert model["Chat template, SHA-256"] == "ef" * 32
    assert model["Engine"] == "llama.cpp b1 (0.3.36)"
    assert model["Licence"] == "not available: the file does not say"
    assert model["Processor in use before"] == "4 %"


def test_an_adapter_is_named_with_its_hash() -> None:
    adapter = Adapter(path="/models/pirate.gguf", name="Pirate", size_bytes=2_000_000, sha256="9f")
    card = make_card().with_adapter(adapter)
    plan = make_plan(card, make_card("Other"))
    found = facts(make_record([make_done("A"), make_done("B")], plan=plan))
    model = found["A SmolLM2 135M Instruct + Pirate"]
    assert model["Adapter"] == "pirate.gguf"
    assert model["Size of the adapter"] == "2 MB"
    assert model["SHA-256 of the adapter"] == "9f"
    assert model["Strength of the adapter"] == "1"
    assert "Adapter" not in found["B Other"]


def test_folders_are_nobodys_business() -> None:
    for fact_group in provenance(make_record([make_done("A"), make_done("B")])):
        assert not any("/models/" in fact.value for fact in fact_group.facts)


def test_energy_names_its_instruments_and_kind() -> None:
    energy = facts(make_record([done_with("A", make_part()), done_with("B", make_part())]))
    model = energy["A SmolLM2 135M Instruct"]
    assert model["Energy"].startswith("measured, processor chip, above idle")
    assert model["Instruments"]
    without = facts(make_record([make_done("A"), make_done("B")]))
    assert without["A SmolLM2 135M Instruct"]["Energy"] == "not available: no instrument was read"


def test_disturbances_and_other_ends() -> None:
    record = make_record([make_disturbed("A"), make_cancelled("B", make_answer())])
    found = facts(record)
    assert found["A SmolLM2 135M Instruct"]["Disturbed by other programs"] == "yes"
    assert "Engine" not in found["B Qwen2.5 Coder 0.5B"]
    assert found["B Qwen2.5 Coder 0.5B"]["Prompt, tokens"] == "50"
    failed = facts(make_record([make_failed("A"), make_cancelled("B")], is_complete=False))
    assert failed["The round"]["Record is complete"] == "no"
    assert "Prompt, tokens" not in failed["A SmolLM2 135M Instruct"]


def test_stop_texts_and_the_system_message_are_told() -> None:
    plan = make_plan()
    settings = msgspec.structs.replace(plan.settings, stop=("\n", "END"), max_tokens=64)
    plan = msgspec.structs.replace(plan, system="Be brief.", settings=settings)
    found = facts(make_record([make_done("A"), make_done("B")], plan))["Settings of all"]
    assert found["Stop texts"] == "'\\n', 'END'"
    assert found["System message"] == "Be brief."
    assert found["Longest answer, tokens"] == "64"
