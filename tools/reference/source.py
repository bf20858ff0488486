"""The modules we ship, loaded, and the classes our packages define."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from types import ModuleType
from typing import TypeVar

import modulon.core
import modulon.sdk
from modulon.core.modules.discover import discover
from modulon.core.modules.load import Loaded, load
from modulon.core.modules.resolve import resolve

T = TypeVar("T")


@cache
def loaded_modules() -> tuple[Loaded, ...]:
    """Every module we ship, in the order of their ids."""
    return tuple(sorted((load(found) for found in resolve(discover())), key=lambda module: module.id))


def import_package(package: ModuleType) -> None:
    """Import everything below *package* except tests and migrations, so that its classes are known."""
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not {"tests", "testing", "versions", "conftest"} & set(found.name.split(".")):
            importlib.import_module(found.name)


def subclasses(base: type[T], package: str) -> list[type[T]]:
    """The classes derived from *base* that *package* defines outside its tests, by name."""
    found = (kind for kind in _below(base) if _within(kind.__module__, package))
    return sorted(set(found), key=lambda kind: (kind.__module__, kind.__qualname__))


def import_everything() -> None:
    """Import the contract, core and every module."""
    for package in (modulon.sdk, modulon.core):
        import_package(package)
    for module in loaded_modules():
        import_package(importlib.import_module(f"{module.discovered.package}.backend"))


def _below(base: type[T]) -> Iterator[type[T]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _below(kind)


def _within(name: str, package: str) -> bool:
    parts: Iterable[str] = name.split(".")
    return (name == package or name.startswith(f"{package}.")) and not {"tests", "testing"} & set(parts)
