"""The reference pages, made from the code: `python -m tools.reference` writes them, a test checks them.

Each page has a file of its own here. `pages()` renders all of them.
"""

from collections.abc import Callable

from . import cli, configuration, errors, events, http, modules, security_cases, settings
from .markdown import table

Page = Callable[[], str]

PAGES: dict[str, tuple[str, Page]] = {
    "http.md": ("every HTTP route: who may call it, and what it does", http.page),
    "errors.md": ("every error code a response can carry", errors.page),
    "events.md": ("every event in the log, with its fields", events.page),
    "settings.md": ("every setting of a module", settings.page),
    "configuration.md": ("what the operator may set: options, environment, `modulon.toml`", configuration.page),
    "cli.md": ("every command and option of `modulon`", cli.page),
    "modules.md": ("every module: what it owns, requires and contributes", modules.page),
    "security-cases.md": ("which attacks and faults are tested, and where", security_cases.page),
}
"""File name → what it tells, and how it is made."""

NOTE = "<!-- Made from the code by `python -m tools.reference`; do not edit. -->\n\n"


def pages() -> dict[str, str]:
    """Every page of docs/reference, by file name."""
    made = {name: NOTE + render() for name, (_, render) in PAGES.items()}
    return {"README.md": NOTE + _index(), **made}


def _index() -> str:
    rows = [(f"[{name.removesuffix('.md')}]({name})", told) for name, (told, _) in PAGES.items()]
    text = "# Reference\n\nThese pages are made from the code, and a test fails when they are not current.\n\n"
    return text + table(("page", "tells"), rows)
