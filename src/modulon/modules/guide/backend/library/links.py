"""Links between files, as links between pages of the product."""

import posixpath
import re
from collections.abc import Container
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

_LINK: Final = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
_CODE: Final = re.compile(r"(^\s{0,3}(```+|~~~+).*?^\s{0,3}\2`*\s*$|`[^`\n]+`)", re.MULTILINE | re.DOTALL)
_ABSOLUTE: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)

IMAGES: Final = "/api/help/images/"


@dataclass(frozen=True, slots=True)
class Targets:
    """The names of files that can be shown."""

    names: Container[str]


def relinked(source: str, name: str, targets: Targets) -> str:
    """*source*, a file called *name*, with links that lead to pages. What is not packaged stays as its words."""
    kept = _CODE.split(source)
    # split() hands back text, code, the mark of its fence, text, …
    out = [_links(kept[0], name, targets)]
    for at in range(1, len(kept), 3):
        out += [kept[at], _links(kept[at + 2], name, targets)]
    return "".join(out)


def page_id(name: str) -> str:
    """`guide/providers.md` is `guide/providers`, `modules/chat/README.md` is `modules/chat`, `adr/README.md` is
    `adr/index`."""
    path = PurePosixPath(name)
    group, *folders = path.parts[:-1]
    words = folders if path.stem == "README" else [*folders, path.stem]
    return f"{group}/{'-'.join(words) or 'index'}"


def _links(text: str, name: str, targets: Targets) -> str:
    def link(found: re.Match[str]) -> str:
        image, words, address = found.groups()
        if _ABSOLUTE.match(address):
            return found[0]
        path, _, anchor = address.partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
        if target not in targets.names:
            return words
        if image:
            return f"![{words}]({IMAGES}{target})"
        return f"[{words}](/help/{page_id(target)}{'#' + anchor if anchor else ''})"

    return _LINK.sub(link, text)
