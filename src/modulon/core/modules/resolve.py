"""Dependency order, and a sentence for each thing that stands in a module's way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Final

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from modulon.sdk.manifest import ManifestError
from modulon.sdk.modules import Obstacle

from .discover import Discovered

API: Final = "1"
"""The contract's version, as manifests name it."""

RESERVED_PATHS: Final = frozenset(
    {"events", "interface", "openapi.json", "docs", "modules", "jobs", "settings", "x", "v1"}
)
"""What the core keeps for itself: its own routes, and those of shipped modules of type `core`."""
RESERVED_ROOTS: Final = frozenset({"/api", "/assets", "/frames", "/live", "/ready", "/startup", "/metrics"})


class ResolutionError(ManifestError):
    """Modules do not fit together; the message names the chain."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """*order* has the modules that can run, each after all that it requires; *obstacles* says why others cannot."""

    order: tuple[Discovered, ...]
    obstacles: Mapping[str, Obstacle]


def resolve(modules: Sequence[Discovered]) -> list[Discovered]:
    """The modules in dependency order. Raises `ResolutionError` for the first that cannot run."""
    found = resolve_each(modules)
    for obstacle in found.obstacles.values():
        raise ResolutionError(obstacle.reason)
    return list(found.order)


def resolve_each(modules: Sequence[Discovered], obstacles: Mapping[str, Obstacle] | None = None) -> Resolution:
    """The modules that can run, in dependency order, and for each other one what is in its way. *obstacles* are known
    already (its code cannot be imported, say).

    What is wrong with one module stops those that need it and no other. Where two want the same name, the first keeps
    it: modules we ship come before those of another folder. A module with the id of another one is known by its folder.
    """
    by_id, found = _by_id(modules)
    found |= _owners(by_id.values())
    for module in by_id.values():
        obstacle = _own(module, by_id)
        if obstacle is not None:
            found.setdefault(module.manifest.id, obstacle)
    found |= obstacles or {}
    found |= _cycles(by_id, found)
    _spread(by_id, found)
    graph = {name: sorted(_needed(module, by_id)) for name, module in by_id.items() if name not in found}
    return Resolution(tuple(by_id[name] for name in TopologicalSorter(graph).static_order()), found)


def _needed(module: Discovered, by_id: Mapping[str, Discovered]) -> set[str]:
    """What must come before *module*: what it requires."""
    return {name for name in module.manifest.requires if name in by_id}


def _by_id(modules: Iterable[Discovered]) -> tuple[dict[str, Discovered], dict[str, Obstacle]]:
    by_id: dict[str, Discovered] = {}
    found: dict[str, Obstacle] = {}
    for module in modules:
        name = module.manifest.id
        other = by_id.setdefault(name, module)
        if other is not module:
            reason = f"two modules are called {name}: {other.folder} and {module.folder}"
            found[str(module.folder)] = Obstacle("duplicate", reason, (name,))
    return by_id, found


def _own(module: Discovered, by_id: Mapping[str, Discovered]) -> Obstacle | None:
    """What is wrong between *module* and the contract or what it requires itself."""
    name = module.manifest.id
    if module.manifest.module.api != API:
        reason = f"{name} is written for version {module.manifest.module.api} of the contract; this is {API}"
        return Obstacle("api", reason, (name,))
    for wanted in (module.manifest.requires, module.manifest.optional):
        for other, versions in wanted.items():
            obstacle = _unfit(name, other, versions, by_id.get(other), required=wanted is module.manifest.requires)
            if obstacle is not None:
                return obstacle
    return None


def _unfit(name: str, other: str, versions: str, found: Discovered | None, *, required: bool) -> Obstacle | None:
    try:
        wanted = SpecifierSet(versions)
    except InvalidSpecifier:
        return Obstacle(
            "version", f"{name} requires {other} {versions!r}, which is no range of versions", (name, other)
        )
    if found is None:
        reason = f"{name} requires {other} {versions}, which is not there"
        return Obstacle("missing", reason, (name, other)) if required else None
    version = found.manifest.module.version
    if wanted.contains(version, prereleases=True):
        return None
    reason = f"{name} requires {other} {versions}, but {other} is {version}"
    return Obstacle("version", reason, (name, other)) if required else None


def _cycles(by_id: Mapping[str, Discovered], found: Mapping[str, Obstacle]) -> dict[str, Obstacle]:
    """An obstacle for each module of each circle."""
    inside: dict[str, Obstacle] = {}
    while True:
        graph = {
            name: sorted(_needed(module, by_id) - inside.keys())
            for name, module in by_id.items()
            if name not in found and name not in inside
        }
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            chain: tuple[str, ...] = tuple(reversed(error.args[1]))
            reason = f"modules require each other in a circle: {' → '.join(chain)}"
            inside |= {name: Obstacle("cycle", reason, chain) for name in chain}
        else:
            return inside


def _spread(by_id: Mapping[str, Discovered], found: dict[str, Obstacle]) -> None:
    """Whoever requires a module that cannot run cannot either; the chain leads to the first cause."""
    waiting = list(found)
    while waiting:
        broken = waiting.pop(0)
        for name, module in by_id.items():
            if broken in module.manifest.requires and name not in found:
                found[name] = behind(name, broken, found[broken])
                waiting.append(name)


def behind(name: str, required: str, cause: Obstacle) -> Obstacle:
    """What keeps *name* from running, since *required* does not."""
    chain = (name, *(cause.chain if cause.chain[:1] == (required,) else (required, *cause.chain)))
    return Obstacle("dependency", f"{name} requires {required}, which cannot run: {cause.reason}", chain)


def _owners(modules: Iterable[Discovered]) -> dict[str, Obstacle]:
    """An obstacle for whoever wants a table, path or root that another module, or the core, has."""
    taken: dict[tuple[str, str], str] = {("path", name): "core" for name in RESERVED_PATHS}
    taken |= {("root", name): "core" for name in RESERVED_ROOTS}
    found: dict[str, Obstacle] = {}
    for module in modules:
        owns, mine = module.manifest.owns, module.manifest.id
        names = [("table", n) for n in owns.tables] + [("path", n) for n in owns.paths]
        for kind, name in names + [("root", n) for n in owns.roots]:
            owner = taken.setdefault((kind, name), mine)
            if owner == "core" and module.is_core:
                taken[kind, name] = owner = mine
            if owner != mine:
                reason = f"{mine} and {owner} both own the {kind} {name}"
                found.setdefault(mine, Obstacle("owner", reason, (mine, owner)))
    return found
