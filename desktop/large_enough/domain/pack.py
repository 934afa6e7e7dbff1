"""A pack: graded questions of one field, each with what a right answer looks like."""

import enum
from typing import Any

import msgspec

from large_enough.domain.quantity import Quantity, Unavailable


class AnswerType(enum.StrEnum):
    """How an item is answered, and so which grader judges it."""

    CHOICE = "choice"
    """One of several options."""
    MULTI_CHOICE = "multi_choice"
    """All options that hold."""
    LABEL = "label"
    """One of a closed set of labels, the same for many items."""
    NUMBER = "number"
    TEXT = "text"
    """A short text, compared with all its accepted forms."""
    CONTAINS = "contains"
    """Texts that must or must not occur in the answer."""
    REGEX = "regex"
    LIST = "list"
    DATE = "date"
    JSON = "json"
    UNANSWERABLE = "unanswerable"
    """The context does not say: right is to say so."""
    FREE = "free"
    """No key: people judge it."""


class ChoiceKey(msgspec.Struct, frozen=True, kw_only=True, tag="choice"):
    """One of several options is right."""

    choices: tuple[str, ...]
    """The options' texts, 2 to 26 that differ when normalised."""
    answer: str
    """The right option's text, never its letter: letters change when options are shuffled."""
    shuffle: bool = True
    """Whether the options may be shown in another order; it is the same for every model."""


class MultiChoiceKey(msgspec.Struct, frozen=True, kw_only=True, tag="multi_choice"):
    """Some of several options are right."""

    choices: tuple[str, ...]
    answers: tuple[str, ...]
    """All right options' texts, at least one."""
    shuffle: bool = True


class LabelKey(msgspec.Struct, frozen=True, kw_only=True, tag="label"):
    """One label of a closed set is right."""

    labels: tuple[str, ...]
    answer: str


class NumberKey(msgspec.Struct, frozen=True, kw_only=True, tag="number"):
    """A number is right if it is near enough to the key."""

    answer: float
    unit: str = ""
    """The key's unit as it may stand in an answer ("EUR", "km/h"); empty for none."""
    is_unit_required: bool = False
    """Whether an answer without the unit is wrong."""
    unit_factors: dict[str, float] = {}
    """Other units that may stand in an answer: one of these is so many of `unit`."""
    tolerance_abs: float = 0.0
    """Largest accepted difference, in `unit`."""
    tolerance_rel: float = 0.0
    """Largest accepted difference as a share of the key; the larger of the two limits holds."""
    rounding: int | None = None
    """Instead of tolerances: accept the key rounded or cut at so many decimals."""
    may_be_share: bool = False
    """Whether 0.27 counts as 27 %, and the other way round."""


class TextKey(msgspec.Struct, frozen=True, kw_only=True, tag="text"):
    """A text is right if, normalised, it equals one of these."""

    answers: tuple[str, ...]
    """All accepted forms, the usual one first."""
    keeps_case: bool = False
    keeps_punctuation: bool = False
    keeps_articles: bool = False


class ContainsKey(msgspec.Struct, frozen=True, kw_only=True, tag="contains"):
    """An answer is right if it holds these, as whole words."""

    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    """At least one of them; empty for no such demand."""
    none_of: tuple[str, ...] = ()


class RegexKey(msgspec.Struct, frozen=True, kw_only=True, tag="regex"):
    """An answer is right if the pattern is found in it. Patterns come from strangers."""

    pattern: str
    keeps_case: bool = False
    is_whole: bool = False
    """Whether the pattern must match the whole answer instead of a part."""


class ListKey(msgspec.Struct, frozen=True, kw_only=True, tag="list"):
    """A list is judged by which entries it names; what it invents counts against it."""

    entries: tuple[tuple[str, ...], ...]
    """Each expected entry with all its accepted forms."""
    is_ordered: bool = False


class DateKey(msgspec.Struct, frozen=True, kw_only=True, tag="date"):
    """A day of the calendar is right."""

    answer: str
    """ISO 8601, for example "2026-03-01"."""
    is_day_first: bool = True
    """How 03/04/2026 is read: 3 April (True) or March 4 (False)."""


class JsonKey(msgspec.Struct, frozen=True, kw_only=True, tag="json"):
    """A JSON object is judged by its schema, then field by field."""

    answer: dict[str, Any]
    json_schema: dict[str, Any] = {}
    """JSON Schema (2020-12) that an answer must satisfy; empty for none."""
    is_exact: bool = False
    """Whether all fields must be right instead of scoring each."""
    tolerance_abs: float = 0.0
    """For numbers in fields."""


