"""A stand-in for the shelf of packs, and packs to put on it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from large_enough.domain.grade import Grade
from large_enough.domain.pack import (
    ChoiceKey,
    DateKey,
    Key,
    LabelKey,
    ListKey,
    NumberKey,
    Pack,
    PackItem,
    TextKey,
    UnanswerableKey,
)
from large_enough.domain.pack_fault import Fault
from large_enough.packs.health import health
from large_enough.packs.shelf import ShelvedPack
from large_enough.ui.pack_forms import Examination, PackDocument, PackForm
from large_enough.ui.pack_understanding import Understanding
from large_enough.ui.pack_works import PackWorks

if TYPE_CHECKING:
    from large_enough.domain.errors import LargeEnoughError

CONTEXT = (
    "Account        Monthly fee   Transfer abroad\n"
    "Basic          0.00 EUR      2.50 EUR\n"
    "Comfort        4.90 EUR      1.00 EUR\n"
    "Premium        9.90 EUR      free of charge"
)


def make_item(number: int, question: str, key: Key, **fields: object) -> PackItem:
    """Return a question."""
    return PackItem(id=f"q-{number}", question=question, key=key, **fields)


def make_pack(title: str = "Bank fees", **fields: object) -> Pack:
    """Return a pack with questions of many types."""
    items = (
        make_item(
            1,
            "What does a transfer abroad cost a Comfort customer?",
            NumberKey(answer=1.0, unit="EUR", tolerance_abs=0.005),
            context=CONTEXT,
            group="transfer",
            family="lookup",
            level=1,
            explain="row “Comfort”, column “Transfer abroad”",
        ),
        make_item(
            2,
            "Which account has no monthly fee?",
            ChoiceKey(choices=("Basic", "Comfort", "Premium"), answer="Basic"),
            context=CONTEXT,
            group="fees",
            family="lookup",
            level=1,
        ),
        make_item(
            3,
            "What do two transfers abroad cost a Basic customer in all?",
            NumberKey(answer=5.0, unit="EUR"),
            context=CONTEXT,
            group="transfer",
            family="arithmetic",
            level=2,
        ),
        make_item(
            4,
            "Which department answers “My card was swallowed”?",
            LabelKey(labels=("Cards", "Loans", "Fraud"), answer="Cards"),
            family="routing",
            level=1,
        ),
        make_item(
            5,
            "Who is the branch manager?",
            UnanswerableKey(),
            context=CONTEXT,
            family="not in the text",
            level=3,
        ),
        make_item(6, "When does the offer end?", DateKey(answer="2026-03-31"), level=2),
        make_item(
            7,
            "Which accounts cost something every month?",
            ListKey(entries=(("Comfort",), ("Premium", "Premium account"))),
            context=CONTEXT,
            level=2,
        ),
        make_item(8, "What is the bank called?", TextKey(answers=("Linden Bank", "Linden"))),
    )
    usual = {
        "id": title.lower().replace(" ", "-"),
        "version": "1.0.0",
        "title": title,
        "domain": "Banking",
        "licence": "CC-BY-4.0",
        "authors": ("The Large Enough authors",),
        "description": "Questions about the fees of a bank that does not exist.",
        "items": items,
    }
    return Pack(**{**usual, **fields})


def make_large_pack(count: int = 5_000) -> Pack:
    """Return a pack with very many questions."""
    items = tuple(
        make_item(number, f"What is {number} times 7?", NumberKey(answer=number * 7.0))
        for number in range(1, count + 1)
    )
    return make_pack("Times table", domain="Arithmetic", items=items)


class FakePacks:
    """A shelf in memory; questions are graded and checked by the real rules."""

    def __init__(self) -> None:
        self.shelved: list[ShelvedPack] = []
        self.texts: list[str] = []
        self.paths: list[str] = []
        self.faults: tuple[Fault, ...] = ()
        self.files: dict[str, bytes] = {}
        self.saved: list[tuple[Pack, bool]] = []
        self.failure: LargeEnoughError | None = None
        self.disk_problem: OSError | None = None
        self._works = PackWorks({})

    def put(self, pack: Pack, *, is_shipped: bool = False) -> ShelvedPack:
        """Put a pack on the shelf."""
        one = ShelvedPack(path=f"/packs/{pack.id}.pack.json", is_shipped=is_shipped, pack=pack)
        self.shelved = [each for each in self.shelved if each.path != one.path]
        self.shelved.append(one)
        return one

    def find(self) -> tuple[ShelvedPack, ...]:
        """Return what is on the shelf."""
        if self.failure is not None:
            raise self.failure
        return tuple(self.shelved)

    def examine(self, pack: Pack, is_cancelled: Callable[[], bool]) -> Examination | None:
        """Return what the real rules say of health, with faults that the test puts in."""
        return None if is_cancelled() else Examination(health(pack), self.faults)

    def understand_text(self, text: str) -> Understanding:
        """Return what the real one does."""
        self.texts.append(text)
        return self._works.understand_text(text)

    def understand_file(self, path: str) -> Understanding:
        """Return what the real one does."""
        self.paths.append(path)
        return self._works.understand_file(path)

    def save(self, pack: Pack, *, is_new: bool) -> ShelvedPack:
        """Put a pack on the shelf."""
        if self.failure is not None:
            raise self.failure
        self.saved.append((pack, is_new))
        if is_new:
            pack = msgspec.structs.replace(pack, id=pack.title.lower().replace(" ", "-"))
        return self.put(pack)

    def delete(self, pack_id: str) -> None:
        """Take a pack off the shelf."""
        self.shelved = [each for each in self.shelved if each.name != pack_id]

    def document(self, pack: Pack, form: PackForm, name: str) -> PackDocument:
        """Return what the real one does."""
        return self._works.document(pack, form, name)

    def write(self, path: str, data: bytes) -> None:
        """Keep the file in memory."""
        if self.disk_problem is not None:
            raise self.disk_problem
        self.files[path] = data

    def grade(self, key: Key, text: str, language: str) -> Grade:
        """Return what the real rules say."""
        return self._works.grade(key, text, language)

    def faults_of(self, item: PackItem) -> tuple[Fault, ...]:
        """Return what the real rules say."""
        return self._works.faults_of(item)
