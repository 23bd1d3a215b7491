"""Reading pages in tests."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Protocol

VOID = {"input", "meta", "link", "br", "img", "hr"}


class Answer(Protocol):
    """What the test client returns."""

    @property
    def status_code(self) -> int: ...

    @property
    def content(self) -> bytes: ...


class Element:
    """An element of a page with its attributes, its text and what is in it."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Element] = []
        self._texts: list[str | Element] = []

    @property
    def text(self) -> str:
        """The text in it, with single spaces."""
        parts = (part if isinstance(part, str) else part.text for part in self._texts)
        return " ".join(" ".join(parts).split())

    def every(self, tag: str, **attributes: str) -> Iterator[Element]:
        """Elements of this tag below, with these attributes."""
        for child in self.children:
            if child.tag == tag and attributes.items() <= child.attributes.items():
                yield child
            yield from child.every(tag, **attributes)

    def one(self, tag: str, **attributes: str) -> Element:
        """The only such element."""
        (found,) = self.every(tag, **attributes)
        return found


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        self._open[-1]._texts.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while len(self._open) > 1 and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        self._open[-1]._texts.append(data)


def page(answer: Answer) -> Element:
    """The page of an answer that went well."""
    assert answer.status_code == 200, answer.status_code
    builder = _Builder()
    builder.feed(answer.content.decode())
    return builder.root
