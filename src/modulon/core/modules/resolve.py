"""Dependency order, and a sentence for each thing that stands in its way."""

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from modulon.sdk.manifest import ManifestError

from .discover import Discovered


class ResolutionError(ManifestError):
    """Modules do not fit together; the message names the chain."""


def resolve(modules: Sequence[Discovered]) -> list[Discovered]:
    """The modules, each after all that it requires. Raises `ResolutionError` on a name taken twice, a missing or
    unfitting dependency, a cycle, or two owners of one name."""
    by_id = _by_id(modules)
    for module in modules:
        _check_requirements(module, by_id)
    check_owners(modules)
    graph = {module.manifest.id: sorted(module.manifest.requires) for module in modules}
    try:
        return [by_id[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        chain: list[str] = error.args[1]
        raise ResolutionError(f"modules require each other in a circle: {' → '.join(reversed(chain))}") from error


def _by_id(modules: Sequence[Discovered]) -> dict[str, Discovered]:
    by_id: dict[str, Discovered] = {}
    for module in modules:
        other = by_id.setdefault(module.manifest.id, module)
        if other is not module:
            raise ResolutionError(f"two modules are called {module.manifest.id}: {other.folder} and {module.folder}")
    return by_id


def _check_requirements(module: Discovered, by_id: Mapping[str, Discovered]) -> None:
    for name, wanted in module.manifest.requires.items():
        found = by_id.get(name)
        if found is None:
            raise ResolutionError(f"{module.manifest.id} requires {name} {wanted}, which is not there")
        try:
            fits = SpecifierSet(wanted).contains(found.manifest.module.version, prereleases=True)
        except InvalidSpecifier as error:
            raise ResolutionError(
                f"{module.manifest.id} requires {name} {wanted!r}, which is no range of versions"
            ) from error
        if not fits:
            raise ResolutionError(
                f"{module.manifest.id} requires {name} {wanted}, but {name} is {found.manifest.module.version}"
            )


RESERVED_PATHS = frozenset({"events", "openapi.json", "docs", "modules", "jobs", "settings", "x", "v1"})
RESERVED_ROOTS = frozenset({"/api", "/assets", "/frames", "/live", "/ready", "/startup", "/metrics"})


def check_owners(modules: Sequence[Discovered]) -> None:
    """Refuse two owners of one table, path or root, and names that are core's."""
    taken: dict[tuple[str, str], str] = {("path", name): "core" for name in RESERVED_PATHS}
    taken |= {("root", name): "core" for name in RESERVED_ROOTS}
    for module in modules:
        owns = module.manifest.owns
        names = (
            [("table", n) for n in owns.tables] + [("path", n) for n in owns.paths] + [("root", n) for n in owns.roots]
        )
        for kind, name in names:
            owner = taken.setdefault((kind, name), module.manifest.id)
            if owner != module.manifest.id:
                raise ResolutionError(f"{module.manifest.id} and {owner} both own the {kind} {name}")
