"""Says what kind of number the energies of a run are, and which instruments were read."""

from large_enough.domain.energy import Energy
from large_enough.domain.pack_run import PackRunRecord
from large_enough.domain.text import harmless_line
from large_enough.report.pack_run_csv import energies_of_cells
from large_enough.wording.energy_words import basis_text, instruments_text
from large_enough.wording.translate import _


def energy_bases(record: PackRunRecord) -> tuple[str, ...]:
    """Return a sentence for each kind of energy that stands for answers; none without energies."""
    found = dict.fromkeys(
        (basis_text(energy), instruments_text(energy))
        for energy in energies_of_cells(record.cells)
        if isinstance(energy, Energy)
    )
    return tuple(
        harmless_line(
            _("Energy: {basis} ({instruments}).").format(basis=basis, instruments=instruments)
        )
        for basis, instruments in found
    )
