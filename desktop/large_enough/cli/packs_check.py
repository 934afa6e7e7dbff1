"""Looks for faults in packs, and says how healthy they are."""

from collections.abc import Sequence

import msgspec
from rich.text import Text

from large_enough.cli import exit_codes
from large_enough.cli.output import print_json, results, say_error
from large_enough.cli.packs_faults import fault_documents, print_faults, print_lines
from large_enough.cli.packs_named import named_path
from large_enough.cli.packs_show import exit_code
from large_enough.comparison.pack_checks import check_pack
from large_enough.domain.errors import LargeEnoughError
from large_enough.domain.pack_fault import Fault
from large_enough.domain.pack_health import PackHealth
from large_enough.domain.text import harmless_line
from large_enough.packs.health import health
from large_enough.packs.importing import Imported, read_questions
from large_enough.packs.shelf import Shelf
from large_enough.wording.pack_health_words import health_facts, health_warnings
from large_enough.wording.translate import _

JSON_SCHEMA_VERSION = 1
"""Of the object that `--json` prints."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in one pack."""

    path: str
    faults: tuple[Fault, ...]
    """What makes it, or some of its items, unusable."""
    key_faults: tuple[Fault, ...]
    """Keys that are not judged as they should be."""
    notes: tuple[Fault, ...]
    health: PackHealth | None
    """None if there is no pack."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing has to be corrected."""
        return not self.faults and not self.key_faults


def check_packs(shelf: Shelf, names: Sequence[str], *, as_json: bool) -> int:
    """Print all faults of packs, and their health.

    Args:
        shelf: Where packs lie.
        names: Ids or files; all packs of the shelf if there are none.
        as_json: Whether to print JSON.

    Returns:
        0; 1 if there is a fault; 2 if there is no such pack.
    """
    wanted = names or [one.path for one in shelf.packs()]
    try:
        findings = [_finding(shelf, name) for name in wanted]
    except LargeEnoughError as error:
        say_error(error.info)
        return exit_code(error)
    if as_json:
        print_json(_document(findings))
    else:
        for finding in findings:
            _show(finding)
    is_sound = all(finding.is_sound for finding in findings)
    return exit_codes.DONE if is_sound else exit_codes.FAILED


def _finding(shelf: Shelf, name: str) -> Finding:
    path = named_path(shelf, name)
    imported = read_questions(path)
    return Finding(
        path=str(path),
        faults=imported.faults,
        key_faults=_key_faults(imported),
        notes=imported.notes,
        health=None if imported.pack is None else health(imported.pack),
    )


def _key_faults(imported: Imported) -> tuple[Fault, ...]:
    """Return what is wrong with keys; without rows, which a spreadsheet counts otherwise."""
    if imported.pack is None:
        return ()
    return tuple(msgspec.structs.replace(fault, row=None) for fault in check_pack(imported.pack))


def _show(finding: Finding) -> None:
    console = results()
    console.print(Text(harmless_line(finding.path), style="bold"), soft_wrap=True)
    print_faults(console, _("Faults:"), finding.faults)
    print_faults(console, _("Keys to look at:"), finding.key_faults)
    print_faults(console, _("Notes:"), finding.notes)
    if finding.health is not None:
        print_lines(console, _("Health:"), health_facts(finding.health))
        print_lines(console, _("Speaks against it:"), health_warnings(finding.health))
    if finding.is_sound:
        console.print(Text(_("No faults."), style="green"))
    console.print()


def _document(findings: Sequence[Finding]) -> dict[str, object]:
    return {
        "schema_version": JSON_SCHEMA_VERSION,
        "packs": [
            {
                "path": finding.path,
                "is_sound": finding.is_sound,
                "faults": fault_documents(finding.faults),
                "key_faults": fault_documents(finding.key_faults),
                "notes": fault_documents(finding.notes),
                "health": msgspec.to_builtins(finding.health),
                "warnings": list(health_warnings(finding.health)) if finding.health else [],
            }
            for finding in findings
        ],
    }
