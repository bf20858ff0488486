"""The route index: what every module registers, written down once so that the server starts without importing them.

`python -m modulon.core.modules.index` writes it (set-up and the wheel's build do); the server reads it and refuses to
start if the code has another digest. With `dev`, and in tests, it is made in memory.
"""

import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from modulon.sdk.events import Event
from modulon.sdk.manifest import Manifest
from modulon.sdk.module import Module
from modulon.sdk.modules import Obstacle
from modulon.sdk.routes import Route
from modulon.sdk.settings import SettingScope

from .discover import Discovered, digest, discover
from .load import Loaded, load
from .resolve import Resolution, resolve, resolve_each

INDEX_FILE: Final = Path(__file__).resolve().parents[2] / "_routes.json"


class StaleIndex(RuntimeError):
    """The index does not fit the code; set-up makes it anew."""


class IndexedRoute(msgspec.Struct, frozen=True):
    """One route as the gateway needs it."""

    method: str
    path: str
    policy: str
    kind: str
    largest: int = 0
    """Bytes of the largest body; 0: as for every route of its kind."""


class IndexedModule(msgspec.Struct, frozen=True):
    """One module: its manifest and the names of what it registers."""

    manifest: dict[str, Any]
    package: str
    routes: tuple[IndexedRoute, ...]
    listeners: tuple[tuple[str, str], ...]
    """Pairs of consumer name and event type."""
    services: tuple[str, ...]
    implementations: tuple[tuple[str, str], ...]
    """Pairs of extension point and the name it is provided under."""
    filters: tuple[str, ...]
    hooks: tuple[str, ...]
    scopes: tuple[SettingScope, ...]
    """Scopes at which it has settings."""


class Index(msgspec.Struct, frozen=True):
    """All modules in dependency order, and the digest of the code they were read from."""

    digest: str
    modules: tuple[IndexedModule, ...]


def protocol_name(protocol: type[Any]) -> str:
    """The name a service or extension point is matched by: never the class's identity."""
    return f"{protocol.__module__}:{protocol.__qualname__}"


def build_index(modules: Sequence[Discovered]) -> Index:
    """Import every module once and note what it registers."""
    ordered = resolve(modules)
    return Index(digest(ordered), tuple(entry_of(load(module)) for module in ordered))


def index_each(modules: Sequence[Discovered], obstacles: Mapping[str, Obstacle]) -> tuple[Index, Resolution]:
    """The same for those that can run: one that cannot be imported is an obstacle to those that require it alone."""
    known = dict(obstacles)
    entries: dict[str, IndexedModule] = {}
    found = resolve_each(modules, known)
    for module in found.order:
        name = module.manifest.id
        if any(required not in entries for required in module.manifest.requires):
            continue  # it is behind one that failed: the second look below says so
        try:
            entries[name] = entry_of(load(module))
        except Exception as error:
            reason = "".join(traceback.format_exception(error)).strip()
            known[name] = Obstacle("import", reason, (name,))
    found = resolve_each(modules, known)
    return Index(digest(found.order), tuple(entries[module.manifest.id] for module in found.order)), found


def entry_of(loaded: Loaded) -> IndexedModule:
    """What stands in the index of a module in memory."""
    module: Module = loaded.module
    return IndexedModule(
        manifest=loaded.discovered.manifest.model_dump(mode="json"),
        package=loaded.discovered.package,
        routes=tuple(_route(r) for r in module.routes),
        listeners=tuple((f"{loaded.id}.{item.name}", _type_of(item.event)) for item in module.listeners),
        services=tuple(protocol_name(item.protocol) for item in module.services),
        implementations=tuple((protocol_name(item.protocol), item.name) for item in module.implementations),
        filters=tuple(item.point.name for item in module.filters),
        hooks=tuple(sorted(module.hooks)),
        scopes=module.settings_model.scopes if module.settings_model else (),
    )


def _route(route: Route) -> IndexedRoute:
    largest = route.largest.bytes if route.largest else 0
    return IndexedRoute(route.method, route.path, route.policy, route.kind, largest)


def _type_of(event: type[Event]) -> str:
    return event.type


def read_index(modules: Sequence[Discovered]) -> Index:
    """The written index, checked against the code. Raises `StaleIndex`."""
    try:
        index = msgspec.json.decode(INDEX_FILE.read_bytes(), type=Index)
    except FileNotFoundError:
        raise StaleIndex("The route index is missing. Run `make setup`.") from None
    except msgspec.DecodeError as error:
        raise StaleIndex(f"The route index is unreadable ({error}). Run `make setup`.") from error
    if index.digest != digest(resolve(modules)):
        raise StaleIndex("The code has changed since the route index was made. Run `make setup`.")
    return index


def manifest_of(entry: IndexedModule) -> Manifest:
    """The manifest in an entry."""
    return Manifest.model_validate(entry.manifest)


def main() -> None:
    """Write the index of the modules we ship."""
    index = build_index(discover())
    INDEX_FILE.write_bytes(msgspec.json.format(msgspec.json.encode(index), indent=1) + b"\n")
    routes = sum(len(module.routes) for module in index.modules)
    sys.stdout.write(f"{len(index.modules)} modules, {routes} routes\n")


if __name__ == "__main__":
    main()
