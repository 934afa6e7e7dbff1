"""Reads HTML pages, for tests of everything that writes them."""

import html.parser

VOID = {"meta", "rect", "line", "polyline", "polygon", "circle", "br"}
ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "section", "article"),
    *("h1", "h2", "h3", "h4", "p", "div", "pre", "code", "details", "summary", "figure"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "ul", "li", "dl", "dt", "dd"),
    *("svg", "desc", "g", "text", "rect", "line", "polyline", "polygon", "circle"),
}
"""What documents of ours are made of."""


class Page(html.parser.HTMLParser):
    """What is on a page; every element must be closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    @property
    def said(self) -> str:
        """All texts."""
        return "\n".join(self.texts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of an element."""
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Take note of its end."""
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Take note of a text."""
        self.texts.append(data)
