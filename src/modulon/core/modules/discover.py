"""Find modules by their manifests, without running their code."""

import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Final

from modulon.sdk.manifest import Manifest, ManifestError, read_manifest

STANDARD: Final = Path(__file__).resolve().parents[2] / "modules"
"""The folder of the modules we ship."""

_FOREIGN: Final = "modulon_modules"
"""The package name under which modules from another folder are imported."""


@dataclass(frozen=True, slots=True)
class Discovered:
    """A module's folder and manifest, and the name its package is imported by."""

    manifest: Manifest
    folder: Path
    package: str

    @property
    def migrations(self) -> Path | None:
        """The folder with its migrations, if it has tables."""
        folder = self.folder / "database" / "migrations"
        return folder if folder.is_dir() else None


def discover(extra: Path | None = None) -> list[Discovered]:
    """Every module we ship and, with *extra*, those in that folder too. Raises `ManifestError`."""
    found = list(_in_folder(STANDARD, "modulon.modules"))
    if extra is not None:
        if not extra.is_dir():
            raise ManifestError(f"{extra}: there is no such folder of modules")
        _make_importable(extra.resolve())
        found.extend(_in_folder(extra.resolve(), _FOREIGN))
    return found


def _in_folder(folder: Path, package: str) -> Iterator[Discovered]:
    for path in sorted(folder.glob("*/module.toml")):
        manifest = read_manifest(path)
        if path.parent.name != manifest.slug:
            raise ManifestError(f"{path}: the folder of module {manifest.id} must be named {manifest.slug}")
        yield Discovered(manifest, path.parent, f"{package}.{manifest.slug}")


def _make_importable(folder: Path) -> None:
    package = sys.modules.get(_FOREIGN)
    if package is None:
        package = sys.modules[_FOREIGN] = ModuleType(_FOREIGN)
        package.__path__ = []
    if str(folder) not in package.__path__:
        package.__path__.append(str(folder))


def digest(modules: Iterable[Discovered]) -> str:
    """A digest over every file of code and every manifest, so that a stale index is noticed."""
    total = hashlib.sha256()
    for module in modules:
        files = [module.folder / "module.toml", *sorted(module.folder.glob("backend/**/*.py"))]
        for path in files:
            total.update(f"{module.package}/{path.relative_to(module.folder).as_posix()}\0".encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
