"""Lists what the doctor found out about the machine, the engine and the disk."""

from collections.abc import Iterable

from large_enough.domain.doctor import DoctorReport, EngineFound, FolderState
from large_enough.domain.generation import Device
from large_enough.domain.quantity import Unavailable, map_quantity
from large_enough.wording.numbers import (
    bytes_text,
    count_text,
    gigabytes_text,
    quantity_text,
    share_text,
)
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _, ngettext

Fact = tuple[str, str]
"""A label and what is to be said."""


def machine_facts(report: DoctorReport) -> list[Fact]:
    """Return what the machine is and how it stands."""
    machine, memory = report.machine, report.memory
    return [
        (_("system"), machine.operating_system),
        (_("processor"), _processor_text(report)),
        (
            _("memory"),
            _("{total}, {available} available, {swap} swapped out").format(
                total=gigabytes_text(memory.total_bytes),
                available=gigabytes_text(memory.available_bytes),
                swap=bytes_text(memory.swap_used_bytes),
            ),
        ),
        (_("power"), _power_supply_text(report)),
        (_("program"), f"Large Enough {machine.program_version}, Python {machine.python_version}"),
    ]


def _processor_text(report: DoctorReport) -> str:
    machine = report.machine
    is_known = not isinstance(machine.cpu_name, Unavailable)
    return _("{name}; cores: {physical}, threads: {logical}, used for models: {usable}").format(
        name=machine.cpu_name if is_known else _("unknown"),
        physical=machine.physical_core_count,
        logical=machine.logical_core_count,
        usable=machine.usable_core_count,
    )


def _power_supply_text(report: DoctorReport) -> str:
    on_battery, percent = report.battery.on_battery, report.battery.percent
    if isinstance(on_battery, Unavailable):
        return reason_text(on_battery.reason)
    source = _("battery") if on_battery else _("mains")
    full = quantity_text(map_quantity(percent, lambda value: value / 100), share_text)
    return _("{source}; the battery is {share} full").format(source=source, share=full)


def engine_facts(engine: EngineFound) -> list[Fact]:
    """Return what runs the models, and on what."""
    build = engine.build
    has_openmp = engine.has_openmp
    facts = [
        ("llama-cpp-python", build.bindings_version),
        (build.name, build.engine_version),
        (_("computes with"), _list_text(engine.backends)),
        (_("processor uses"), _list_text(engine.instruction_sets)),
    ]
    if not isinstance(has_openmp, Unavailable):
        facts.append(("OpenMP", _("yes") if has_openmp else _("no")))
    return facts + [(_("device"), _device_text(device)) for device in build.devices]


def _device_text(device: Device) -> str:
    memory_bytes = device.memory_bytes
    text = f"{device.name}: {device.description.strip()}"
    return text if isinstance(memory_bytes, Unavailable) else f"{text}, {bytes_text(memory_bytes)}"


def _list_text(names: Iterable[str]) -> str:
    return ", ".join(names) or _("unknown")


def model_facts(report: DoctorReport) -> list[Fact]:
    """Return which models there are, and how much room is left on the disk."""
    return [
        (_("found"), _models_text(report)),
        (_("models folder"), _folder_text(report.models_folder)),
        (_("results folder"), _folder_text(report.results_folder)),
    ]


def _models_text(report: DoctorReport) -> str:
    models = report.models
    count = ngettext("{count} model", "{count} models", models.count)
    text = count.format(count=count_text(models.count))
    if models.names:
        text += ": " + "; ".join(models.names)
    if models.set_aside_count:
        aside = ngettext(
            "{count} file set aside", "{count} files set aside", models.set_aside_count
        )
        text += f" ({aside.format(count=count_text(models.set_aside_count))})"
    return text


def _folder_text(folder: FolderState) -> str:
    room = quantity_text(folder.free_bytes, bytes_text)
    return _("{folder} ({room} free)").format(folder=folder.path, room=room)
