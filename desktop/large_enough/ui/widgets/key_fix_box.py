"""Asks for the right key of a question, so that recorded answers can be graded again."""

import msgspec
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from large_enough.domain.pack import Pack, PackItem
from large_enough.domain.text import harmless_line
from large_enough.ui.pack_keys import Mistake
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.pack_key_form import KeyForm
from large_enough.ui.widgets.text_field import TextField
from large_enough.wording.translate import _

_WIDTH_PX = 540
_HEIGHT_PX = 620
_LONGEST_WHY = 500


class KeyFixBox(QDialog):
    """A dialog with the form that packs are edited with, for one key.

    Signals:
        fixed: The key is another now: the `Pack` with it, and why.
    """

    fixed = Signal(object, str)

    def __init__(
        self, theme: Theme, pack: Pack, item: PackItem, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._pack, self._item = pack, item
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Fix the key"))
        self.form = KeyForm(theme)
        self.form.show_key(item.key)
        self.why = TextField(
            theme, _("Why"), longest=_LONGEST_WHY, hint=_("what was wrong with the old key")
        )
        self.remark = Label(theme, Type.SOFT, tone="warning", wraps=True)
        self.fix_button = Button(theme, _("Grade again"), kind="primary")
        self.cancel_button = Button(theme, _("Cancel"))
        self._arrange(theme)
        self.form.changed.connect(self._on_changed)
        self.fix_button.clicked.connect(self._on_fixed)
        self.cancel_button.clicked.connect(self.reject)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        key = self.form.key
        mistake = key if isinstance(key, Mistake) else None
        self.form.complain(mistake)
        self.remark.setText("" if mistake is None else mistake.problem)
        self.remark.setVisible(mistake is not None)
        self.fix_button.setEnabled(mistake is None and key != self._item.key)

    @Slot()
    def _on_fixed(self) -> None:
        key = self.form.key
        if isinstance(key, Mistake):
            return
        fixed = msgspec.structs.replace(self._item, key=key)
        items = tuple(fixed if one.id == fixed.id else one for one in self._pack.items)
        self.fixed.emit(
            msgspec.structs.replace(self._pack, items=items), harmless_line(self.why.text())
        )
        self.accept()

    def _arrange(self, theme: Theme) -> None:
        place = QScrollArea()
        place.setFrameShape(QFrame.Shape.NoFrame)
        place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        place.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        place.setWidgetResizable(True)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(3, 3, 12, 3)
        inner.addWidget(self.form)
        inner.addStretch(1)
        place.setWidget(content)
        place.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.fix_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(10)
        column.addWidget(Label(theme, Type.STRONG, harmless_line(self._item.question), wraps=True))
        words = _(
            "All recorded answers of this run are graded again with the new key. No model is "
            "asked, and the old key stays on record."
        )
        column.addWidget(Label(theme, Type.SOFT, words, tone="soft", wraps=True))
        column.addWidget(place, 1)
        column.addWidget(Label(theme, Type.SMALL_STRONG, _("Why"), tone="soft"))
        column.addWidget(self.why)
        column.addWidget(self.remark)
        column.addLayout(buttons)
        self.resize(round(_WIDTH_PX * theme.scale), round(_HEIGHT_PX * theme.scale))
