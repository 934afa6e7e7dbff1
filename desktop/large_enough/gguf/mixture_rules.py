"""Holds llama.cpp's rules for the number formats of a quantised model's tensors, by type.

They are those of llama.cpp's llama-quant.cpp (`llama_tensor_get_type_impl`, `tensor_type_fallback`)
for a model without an importance matrix.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

FALLBACKS: Mapping[str, str] = {
    "Q2_K": "Q4_0",
    "Q3_K": "Q4_0",
    "Q4_K": "Q5_0",
    "Q5_K": "Q5_1",
    "Q6_K": "Q8_0",
    "IQ4_XS": "IQ4_NL",
}
"""Formats of short blocks, in place of those whose blocks of 256 a row cannot be divided into."""


class Place(NamedTuple):
    """Where a tensor stands among those of its kind."""

    position: int
    """From 0."""
    total: int
    """How many there are."""
    has_groups: bool
    """Whether four or more attention heads share their keys and values."""

    @property
    def is_early(self) -> bool:
        """Whether it is in the first eighth."""
        return self.position < self.total // 8

    @property
    def wants_more(self) -> bool:
        """Whether it is in the first or last eighth, or a third one in between."""
        eighth = self.total // 8
        is_outside = self.is_early or self.position >= 7 * self.total // 8
        return is_outside or (self.position - eighth) % 3 == 2


Rule = Callable[[Place], str | None]
"""Returns the format for a tensor; None for the one that most tensors of the type get."""

VALUES: Mapping[str, Rule] = {
    "Q2_K": lambda at: "Q4_K" if at.has_groups else "Q3_K",
    "Q3_K_M": lambda at: "Q5_K" if at.position < 2 else "Q4_K",
    "Q3_K_L": lambda _at: "Q5_K",
    "Q4_K_S": lambda at: "Q5_K" if at.position < 4 else None,
    "Q4_K_M": lambda at: "Q6_K" if at.wants_more else None,
    "Q5_K_M": lambda at: "Q6_K" if at.wants_more else None,
    "IQ4_NL": lambda at: "Q5_K" if at.has_groups else None,
    "IQ4_XS": lambda at: "Q5_K" if at.has_groups else None,
}
"""For the values of the attention, by type."""

FEED_FORWARD_DOWN: Mapping[str, Rule] = {
    "Q2_K": lambda _at: "Q3_K",
    "Q3_K_M": lambda at: "Q5_K" if at.position < at.total // 16 else "Q4_K",
    "Q3_K_L": lambda _at: "Q5_K",
    "Q4_K_S": lambda at: "Q5_K" if at.is_early else None,
    "Q4_K_M": lambda at: "Q6_K" if at.wants_more else None,
    "Q5_K_M": lambda at: "Q6_K" if at.wants_more else None,
    "IQ4_NL": lambda at: "Q5_K" if at.is_early else None,
    "IQ4_XS": lambda at: "Q5_K" if at.is_early else None,
}
"""For the second half of the feed-forward layers, by type."""

ATTENTION_OUTPUT: Mapping[str, str] = {"Q2_K": "Q3_K", "Q3_K_M": "Q4_K", "Q3_K_L": "Q5_K"}
"""For the last matrix of the attention, by type."""

FINER_OF_EIGHT_EXPERTS = frozenset(
    {"Q2_K", "Q3_K_S", "Q3_K_M", "IQ4_NL", "Q4_K_S", "Q4_K_M", "IQ4_XS"}
)
"""Types of which models with eight experts get that matrix finer."""


def chosen(rules: Mapping[str, Rule], type_name: str, place: Place) -> str | None:
    """Return the format that the rules have for a place; None if they have none."""
    rule = rules.get(type_name)
    return None if rule is None else rule(place)
