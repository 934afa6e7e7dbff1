"""Says what kind of value stands in each column of a table, beside question and answer."""

LISTS = frozenset(
    {"choices", "labels", "tags", "keywords", "answer.all", "answer.any", "answer.none"}
)
FLAGS = frozenset(
    {
        *("shuffle", "unit_required", "may_be_share", "case_sensitive", "whole", "ordered"),
        *("day_first", "demo", "normalise.case", "normalise.punctuation", "normalise.articles"),
    }
)
NUMBERS = frozenset({"tolerance.abs", "tolerance.rel", "level", "rounding", "max_tokens"})
OBJECTS = frozenset({"units", "json_schema", "extra"})
TEXTS = frozenset({"id", "group", "family", "explain", "source", "extract", "unit", "compare"})
