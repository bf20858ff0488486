"""The project's documents as the tests read them: links, anchors, and what stands in code."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from .source import MODULES, ROOT

_FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_SPAN = re.compile(r"`([^`]+)`")
_HEADING = re.compile(r"^#+ +(.*)$", re.MULTILINE)


def documents() -> list[Path]:
    """Every Markdown file of the project, those of modules and fixtures included."""
    folders = [ROOT / "docs", ROOT / "bench", ROOT / "tests", ROOT / "web", MODULES]
    found = [*ROOT.glob("*.md"), *(path for folder in folders for path in folder.rglob("*.md"))]
    return sorted(path for path in found if "node_modules" not in path.parts)


@cache
def text_of(path: Path) -> str:
    """The document's text."""
    return path.read_text("utf-8")


def links(path: Path) -> list[str]:
    """Targets of links and images that lie within the project."""
    prose = _FENCE.sub("", text_of(path))
    return [target for target in _LINK.findall(prose) if not re.match(r"[a-z]+:", target)]


@cache
def anchors(path: Path) -> frozenset[str]:
    """What links may point to within a document: its headings, as hosts of repositories name them."""
    titles = _HEADING.findall(_FENCE.sub("", text_of(path)))
    return frozenset(re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles)


def code_in(path: Path) -> Iterator[str]:
    """Every line of code: of fenced blocks, and between single backticks."""
    for block in _FENCE.findall(text_of(path)):
        yield from block.strip().splitlines()[1:-1]
    yield from (" ".join(span.split()) for span in _SPAN.findall(_FENCE.sub("", text_of(path))))
