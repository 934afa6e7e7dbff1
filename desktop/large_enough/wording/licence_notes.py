"""Marks what licences restrict, so that the catalogue's sentences can be translated."""

from large_enough.domain.text import to_translate

LICENCE_NOTES = (
    to_translate(
        "Meta's own terms: its acceptable-use policy forbids some uses, services with more than "
        "700 million users need another licence, and who passes it on must say “Built with Llama”."
    ),
    to_translate(
        "Google's own terms: its prohibited-use policy forbids some uses, and who passes it on "
        "must pass these terms on."
    ),
    to_translate(
        "DeepSeek's own terms: commercial use is allowed, but a list of uses is forbidden, and "
        "who passes it on must pass these limits on."
    ),
)
"""Every `licence_note` of `models/catalog.toml`. They say in plain words what to look for in the
publisher's terms; the terms themselves decide."""
