"""Says on a model's card and in the table what is known about it, from everywhere."""

import msgspec

from large_enough.domain.found_model import FoundModel
from large_enough.ui.fit_rows import fit_lines, with_fit
from large_enough.ui.model_facts import model_name
from large_enough.ui.model_rows import ModelRow
from large_enough.ui.model_words import about_line, facts_of, role_words, row_of
from large_enough.ui.on_disk.checks import Checks
from large_enough.ui.on_disk.forecasts import Forecasts
from large_enough.ui.on_disk.marks import Marks
from large_enough.ui.on_disk.shelf import Shelf
from large_enough.ui.widgets.model_panel import ModelWords
from large_enough.wording.adapter_words import base_sentence
from large_enough.wording.quantising_words import parent_sentence
from large_enough.wording.translate import _


class Teller:
    """Puts together what the concerns know."""

    def __init__(self, shelf: Shelf, forecasts: Forecasts, marks: Marks, checks: Checks) -> None:
        self._shelf = shelf
        self._forecasts = forecasts
        self._marks = marks
        self._checks = checks

    def rows(self) -> list[ModelRow]:
        """Return the lines of the table, favourites first."""
        rows = [self._row(key, found) for key, found in self._shelf.models.items()]
        return sorted(rows, key=lambda row: not row.is_favourite)

    def words(self, key: str, found: FoundModel) -> ModelWords:
        """Return what the card of a model says."""
        card = self._checks.card(key) or found.card
        fit = self._forecasts.of(key)
        adapted = self._shelf.adapted(key)
        name = model_name(card) if adapted is not None else found.shown_name or card.name
        return ModelWords(
            key=key,
            name=name,
            about=about_line(card),
            sentences=fit_lines(fit) if fit is not None else (_("looking…"),),
            facts=facts_of(msgspec.structs.replace(found, card=card)),
            origin=self._origin(key),
            is_doubtful=adapted is not None and not adapted.is_meant,
            is_favourite=self._marks.is_favourite(key),
            role=role_words().get(self._marks.role(key), ""),
            is_alone=adapted is None,
        )

    def _row(self, key: str, found: FoundModel) -> ModelRow:
        row = row_of(found, is_favourite=self._marks.is_favourite(key), role=self._marks.role(key))
        return with_fit(row, self._forecasts.of(key))

    def _origin(self, key: str) -> str:
        """Return what a model was made from here, and with which adapter it answers."""
        adapted, parentage = self._shelf.adapted(key), self._marks.parent_of(key)
        parts = [parent_sentence(parentage)] if parentage is not None else []
        if adapted is not None:
            parts.append(base_sentence(adapted))
        return " ".join(parts)
