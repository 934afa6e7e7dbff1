"""The verdict: whether the small model is large enough, in a sentence and all that it rests on."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from large_enough.domain.verdict import PairVerdict, RunVerdict
from large_enough.ui.run_rows import RunRow
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.verdict_words import place_words
from large_enough.ui.widgets.buttons import Button, card
from large_enough.ui.widgets.claims_page import ClaimsPage
from large_enough.ui.widgets.in_the_middle import put_in_the_middle
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.pages import LonePages
from large_enough.ui.widgets.pair_menu import PairMenu
from large_enough.ui.widgets.report_button import ReportButton
from large_enough.ui.widgets.run_picker import RunPicker
from large_enough.ui.widgets.verdict_evidence import EvidenceCard
from large_enough.ui.widgets.verdict_head import VerdictHead
from large_enough.ui.widgets.verdict_page import VerdictPage
from large_enough.wording.translate import _

_WORDS_WIDTH_PX = 520


class VerdictScreen(QWidget):
    """The verdict of one run, a list to choose another one, or how to get one.

    Signals:
        run_wanted: The user wants the verdict of this run: its id.
        packs_wanted: The user wants to run a pack.
        shown: The screen has come into view.
        hidden: It has gone out of view.
    """

    run_wanted = Signal(str)
    packs_wanted = Signal()
    shown = Signal()
    hidden = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.pair_menu = PairMenu(theme)
        self.runs_button = Button(theme, _("Other runs"), picture="table")
        self.idea_button = Button(theme, _("About the idea"), picture="info")
        self.report_button = ReportButton(theme)
        self.head = VerdictHead(
            theme, (self.pair_menu, self.runs_button, self.idea_button, self.report_button)
        )
        self.evidence = EvidenceCard(theme)
        self.page = VerdictPage(theme)
        self.picker = RunPicker(theme)
        self.claims = ClaimsPage(theme)
        self.message = Label(theme, Type.SENTENCE, wraps=True)
        self.advice = Label(theme, Type.BASE, tone="soft", wraps=True)
        self.packs_button = Button(theme, _("Choose a pack to run"), kind="primary")
        self.other_button = Button(theme, _("Other runs"), picture="table")
        self.note_idea_button = Button(theme, _("About the idea"), picture="info")
        self._verdict_place = QWidget()
        self._note = card()
        self._home: QWidget = self._note  # where one comes back to from the list
        self.pages = LonePages()
        self._arrange()
        self._connect()
        self.evidence.hide()
        self.say(_("Reading the runs…"))

    # --- what is shown

    def show_verdict(self, verdict: RunVerdict) -> None:
        """Show what a run comes to; a pair that the user chose stays chosen."""
        before, pair = self.page.verdict, self.page.pair
        is_same = before is not None and before.plan.run_id == verdict.plan.run_id
        self.head.place.setText(place_words(verdict))
        self.page.show_verdict(verdict)
        if is_same and pair is not None:
            self._keep_pair(verdict, pair)
        else:
            self.page.to_top()
        self.pair_menu.offer(verdict, self.page.pair)
        self.head.fit()
        self._come_to(self._verdict_place)

    def show_runs(self, rows: Sequence[RunRow]) -> None:
        """List the runs that there are to choose from."""
        self.picker.show_rows(rows)
        self.other_button.setVisible(bool(rows))

    def choose_run(self) -> None:
        """Go to the list of runs."""
        self.picker.back_button.setVisible(self._home is self._verdict_place)
        self.pages.setCurrentWidget(self.picker)
        self.picker.list.setFocus()

    def leave_list(self) -> None:
        """Go from the list to where the verdict of the chosen run is going to be."""
        self.pages.setCurrentWidget(self._home)
        self.focus_first()

    def say(self, message: str, advice: str = "", *, leads_to_packs: bool = False) -> None:
        """Say something in the place of a verdict."""
        self.message.setText(message)
        self.advice.setText(advice)
        self.packs_button.setVisible(leads_to_packs)
        self._come_to(self._note)

    @Slot()
    def focus_first(self) -> None:
        """Give the keyboard to what the user does here."""
        place = self.pages.currentWidget()
        if place is self.picker:
            self.picker.list.setFocus()
        elif place is self.claims:
            self.claims.focus_first()
        elif place is self._verdict_place:
            self.report_button.setFocus()
        elif self.packs_button.isVisibleTo(self):
            self.packs_button.setFocus()
        else:
            self.note_idea_button.setFocus()

    def step_back(self) -> bool:
        """Go from the list, or from the idea, back to the verdict; return whether one was there."""
        if self.pages.currentWidget() in (self._note, self._verdict_place):
            return False
        self._on_closed()
        return True

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that the screen has come into view."""
        super().showEvent(event)
        self.shown.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that it has gone out of view."""
        super().hideEvent(event)
        self.hidden.emit()

    # --- what happens

    @Slot()
    def _on_closed(self) -> None:
        was_idea = self.pages.currentWidget() is self.claims
        self.pages.setCurrentWidget(self._home)
        if self._home is self._note:
            self.focus_first()
        else:
            (self.idea_button if was_idea else self.runs_button).setFocus()

    @Slot()
    def _on_idea_wanted(self) -> None:
        """Show the claims beside what the run in view has measured."""
        from large_enough.comparison.claims import claims_view

        verdict = self.page.verdict if self._home is self._verdict_place else None
        self.claims.show_claims(claims_view(verdict))
        self.pages.setCurrentWidget(self.claims)
        self.claims.focus_first()

    @Slot(object)
    def _on_pair_chosen(self, pair: PairVerdict) -> None:
        self.page.show_pair(pair)

    def _keep_pair(self, verdict: RunVerdict, pair: PairVerdict) -> None:
        letters = pair.small, pair.large
        for other in verdict.pairs:
            if (other.small, other.large) == letters:
                self.page.show_pair(other)

    def _come_to(self, place: QWidget) -> None:
        """Show a place, unless the user is looking at something else here."""
        self._home = place
        self.evidence.show_compact(is_compact=place is self._verdict_place)
        before = self.pages.currentWidget()
        if before not in (self._note, self._verdict_place):
            return
        had_focus = any(widget.hasFocus() for widget in before.findChildren(QWidget))
        self.pages.setCurrentWidget(place)
        if had_focus and place is not before:
            self.focus_first()

    # --- building

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(12)
        column.addWidget(self.evidence)
        column.addWidget(self.pages, 1)
        inner = QVBoxLayout(self._verdict_place)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        inner.addWidget(self.head)
        inner.addWidget(self.page, 1)
        self._fill_note()
        for place in (self._note, self._verdict_place, self.picker, self.claims):
            self.pages.addWidget(place)

    def _fill_note(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(10)
        words.addStretch(2)
        words.addWidget(self.message)
        words.addWidget(self.advice)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(self.packs_button)
        buttons.addWidget(self.other_button)
        buttons.addWidget(self.note_idea_button)
        buttons.addStretch(1)
        words.addSpacing(8)
        words.addLayout(buttons)
        words.addStretch(3)
        put_in_the_middle(self._note, words, _WORDS_WIDTH_PX * self._theme.scale)

    def _connect(self) -> None:
        self.pair_menu.pair_chosen.connect(self._on_pair_chosen)
        self.runs_button.clicked.connect(self.choose_run)
        self.other_button.clicked.connect(self.choose_run)
        self.packs_button.clicked.connect(self.packs_wanted)
        self.picker.chosen.connect(self.run_wanted)
        self.picker.closed.connect(self._on_closed)
        self.claims.back_wanted.connect(self._on_closed)
        for button in (self.idea_button, self.note_idea_button):
            button.clicked.connect(self._on_idea_wanted)
