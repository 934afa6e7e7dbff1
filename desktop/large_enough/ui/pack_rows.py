"""What the library of packs shows of each pack."""

from typing import TYPE_CHECKING, NamedTuple

from large_enough.domain.pack import Pack
from large_enough.domain.text import harmless_line
from large_enough.ui.pack_draft import types_in
from large_enough.wording.failures import explain
from large_enough.wording.numbers import count_text
from large_enough.wording.pack_words import type_word
from large_enough.wording.translate import _, ngettext

if TYPE_CHECKING:
    from large_enough.packs.shelf import ShelvedPack


class PackRow(NamedTuple):
    """A pack on the shelf."""

    key: str
    """Path of its file."""
    title: str
    second: str
    """What it is about and how large it is, or why it cannot be used."""
    third: str
    """Where it comes from, and on which terms."""
    is_usable: bool
    searched: str
    """All the words by which it may be found, in small letters."""

    def has(self, words: str) -> bool:
        """Return whether all these words occur in what is known of it."""
        return all(word in self.searched for word in words.casefold().split())


def pack_row(shelved: "ShelvedPack") -> PackRow:
    """Return what is shown of a pack on the shelf."""
    pack = shelved.pack
    if pack is None:
        title = harmless_line(shelved.name)
        why = harmless_line(explain(shelved.error).happened) if shelved.error else ""
        third = _("cannot be used")
        return PackRow(shelved.path, title, why, third, False, f"{title} {why}".casefold())
    title, second = harmless_line(pack.title), _second_line(pack)
    third = _third_line(pack, is_shipped=shelved.is_shipped)
    kinds = map(type_word, types_in(pack.items))
    searched = " ".join((title, second, third, pack.id, *kinds)).casefold()
    return PackRow(shelved.path, title, second, third, True, searched)


def questions_text(count: int) -> str:
    """Return how many questions there are: 1 question, 20 questions."""
    words = ngettext("{count} question", "{count} questions", count)
    return words.format(count=count_text(count))


def _second_line(pack: Pack) -> str:
    domain = _(pack.domain) if pack.domain else ""
    parts = (domain, questions_text(len(pack.graded_items)), pack.language)
    return " · ".join(harmless_line(part) for part in parts if part)


def _third_line(pack: Pack, *, is_shipped: bool) -> str:
    origin = _("comes with the program") if is_shipped else _("yours")
    return " · ".join(harmless_line(part) for part in (origin, pack.licence) if part)
