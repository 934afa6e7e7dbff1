"""Sets a run up: who takes part, how they are asked, and what to know before it begins."""

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from large_enough.domain.pack import Pack
from large_enough.domain.pack_run import PackRunRecord
from large_enough.ui.pack_run_words import pack_facts, pack_title
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.labels import ElidedLabel
from large_enough.ui.widgets.run_checks import RunChecks
from large_enough.ui.widgets.run_contenders import LEAST_CONTENDERS, RunContenders
from large_enough.ui.widgets.run_options import RunOptions
from large_enough.wording.translate import _


class _Column(QScrollArea):
    """Cards below each other; scrolls where there are too many."""

    def __init__(self, cards: tuple[QWidget, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for card in cards:
            column.addWidget(card)
        column.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)

    def minimumSizeHint(self) -> QSize:
        """Return room for the widest card: it only scrolls up and down."""
        content = self.widget()
        width = 0 if content is None else content.minimumSizeHint().width()
        return QSize(width + self.verticalScrollBar().sizeHint().width(), 120)


class RunSetup(QWidget):
    """The page before a run.

    Signals:
        changed: Something else is chosen: what was checked holds no longer.
        run_wanted: The user wants the run to begin.
        closed: The user wants to go back.
    """

    changed = Signal()
    run_wanted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pack: Pack | None = None
        self._record: PackRunRecord | None = None
        self.title = ElidedLabel(theme, Type.SENTENCE)
        self.facts = ElidedLabel(theme, Type.SOFT, tone="soft")
        self.back_button = Button(theme, _("Back"), picture="chevron-left")
        self.run_button = Button(
            theme, _("Run"), picture="play", is_picture_behind=True, kind="primary"
        )
        self.contenders = RunContenders(theme)
        self.options = RunOptions(theme)
        self.checks = RunChecks(theme)
        self._arrange()
        self.contenders.changed.connect(self._on_changed)
        self.options.changed.connect(self._on_changed)
        self.run_button.clicked.connect(self.run_wanted)
        self.back_button.clicked.connect(self.closed)
        self.renew_button()

    @property
    def pack(self) -> Pack | None:
        """What is to be asked."""
        return self._pack

    @property
    def record(self) -> PackRunRecord | None:
        """The run that contenders are added to; None for a new one."""
        return self._record

    @property
    def has_enough(self) -> bool:
        """Whether there are contenders enough, and new ones where they are added to a run."""
        count = len(self.contenders.cards)
        known = 0 if self._record is None else len(self._record.plan.contenders)
        return count >= max(LEAST_CONTENDERS, known + 1 if known else 0)

    def show_pack(self, pack: Pack) -> None:
        """Set up a new run of this pack."""
        self._pack, self._record = pack, None
        self.options.setEnabled(True)
        self.options.show_pack(pack)
        self._show_head(pack)

    def show_record(self, record: PackRunRecord) -> None:
        """Let contenders be added to this run; all else stays as it is."""
        self._pack, self._record = record.plan.pack, record
        self.options.show_pack(record.plan.pack)
        self.options.show_settings(record.plan.settings)
        self.options.setEnabled(False)
        cards = [contender.card for contender in record.plan.contenders]
        self.contenders.show_cards(cards, locked_count=len(cards))
        self._show_head(record.plan.pack)

    def renew_button(self) -> None:
        """Allow the run once nothing speaks against it."""
        self.run_button.setEnabled(self.has_enough and self.checks.is_good)

    def _show_head(self, pack: Pack) -> None:
        self.title.setText(pack_title(pack))
        self.facts.setText(pack_facts(pack))
        self._on_changed()

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.facts)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addLayout(words, 1)
        head.addWidget(self.back_button)
        head.addWidget(self.run_button)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(_Column((self.contenders, self.checks)), 11)
        body.addWidget(_Column((self.options,)), 10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(body, 1)

    @Slot()
    def _on_changed(self) -> None:
        if not self.has_enough:
            self.checks.say(_("This is looked at once there are enough contenders."))
        else:
            self.checks.say(_("looking…"))
        self.renew_button()
        self.changed.emit()
