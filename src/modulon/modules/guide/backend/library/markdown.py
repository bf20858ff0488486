"""Markdown cut at its headings. Only what our own pages use: ATX headings, fenced code, blocks between blank lines."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_HEADING: Final = re.compile(r"(#{1,6})\s+(.+?)(?:\s+#+)?\s*")
_FENCE: Final = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_LINK: Final = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS: Final = re.compile(r"\*\*|__|`|(?<!\w)\*|\*(?!\w)")
_NOT_ANCHOR: Final = re.compile(r"[^\w\- ]")
_COMMENT: Final = re.compile(r"<!--(.*)-->", re.DOTALL)
_ASKED: Final = re.compile(r"\s*also asked as:(.*)", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading and the text under it, up to the next heading of any level. *level* is 0 before the first one.

    *asked* are other words for it, from a comment below the heading, which is never shown:
    `<!-- also asked as: chat history, old chats -->`.
    """

    level: int
    title: str
    text: str
    asked: tuple[str, ...] = ()


def pieces(source: str) -> Iterator[Piece]:
    """The pieces of a document, in order; what comes before the first heading is one too, if it is text."""
    level, title = 0, ""
    lines: list[str] = []
    for line, fenced in _lines(source):
        heading = None if fenced else _HEADING.fullmatch(line)
        if heading is None:
            lines.append(line)
            continue
        found = _piece(level, title, lines)
        if level or found.text:
            yield found
        level, title, lines = len(heading[1]), plain(heading[2]), []
    found = _piece(level, title, lines)
    if level or found.text:
        yield found


def _piece(level: int, title: str, lines: list[str]) -> Piece:
    """Comments, blocks of their own, are taken out."""
    kept: list[str] = []
    asked: list[str] = []
    for block in blocks("\n".join(lines)):
        comment = _COMMENT.fullmatch(block.strip())
        if comment is None:
            kept.append(block)
        elif words := _ASKED.fullmatch(comment[1]):
            asked += [" ".join(one.split()) for one in words[1].split(",") if one.strip()]
    return Piece(level, title, "\n\n".join(kept).strip(), tuple(asked))


def blocks(text: str) -> list[str]:
    """Paragraphs, lists, tables and code, each whole. The items of a list that stand apart are blocks of their own."""
    found: list[str] = []
    lines: list[str] = []
    for line, fenced in _lines(text):
        if line.strip() or fenced:
            lines.append(line)
        elif lines:
            found.append("\n".join(lines))
            lines = []
    if lines:
        found.append("\n".join(lines))
    return found


def is_code(block: str) -> bool:
    """Whether a block is fenced code."""
    return _FENCE.match(block) is not None


def plain(text: str) -> str:
    """Words without their marks: links as their text."""
    return _MARKS.sub("", _LINK.sub(r"\1", text)).strip()


def anchor_of(title: str, taken: set[str]) -> str:
    """The anchor of a heading, as source hosts make it; it is added to *taken*."""
    folded = unicodedata.normalize("NFC", title).casefold()
    base = _NOT_ANCHOR.sub("", folded).strip().replace(" ", "-")
    anchor, number = base, 1
    while anchor in taken:
        anchor, number = f"{base}-{number}", number + 1
    taken.add(anchor)
    return anchor


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Each line and whether it belongs to fenced code."""
    fence = ""
    for line in text.splitlines():
        mark = _FENCE.match(line)
        if not fence:
            fence = mark[1] if mark else ""
            yield line, bool(fence)
            continue
        yield line, True
        if mark and mark[1].startswith(fence) and line.strip() == mark[1]:
            fence = ""
