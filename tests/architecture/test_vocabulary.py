"""Names and their owners: tables, columns, paths, events, element tags, locale prefixes, error codes."""

import inspect
import json
import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from modulon.core.modules.discover import Discovered, discover
from modulon.core.modules.load import load, owned_prefixes
from modulon.core.modules.resolve import resolve
from modulon.sdk import Event, Problem
from modulon.sdk.storage import Tables, owner_of
from modulon.sdk.storage import types as allowed_types

ALL = discover()
COLUMN_TYPES = {
    allowed_types.BigInteger, allowed_types.Boolean, allowed_types.Float, allowed_types.Id, allowed_types.Integer,
    allowed_types.Json, allowed_types.LargeBinary, allowed_types.Text, allowed_types.Time,
}  # fmt: skip

by_module = pytest.mark.parametrize("module", ALL, ids=lambda found: found.manifest.id)


def test_every_name_has_one_owner() -> None:
    assert len(resolve(ALL)) == len(ALL)


@by_module
def test_tables_are_those_the_manifest_owns(module: Discovered) -> None:
    assert {table.name for table in _tables(module)} == set(module.manifest.owns.tables)


@by_module
def test_columns_use_the_contracts_types(module: Discovered) -> None:
    wrong = [
        f"{table.name}.{column.name}: {column.type!r}"
        for table in _tables(module)
        for column in table.columns
        if type(column.type) not in COLUMN_TYPES
    ]
    assert not wrong


@by_module
def test_owned_tables_know_their_owner(module: Discovered) -> None:
    for table in _tables(module):
        if owner_of(table).kind == "owned":
            assert {"id", "workspace_id", "owner_id"} <= set(table.c.keys())


@by_module
def test_routes_lie_under_what_the_module_owns(module: Discovered) -> None:
    prefixes = owned_prefixes(module)
    for route in load(module).module.routes:
        assert any(route.path == p or route.path.startswith(p + "/") for p in prefixes), route.path


@by_module
def test_routes_are_documented(module: Discovered) -> None:
    for route in load(module).module.routes:
        assert inspect.getdoc(route.handler) or route.options.get("summary"), f"{route.method} {route.path}"


@by_module
def test_events_are_named_after_the_module_and_documented(module: Discovered) -> None:
    for event in _events(module):
        assert event.type.startswith(f"{module.manifest.id}."), event.type
        assert event.__doc__, event.type


@by_module
def test_element_tags_carry_the_modules_name(module: Discovered) -> None:
    manifest = module.manifest
    tags = [page.element for page in manifest.contributes.page] + [ui.element for ui in manifest.contributes.ui]
    prefix = f"m-{manifest.id}-" if "." not in manifest.id else f"{manifest.id.replace('.', '-')}-"
    assert [tag for tag in tags if not tag.startswith(prefix)] == []


@by_module
def test_error_codes_have_a_sentence_in_english(module: Discovered) -> None:
    """`<module>.<reason>` is said by the module's catalogue as `errors.<reason>`; it may also say others' codes."""
    codes = {error.code for error in _errors(module)}
    assert {code for code in codes if not code.startswith(f"{module.manifest.id}.")} == set()
    said = {key.removeprefix("errors.") for key in _catalogue(module) if key.startswith("errors.")}
    assert {code.removeprefix(f"{module.manifest.id}.") for code in codes} - said == set()


@by_module
def test_contributed_titles_are_in_the_catalogue(module: Discovered) -> None:
    contributes = module.manifest.contributes
    titles = [page.title for page in contributes.page] + [command.title for command in contributes.command]
    catalogue = {f"{module.manifest.id}.{key}" for key in _catalogue(module)}
    assert [title for title in titles if title not in catalogue] == []


@by_module
def test_settings_for_all_have_words_in_every_language(module: Discovered) -> None:
    """English stands where a setting is declared; for other languages the form asks the module's catalogue."""
    model = load(module).module.settings_model
    if model is None or "user" in model.scopes:
        return
    for key, field in model.model_fields.items():
        assert field.title, f"{key} has no title"
        assert field.description, f"{key} has no description"
    for path in sorted((module.folder / "frontend" / "locales").glob("*.json")):
        if path.stem != "en":
            said = json.loads(path.read_text("utf-8")).get("settings", {})
            assert {key for key, words in said.items() if words["label"] and words["about"]} == set(model.model_fields)


def _tables(module: Discovered) -> list[sa.Table]:
    models = f"{module.package}.backend.models"
    if not any((module.folder / "backend").glob("models*")):
        return []
    load(module)
    namespace = vars(__import__(models, fromlist=["_"]))
    return [
        table for value in namespace.values() if isinstance(value, Tables) for table in value.metadata.sorted_tables
    ]


def _classes(module: Discovered, base: type) -> list[type]:
    load(module)
    found: list[type] = []
    pending = list(base.__subclasses__())
    while pending:
        candidate = pending.pop()
        pending.extend(candidate.__subclasses__())
        if candidate.__module__.startswith(f"{module.package}."):
            found.append(candidate)
    return found


def _events(module: Discovered) -> list[type[Event]]:
    return [c for c in _classes(module, Event) if re.match(r"\w", getattr(c, "type", ""))]


def _errors(module: Discovered) -> list[type[Problem]]:
    return _classes(module, Problem)


def _catalogue(module: Discovered) -> dict[str, str]:
    path: Path = module.folder / "frontend" / "locales" / "en.json"
    return _flat(json.loads(path.read_text("utf-8"))) if path.is_file() else {}


def _flat(tree: dict[str, object], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = str(value)
    return flat
