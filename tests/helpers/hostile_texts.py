"""Texts as a hostile model, file or person would write them, for tests of everything that shows."""

HOSTILE_TEXTS = (
    "<script>alert(1)</script>",
    "</pre></svg><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "{{ 7 * 7 }} {% include '/etc/passwd' %}",
    "![x](https://example.com/track.png) [click](javascript:alert(1))",
    "~~~\n# heading\n~~~~\n```html\n<b>\n```",
    '=HYPERLINK("https://example.com")',
    "+1+1|cmd' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\uff1d1+1",
    "a|b|c\n|---|\n| x |",
    "\x1b[31mred\x1b[0m \x07\x00 nul",
    "left \u202eright\u2066 marks\u200f",
    "half \ud800 pair",
    "]]><!--",
    "",
    "   \n\n  ",
)

DIRECTION_CONTROLS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def has_dangerous_characters(text: str) -> bool:
    """Return whether controls (but line feed, tab) or overrides of direction are left in a text."""
    return any(
        character in DIRECTION_CONTROLS
        or "\ud800" <= character <= "\udfff"
        or (ord(character) < 32 and character not in "\n\t\r")
        or 0x7F <= ord(character) < 0xA0
        for character in text
    )
