"""The pages of a folder of documentation, read once."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from .links import Targets, page_id, relinked
from .markdown import anchor_of, pieces

PACKAGED: Final = Path(str(files("modulon"))) / "_docs"

GROUPS: Final = ("guide", "operate", "develop", "reference", "adr", "modules")
"""The folders that are shown, in this order."""

_FIRST: Final = ("guide/first-steps", "guide/guide", "guide/conversations", "guide/providers")
"""Pages that stand before others of their group, which are in the order of their titles."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its text, in Markdown whose links lead to pages of the product. *trail* are the headings above,
    *asked* other words for what it tells."""

    page: str
    anchor: str
    level: int
    title: str
    trail: tuple[str, ...]
    text: str
    asked: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Where it is shown; the beginning of a page has no anchor."""
        return f"/help/{self.page}" + (f"#{self.anchor}" if self.level > 1 else "")


@dataclass(frozen=True, slots=True)
class Page:
    """One document: *id* is its folder and name, `guide/providers`."""

    id: str
    group: str
    title: str
    sections: tuple[Section, ...]


class Library:
    """All pages below *folder*. Files are known by name from a listing: no path is ever made from a request."""

    def __init__(self, folder: Path) -> None:
        found = {path.relative_to(folder).as_posix(): path for path in _listed(folder)}
        self._pages = {
            page_id(name): _page(name, path, Targets(found)) for name, path in found.items() if _is_page(name)
        }
        self._images = {name: path for name, path in found.items() if path.suffix == ".png"}

    @property
    def pages(self) -> list[Page]:
        """Every page, in the order they are shown."""
        return sorted(self._pages.values(), key=_order)

    def page(self, wanted: str) -> Page | None:
        """The page of that id."""
        return self._pages.get(wanted)

    def image(self, name: str) -> bytes | None:
        """The bytes of a picture by its path below the folder."""
        path = self._images.get(name)
        return None if path is None else path.read_bytes()

    def sections(self, *groups: str) -> Iterator[Section]:
        """Every section of these groups."""
        for page in self.pages:
            if page.group in groups:
                yield from page.sections


@cache
def packaged() -> Library:
    """The documentation of this version. Empty if it has not been built."""
    return Library(PACKAGED)


def _listed(folder: Path) -> Iterator[Path]:
    for group in GROUPS:
        for path in sorted((folder / group).rglob("*")):
            if path.suffix in (".md", ".png") and path.is_file() and not path.is_symlink():
                yield path


def _is_page(name: str) -> bool:
    return name.endswith(".md")


def _page(name: str, path: Path, targets: Targets) -> Page:
    this = page_id(name)
    sections = tuple(_sections(this, relinked(path.read_text("utf-8"), name, targets)))
    title = sections[0].title if sections else ""
    return Page(this, this.partition("/")[0], title or path.stem, sections)


def _sections(page: str, source: str) -> Iterator[Section]:
    taken: set[str] = set()
    above: list[tuple[int, str]] = []
    for piece in pieces(source):
        above = [one for one in above if one[0] < piece.level]
        trail = tuple(title for _, title in above)
        yield Section(page, anchor_of(piece.title, taken), piece.level, piece.title, trail, piece.text, piece.asked)
        above.append((piece.level, piece.title))


def _order(page: Page) -> tuple[int, int, str]:
    first = _FIRST.index(page.id) if page.id in _FIRST else len(_FIRST)
    index = 0 if page.id.endswith("/index") else 1
    return GROUPS.index(page.group), first * 2 + index, page.id if page.group == "adr" else page.title.casefold()
