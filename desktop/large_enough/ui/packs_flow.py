"""Leads from the shelf to a pack, from there to the editor, to files and to a run."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from large_enough.domain.grade import Grade
from large_enough.domain.pack import Key, Pack
from large_enough.ui.pack_dialogs import PackDialogs
from large_enough.ui.pack_draft import NEW_ID, PackDraft, empty_pack, own_copy
from large_enough.ui.pack_forms import PackForm
from large_enough.ui.pack_health_words import health_words, item_problems
from large_enough.ui.pack_jobs import Examined, PackJobs
from large_enough.ui.pack_rows import PackRow, pack_row
from large_enough.ui.pack_understanding import Understanding
from large_enough.ui.screens.packs import PacksScreen
from large_enough.wording.translate import _, language_in_use

if TYPE_CHECKING:
    from large_enough.packs.shelf import ShelvedPack

_MOST_LINES = 6
"""Of what was noticed, where there is only room for a few lines."""


class PacksFlow(QObject):
    """Fills the screen, beside the window, and does what is wished there.

    Signals:
        run_wanted: The user wants to run this `Pack`.
        prompts_wanted: The user wants these questions in the Arena: the pack's title, then a tuple
            of `Prompt`.
        screen_wanted: There is something new among the packs: show them.
        noticed: Something the user should know, in words.
        failed: Something the user asked for did not work: `ErrorInfo`.
        closing_wanted: The editor is left after `leave_and_close`: the window may close.
    """

    run_wanted = Signal(object)
    prompts_wanted = Signal(str, object)
    screen_wanted = Signal()
    noticed = Signal(str)
    failed = Signal(object)
    closing_wanted = Signal()

    def __init__(self, jobs: PackJobs, screen: PacksScreen, window: QWidget) -> None:
        super().__init__(window)
        self._jobs = jobs
        self._screen = screen
        self._dialogs = PackDialogs(window)
        self._shelf: dict[str, ShelvedPack] = {}
        self._wanted = ""  # the pack to go to once it is listed
        self._is_new = False  # whether the editor's pack is not on the shelf yet
        self._pasted: str | None = None  # the text whose questions are in the editor
        self._is_leaving = False  # whether the editor is to be left once the pack is kept
        self._is_closing = False  # ... and the window closed after that
        self._connect_jobs()
        self._connect_screen()

    def _connect_jobs(self) -> None:
        jobs = self._jobs
        jobs.listed.connect(self._on_listed)
        jobs.examined.connect(self._on_examined)
        jobs.understood.connect(self._on_understood)
        jobs.kept.connect(self._on_kept)
        jobs.deleted.connect(self._on_deleted)
        jobs.graded.connect(self._on_graded)
        jobs.written.connect(self.noticed)
        jobs.failed.connect(self._on_failed)

    def _connect_screen(self) -> None:
        screen, page, editor = self._screen, self._screen.page, self._screen.editor
        screen.shown.connect(self._on_shown)
        screen.pack_chosen.connect(self._on_pack_chosen)
        screen.paste_wanted.connect(self._on_paste_wanted)
        screen.file_wanted.connect(self._on_file_wanted)
        screen.new_wanted.connect(self._on_new_wanted)
        screen.paste.reading_wanted.connect(self._on_reading_wanted)
        screen.paste.closed.connect(screen.show_page)
        page.run_wanted.connect(self.run_wanted)
        page.demos_wanted.connect(self._on_demos_wanted)
        page.edit_wanted.connect(self._on_edit_wanted)
        page.export_wanted.connect(self._on_export_wanted)
        page.deletion_wanted.connect(self._on_deletion_wanted)
        page.health_wanted.connect(self._jobs.examine)
        editor.save_wanted.connect(self._on_save_wanted)
        editor.closed.connect(self.leave)
        editor.notes.text_wanted.connect(self._on_text_wanted)
        editor.desk.grading_wanted.connect(self._on_grading_wanted)

    # --- from outside

    @Slot(object)
    def open_files(self, paths: list[str]) -> None:
        """Read questions from a file that was dropped on the window."""
        if self._screen.is_changed:
            self.noticed.emit(_("Save the pack that you are editing first, or close it."))
            return
        self.screen_wanted.emit()
        self._read_file(paths[0])

    @Slot()
    def leave(self) -> None:
        """Leave the editor; ask first if something would be lost."""
        if not self._screen.is_changed:
            self._close_editor()
            return
        draft = self._screen.editor.draft
        title = draft.title if draft is not None else ""
        self._dialogs.ask_to_save(title, self._on_saving, self._close_editor, self._stay)

    @Slot()
    def leave_and_close(self) -> None:
        """Leave the editor, and have the window closed after that."""
        self._is_closing = True
        self.leave()

    # --- the shelf

    @Slot()
    def _on_shown(self) -> None:
        self._jobs.find()

    @Slot(object)
    def _on_listed(self, packs: "tuple[ShelvedPack, ...]") -> None:
        self._shelf = {shelved.path: shelved for shelved in packs}
        wanted, self._wanted = self._wanted, ""
        self._screen.show_rows([pack_row(shelved) for shelved in packs], wanted)

    @Slot(object)
    def _on_pack_chosen(self, row: PackRow) -> None:
        shelved = self._shelf.get(row.key)
        if shelved is None:
            return
        if shelved.pack is None:
            self._screen.say(_("This pack cannot be used."), row.second)
        elif shelved.pack is not self._screen.page.pack:
            self._screen.show_pack(shelved.pack, is_shipped=shelved.is_shipped)

    @Slot(object)
    def _on_examined(self, examined: Examined) -> None:
        pack, examination = examined
        if self._screen.page.pack is pack:
            problems = item_problems(pack, examination)
            self._screen.page.show_health(health_words(pack, examination), problems)

    @Slot()
    def _on_deletion_wanted(self) -> None:
        pack = self._screen.page.pack
        if pack is not None:
            self._dialogs.ask_to_delete(pack.title, lambda: self._jobs.delete(pack.id))

    @Slot()
    def _on_deleted(self) -> None:
        self._screen.page.forget()
        self._jobs.find()

    # --- new questions

    @Slot()
    def _on_paste_wanted(self) -> None:
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self._on_reading_wanted(text)
        else:
            self._screen.show_paste("")

    @Slot(str)
    def _on_reading_wanted(self, text: str) -> None:
        self._pasted = text
        self._jobs.understand_text(text)

    @Slot()
    def _on_file_wanted(self) -> None:
        self._dialogs.ask_for_file(self._read_file)

    def _read_file(self, path: str) -> None:
        self._pasted = None
        self._jobs.understand_file(path)

    @Slot()
    def _on_text_wanted(self) -> None:
        if self._screen.editor.is_edited:
            self._dialogs.ask_to_drop(self._show_pasted)
        else:
            self._show_pasted()

    def _show_pasted(self) -> None:
        self._screen.editor.forget()
        self._screen.show_paste(self._pasted or "")

    @Slot(object)
    def _on_understood(self, understanding: Understanding) -> None:
        pack = understanding.pack
        if pack is None:
            self._tell_of_no_questions(understanding)
            return
        self._is_new = True
        draft = PackDraft(pack, None, understanding.unfinished)
        self._screen.editor.look_over(draft, understanding)
        self._screen.show_editor()

    def _tell_of_no_questions(self, understanding: Understanding) -> None:
        problems = [_("No question was found."), *understanding.lines[:_MOST_LINES]]
        if self._pasted is not None:
            self._screen.show_paste(self._pasted, "\n".join(problems))
        else:
            self.noticed.emit(" ".join(problems))

    @Slot()
    def _on_new_wanted(self) -> None:
        draft = PackDraft(empty_pack(NEW_ID, "", language_in_use()), None)
        draft.add(-1)
        self._edit(draft, 0, is_new=True)
        self._screen.editor.title.setFocus()

    # --- the editor

    @Slot(object)
    def _on_demos_wanted(self, pack: Pack) -> None:
        from large_enough.packs.asking import demo_prompts

        self.prompts_wanted.emit(pack.title, demo_prompts(pack))

    @Slot(int)
    def _on_edit_wanted(self, place: int) -> None:
        pack = self._screen.page.pack
        if pack is None:
            return
        is_shipped = any(
            shelved.is_shipped and shelved.pack is pack for shelved in self._shelf.values()
        )
        if not is_shipped:
            self._edit(PackDraft(pack, pack), place, is_new=False)
            return
        taken = [shelved.pack.id for shelved in self._shelf.values() if shelved.pack is not None]
        self._edit(PackDraft(own_copy(pack, taken), None), place, is_new=True)
        self.noticed.emit(
            _("Packs that come with the program stay as they are: this is a copy of your own.")
        )

    def _edit(self, draft: PackDraft, place: int, *, is_new: bool) -> None:
        self._is_new, self._pasted = is_new, None
        self._screen.editor.edit(draft, place)
        self._screen.show_editor()
        self._screen.editor.focus_first()

    @Slot(object, str)
    def _on_grading_wanted(self, key: Key, text: str) -> None:
        draft = self._screen.editor.draft
        if draft is not None:
            self._jobs.grade(key, text, draft.pack_language)

    @Slot(object)
    def _on_graded(self, grade: Grade) -> None:
        self._screen.editor.desk.trial.show_grade(grade)

    @Slot(object)
    def _on_save_wanted(self, pack: Pack) -> None:
        self._jobs.save(pack, is_new=self._is_new)

    @Slot(object)
    def _on_kept(self, shelved: "ShelvedPack") -> None:
        self._wanted, self._is_new, self._pasted = shelved.path, False, None
        if shelved.pack is not None:
            self._screen.editor.take_saved(shelved.pack)
            self.noticed.emit(_("“{title}” is saved.").format(title=shelved.pack.title))
        if self._is_leaving:
            self._close_editor()
        self._jobs.find()

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        self._stay()
        self.failed.emit(error)

    def _on_saving(self) -> None:
        self._is_leaving = True
        if not self._screen.editor.save():
            self._stay()

    def _stay(self) -> None:
        self._is_leaving = self._is_closing = False

    def _close_editor(self) -> None:
        is_closing = self._is_closing
        self._stay()
        self._screen.editor.forget()
        self._screen.show_page()
        if is_closing:
            self.closing_wanted.emit()

    # --- files

    @Slot(object, object)
    def _on_export_wanted(self, pack: Pack, form: PackForm) -> None:
        self._dialogs.ask_where(pack.id, form, lambda path: self._jobs.export(pack, form, path))
