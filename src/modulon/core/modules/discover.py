"""Find modules by their manifests, without running their code."""

import hashlib
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Final

from modulon.sdk.manifest import Manifest, ManifestError, read_manifest
from modulon.sdk.modules import Obstacle

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
    def shipped(self) -> bool:
        """Whether it came with Modulon."""
        return self.folder.parent == STANDARD

    @property
    def is_core(self) -> bool:
        """Whether it belongs to the core: it cannot be disabled. Only what we ship can."""
        return self.manifest.module.type == "core" and self.shipped

    @property
    def migrations(self) -> Path | None:
        """The folder with its migrations, if it has tables."""
        folder = self.folder / "database" / "migrations"
        return folder if folder.is_dir() else None


def discover(extra: Path | None = None) -> list[Discovered]:
    """Every module we ship and, with *extra*, those in that folder too. Raises `ManifestError`."""
    found, obstacles = discover_each(extra)
    for obstacle in obstacles.values():
        raise ManifestError(obstacle.reason)
    return found


def discover_each(extra: Path | None = None) -> tuple[list[Discovered], dict[str, Obstacle]]:
    """The same, but a module of *extra* whose manifest cannot be read is left out: what is wrong with it stands under
    the path of its folder."""
    found = [read(path.parent, "modulon.modules") for path in _manifests(STANDARD)]
    obstacles: dict[str, Obstacle] = {}
    if extra is not None:
        if not extra.is_dir():
            raise ManifestError(f"{extra}: there is no such folder of modules")
        _make_importable(extra.resolve())
        for path in _manifests(extra.resolve()):
            try:
                found.append(read(path.parent, _FOREIGN))
            except ManifestError as error:
                obstacles[str(path.parent)] = Obstacle("manifest", str(error), (path.parent.name,))
    return found, obstacles


def read(folder: Path, package: str) -> Discovered:
    """The module in *folder*, which is imported as part of *package*. Raises `ManifestError`."""
    path = folder / "module.toml"
    manifest = read_manifest(path)
    if folder.name != manifest.slug:
        raise ManifestError(f"{path}: the folder of module {manifest.id} must be named {manifest.slug}")
    return Discovered(manifest, folder, f"{package}.{manifest.slug}")


def _manifests(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/module.toml"))


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
