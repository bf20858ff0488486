"""The documents tell the truth: links lead somewhere, commands and files exist, the reference is whole and current."""

import re
from pathlib import Path

import pytest

from modulon.core.config import Config
from modulon.core.testing import open_app
from modulon.sdk import Event
from tools.reference import cli, errors, http, pages, settings
from tools.reference.__main__ import FOLDER, stale
from tools.reference.source import loaded_modules, subclasses

from .documents import anchors, code_in, documents, links, text_of
from .source import MODULES, ROOT, SOURCE, module_ids, python_files

by_document = pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))

PLACES = (ROOT, SOURCE, SOURCE / "modules")
"""Where a file named in a document may lie."""

_FILE = re.compile(r"(?:core|sdk|cli|web|tests|tools|src|docs|bench|requirements)/[\w./-]+\.\w+")
_MADE = re.compile(r"/_|/X/")
"""Files that a build makes, and examples: nothing to look for."""
_COMMAND = re.compile(r"(?:^|[\s(;|]|bin/)modulon((?: +[^\s;&|)]+)+)")
_MAKE = re.compile(r"(?:^|[\s;&])make ([a-z]+)")
_KEYS = re.compile(r"""["']((?:Mod|Alt)\+[A-Z]\w*(?:\+[A-Z]\w*)*)["']""")
_VARIABLE = re.compile(r"MODULON_[A-Z_]+")


@by_document
def test_links_lead_somewhere(path: Path) -> None:
    for link in links(path):
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


def test_every_page_can_be_found() -> None:
    linked = {(path.parent / link.partition("#")[0]).resolve() for path in documents() for link in links(path)}
    there = {path for path in (ROOT / "docs").rglob("*") if path.suffix in (".md", ".png")}
    assert there - linked == set()


def test_decisions_have_one_form() -> None:
    decisions = sorted((ROOT / "docs" / "adr").glob("0*.md"))
    for number, path in enumerate(decisions, 1):
        assert path.name.startswith(f"{number:04}-")
        assert re.match(rf"# {number}\. .+\n\nStatus: ", text_of(path)), path.name
        assert re.findall(r"^## (.*)$", text_of(path), re.MULTILINE) == ["Context", "Decision", "Consequences"]


@by_document
def test_files_that_are_named_exist(path: Path) -> None:
    named = {match[0] for code in code_in(path) if (match := _FILE.fullmatch(code)) and not _MADE.search(code)}
    assert not {
        name
        for name in named
        if not any((place / name).exists() for place in (*PLACES, path.parent, path.parent.parent))
    }


@by_document
def test_commands_that_are_named_exist(path: Path) -> None:
    mistakes = [mistake for code in code_in(path) for found in _COMMAND.findall(code) for mistake in _mistakes(found)]
    assert not mistakes


@by_document
def test_make_targets_that_are_named_exist(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {target for code in code_in(path) for target in _MAKE.findall(code)} <= targets


def test_the_environment_is_documented() -> None:
    documented = {name for path in documents() for name in _VARIABLE.findall(text_of(path))}
    used = {name for path in python_files(SOURCE) for name in _VARIABLE.findall(path.read_text("utf-8"))}
    assert {name for name in used if not name.endswith("_")} <= documented
    settings_of_the_server = {f"MODULON_{name.upper()}" for name in Config.model_fields}
    others = {"MODULON_PYTHON", "MODULON_CHROMIUM"} | used
    assert {name for name in documented if not name.endswith("_")} <= settings_of_the_server | others


def test_shortcuts_are_documented() -> None:
    folders = [ROOT / "web" / "shell", ROOT / "web" / "core", MODULES]
    sources = [path for folder in folders for path in folder.rglob("*") if path.suffix in (".ts", ".toml")]
    keys = {key for path in sources if ".test." not in path.name for key in _KEYS.findall(path.read_text("utf-8"))}
    page = text_of(ROOT / "docs" / "guide" / "keyboard.md")
    shown = {key.replace("Mod", "Ctrl").replace("ArrowUp", "↑").replace("ArrowDown", "↓") for key in keys}
    assert {key for key in shown if key not in page} == set()


@pytest.mark.parametrize("module", module_ids())
def test_a_module_tells_what_it_is(module: str) -> None:
    text = text_of(MODULES / module / "docs" / "README.md")
    assert text.startswith("# ")
    assert len(text.split()) >= 50


def test_the_reference_is_current() -> None:
    assert not stale(), "run `python -m tools.reference`"


def test_the_reference_has_every_route() -> None:
    page = text_of(FOLDER / "http.md")
    routes = [(route, http.address(module, route)) for module in loaded_modules() for route in module.module.routes]
    assert routes
    for route, address in routes:
        assert f"| {route.method} | `{address}` | {route.policy} |" in page
        assert http.summary(route), address


def test_the_reference_has_every_error_event_and_setting() -> None:
    made = pages()
    assert {code for code in errors.codes() if f"| `{code}` |" not in made["errors.md"]} == set()
    types = [kind.type for kind in subclasses(Event, "modulon") if hasattr(kind, "type")]
    assert types
    assert [name for name in types if f"### `{name}`" not in made["events.md"]] == []
    fields = [name for model in settings.models().values() for name in model.model_fields]
    assert [name for name in fields if f"| `{name}` |" not in made["settings.md"]] == []


async def test_the_reference_has_what_core_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    async with open_app(tmp_path / "data") as app:
        answered = {(method, f"/api{path}") for method, path in app.application.gateway._core}
    assert answered == {address for address in http.CORE if address[1].startswith("/api/")}


def _mistakes(words: str) -> list[str]:
    """What is wrong with the words after `modulon`: commands and options that do not exist."""
    known = {command.path: command for command in cli.commands()}
    groups = {path[:length] for path in known for length in range(len(path))}
    path: tuple[str, ...] = ()
    wrong: list[str] = []
    for word in words.split():
        if word.startswith("--"):
            allowed = known[path].spellings if path in known else set[str]()
            wrong += [f"{' '.join(path)} {word}"] if word.partition("=")[0] not in allowed else []
        elif (*path, word) in known or (*path, word) in groups:
            path = (*path, word)
        elif path in groups and word.isalpha() and word.islower():
            wrong.append(" ".join((*path, word)))
    return wrong