ASKED_AS = (AnswerType.NUMBER, AnswerType.TEXT, AnswerType.DATE, AnswerType.LIST)
"""Whose instruction an item without an answer can have."""


class UnanswerableKey(msgspec.Struct, frozen=True, kw_only=True, tag="unanswerable"):
    """Right is to say that the context does not tell."""

    phrases: tuple[str, ...] = ()
    """What counts as saying so, beside the usual phrases of the pack's language."""
    asked_as: AnswerType | None = None
    """One of `ASKED_AS`: whose instruction it has, so that it does not give itself away; None for
    that of the items beside it."""
    unit: str = ""
    """Of the number that is asked for; only with `asked_as` "number"."""


class FreeKey(msgspec.Struct, frozen=True, kw_only=True, tag="free"):
    """Nothing is right or wrong by rule: people judge."""

    reference: str = ""
    """An answer to compare with; empty for none."""
    keywords: tuple[str, ...] = ()
    """Hints for who judges."""


Key = (
    ChoiceKey
    | MultiChoiceKey
    | LabelKey
    | NumberKey
    | TextKey
    | ContainsKey
    | RegexKey
    | ListKey
    | DateKey
    | JsonKey
    | UnanswerableKey
    | FreeKey
)
"""What a right answer looks like; its kind says which grader judges."""


def answer_type(key: Key) -> AnswerType:
    """Return the answer type that a key belongs to."""
    return AnswerType(str(key.__struct_config__.tag))


class PackItem(msgspec.Struct, frozen=True, kw_only=True):
    """One question of a pack."""

    id: str
    """Unique within its pack."""
    question: str
    context: str = ""
    """The document the question is about; apart from the question, so that it can be left out."""
    key: Key
    group: str = ""
    """Items of one group (template, document, paraphrases) count together in the statistics;
    empty for an item that stands alone."""
    family: str = ""
    """Kind of task: lookup, arithmetic, routing ..."""
    level: int | None = None
    """1 (easy) to 3 (hard); None if nobody said."""
    tags: tuple[str, ...] = ()
    explain: str = ""
    """How the key comes about; shown after grading."""
    source: str = ""
    """Where the item comes from."""
    demo: bool = False
    """Whether it is only for looking at and voting: never graded."""
    max_tokens: int | None = None
    """Limit of the answer; None for the pack's."""
    extract: str = ""
    """A regular expression that finds the answer in the text, by its first group; empty for the
    usual ways."""
    extra: dict[str, Any] = {}
    """The author's own; survives round trips."""
    unknown: dict[str, Any] = {}
    """Fields of the file that this version does not know; written back as they were."""

    @property
    def type(self) -> AnswerType:
        """How it is answered."""
        return answer_type(self.key)

    @property
    def cluster(self) -> str:
        """What it counts as in the statistics: its group, or itself."""
        return self.group or self.id


class PackDefaults(msgspec.Struct, frozen=True, kw_only=True):
    """How a pack's items are asked unless something else is chosen."""

    max_tokens: int = 256
    temperature: float = 0.0
    seed: int = 1
    repeats: int = 1


DEFAULT_MARGIN = 0.10
"""How much worse, as a share of all questions, a small model may be and still be large enough."""
NO_CHANCE = Unavailable(reason="no chance level was computed for this pack")


class Pack(msgspec.Struct, frozen=True, kw_only=True):
    """Graded questions of one field."""

    id: str
    """Lower-case words with hyphens; unique among packs of one folder."""
    version: str
    title: str
    language: str = "en"
    """BCP 47 code of the questions' language: instructions to the models are written in it."""
    domain: str = ""
    licence: str = ""
    """SPDX identifier; empty if nobody said."""
    authors: tuple[str, ...] = ()
    canary: str = ""
    """A UUID that tells whether the pack was in a model's training data."""
    description: str = ""
    about: str = ""
    """What this tests, a page at most, Markdown."""
    system_prompt: str = ""
    instructions: dict[AnswerType, str] = {}
    """How to answer, by type, in place of the usual words; "" for no instruction at all."""
    reasons_first: bool = False
    """Whether models are asked to reason in a few words before the line with the answer."""
    defaults: PackDefaults = PackDefaults()
    chance: Quantity = NO_CHANCE
    """Share of points that guessing gives, 0 to 1."""
    margin: float = DEFAULT_MARGIN
    items: tuple[PackItem, ...]
    extra: dict[str, Any] = {}
    unknown: dict[str, Any] = {}

    @property
    def graded_items(self) -> tuple[PackItem, ...]:
        """All items that are not only for looking at."""
        return tuple(item for item in self.items if not item.demo)

    def item(self, item_id: str) -> PackItem:
        """Return the item with that id.

        Raises:
            KeyError: There is none.
        """
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)
