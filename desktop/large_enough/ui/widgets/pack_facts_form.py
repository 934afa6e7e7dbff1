"""A form for what belongs to a pack as a whole."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from large_enough.ui.pack_draft import PackDraft
from large_enough.ui.pack_fields import FieldKind, FieldSpec
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.form_field import FormField
from large_enough.wording.translate import _


class PackFactsForm(QFrame):
    """Language, domain, terms, and what the pack is about.

    Signals:
        changed: The draft has changed.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._draft: PackDraft | None = None
        line = FieldKind.LINE
        self.language = FormField(
            theme, FieldSpec("language", line, _("Language"), _("en, de, es …"))
        )
        self.domain = FormField(theme, FieldSpec("domain", line, _("Domain")))
        self.licence = FormField(
            theme, FieldSpec("licence", line, _("Licence"), _("for example CC-BY-4.0"))
        )
        self.authors = FormField(
            theme, FieldSpec("authors", line, _("Authors"), _("with commas between them"))
        )
        self.description = FormField(
            theme,
            FieldSpec("description", FieldKind.LINES, _("What this pack is about")),
            least_lines=1,
            most_lines=3,
        )
        self.reasons = FormField(
            theme,
            FieldSpec(
                "reasons_first",
                FieldKind.SWITCH,
                _("Ask for a few words of reasoning before each answer"),
            ),
        )
        self._arrange()

    def show_draft(self, draft: PackDraft) -> None:
        """Show what belongs to a pack."""
        self._draft = None
        pack = draft.pack
        self.language.show_value(pack.language)
        self.domain.show_value(pack.domain)
        self.licence.show_value(pack.licence)
        self.authors.show_value(", ".join(pack.authors))
        self.description.show_value(pack.description)
        self.reasons.show_value(pack.reasons_first)
        self._draft = draft

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        for field, share in (
            (self.language, 1),
            (self.domain, 2),
            (self.licence, 2),
            (self.authors, 3),
        ):
            row.addWidget(field, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self.description)
        column.addWidget(self.reasons)
        for field in (
            self.language,
            self.domain,
            self.licence,
            self.authors,
            self.description,
            self.reasons,
        ):
            field.changed.connect(self._on_changed)

    @Slot()
    def _on_changed(self) -> None:
        if self._draft is None:
            return
        authors = (author.strip() for author in self.authors.text.split(","))
        self._draft.change(
            language=self.language.text.strip() or "en",
            domain=self.domain.text.strip(),
            licence=self.licence.text.strip(),
            authors=tuple(author for author in authors if author),
            description=self.description.text.strip(),
            reasons_first=self.reasons.value is True,
        )
        self.changed.emit()
