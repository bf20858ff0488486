"""Import a module's backend and check it against its manifest."""

import importlib
from dataclasses import dataclass

from modulon.sdk.manifest import ManifestError
from modulon.sdk.module import Module
from modulon.sdk.routes import Route

from .discover import Discovered


@dataclass(frozen=True, slots=True)
class Loaded:
    """A module whose code is in memory: everything it registered hangs on this one handle."""

    discovered: Discovered
    module: Module

    @property
    def id(self) -> str:
        """The module's id."""
        return self.discovered.manifest.id


def load(discovered: Discovered) -> Loaded:
    """Import `<package>.backend` and take its `module`. Raises `ManifestError` if it breaks its own manifest."""
    backend = importlib.import_module(f"{discovered.package}.backend")
    module = getattr(backend, "module", None)
    if not isinstance(module, Module):
        raise ManifestError(f"{discovered.folder}: backend/__init__.py must export `module`, a modulon.sdk.Module")
    for route in module.routes:
        check_path(discovered, route)
    return Loaded(discovered, module)


def check_path(discovered: Discovered, route: Route) -> None:
    """A route lies under a path or root the module owns (`/x/<id>` for plugins and extensions)."""
    if any(_under(route.path, prefix) for prefix in owned_prefixes(discovered)):
        return
    raise ManifestError(f"{discovered.manifest.id}: {route.method} {route.path} lies outside what it owns")


def owned_prefixes(discovered: Discovered) -> list[str]:
    """Path prefixes below `/api` (and roots beside it) that belong to the module."""
    manifest = discovered.manifest
    if "." in manifest.id:
        return [f"/x/{manifest.id}"]
    return [*(f"/{name}" for name in manifest.owns.paths), *manifest.owns.roots]


def _under(path: str, prefix: str) -> bool:
    return path == prefix or path.startswith(prefix + "/")
