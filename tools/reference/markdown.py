"""Small pieces of Markdown."""

import inspect
import re
from collections.abc import Iterable, Sequence
from typing import Final, get_args

NONE: Final = "\N{EN DASH}"
"""What stands in a cell that has no value."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a `|` or a line break inside a cell is made harmless."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell(part) for part in line)} |\n" for line in lines)


def cell(text: str) -> str:
    """*text* on one line, with `|` escaped."""
    return " ".join(text.split()).replace("|", "\\|")


def code(text: str) -> str:
    """*text* as code; nothing if it is empty."""
    return f"`{text}`" if text else ""


def type_name(annotation: object) -> str:
    """An annotation as one would write it, without the packages its names come from."""
    text = annotation.__name__ if isinstance(annotation, type) and not get_args(annotation) else str(annotation)
    return re.sub(r"\b(?:\w+\.)+(?=[A-Za-z])", "", text)


def first_sentence(documented: object) -> str:
    """The first paragraph of a docstring, on one line."""
    return (inspect.getdoc(documented) or "").split("\n\n")[0].replace("\n", " ")
