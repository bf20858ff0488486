"""Import a module's backend and check it against its manifest; take it out of memory again."""

import importlib
import importlib.util
import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from modulon.sdk.manifest import ManifestError
from modulon.sdk.module import Module
from modulon.sdk.routes import Route

from .discover import Discovered


@dataclass(frozen=True, slots=True)
class Loaded:
    """A module whose code is in memory."""

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


def load_anew(discovered: Discovered) -> Loaded:
    """Import the module's code from its files again, beside the old code, which lives on in whoever still holds it.

    Its `contract.py` stays as it is: other modules hold its classes. If the new code cannot be loaded, the old one is
    what `import` finds, as before.
    """
    taken = _take_out(discovered.package)
    _forget_old_bytecode(discovered.folder / "backend")
    importlib.invalidate_caches()
    try:
        return load(discovered)
    except BaseException:
        _take_out(discovered.package)
        sys.modules.update(taken)
        raise


def _take_out(package: str) -> dict[str, ModuleType]:
    """Remove the package's modules from those that `import` finds, except its contract; what was removed."""
    backend, contract = f"{package}.backend", f"{package}.backend.contract"
    names = [name for name in sys.modules if name == backend or name.startswith(f"{backend}.")]
    return {name: sys.modules.pop(name) for name in names if name != contract}


def _forget_old_bytecode(folder: Path) -> None:
    """Python knows compiled files by the second and the size of their source: two edits within a second look alike."""
    for source in folder.rglob("*.py"):
        compiled = Path(importlib.util.cache_from_source(str(source)))
        with suppress(OSError):
            if compiled.stat().st_mtime_ns <= source.stat().st_mtime_ns:
                compiled.unlink()


def check_path(discovered: Discovered, route: Route) -> None:
    """A route lies under a path or root the module owns (`/x/<id>` for plugins and extensions), and its parameters have
    names of their own."""
    names = re.findall(r"\{([^}]*)\}", route.path)
    if len(set(names)) < len(names) or not all(re.fullmatch(r"[a-z_]\w*(:path)?", name) for name in names):
        raise ManifestError(f"{discovered.manifest.id}: {route.path} has parameters that cannot be told apart")
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
