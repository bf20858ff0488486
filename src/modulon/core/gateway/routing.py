"""From a method and a path to a module's route, by dictionary."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from modulon.core.modules.index import IndexedRoute

_PARAMETER: Final = re.compile(r"\{(\w+)(?::path)?\}")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes. *allow* lists the methods of the path when the method does not fit."""

    module: str
    route: IndexedRoute | None
    params: Mapping[str, str]
    allow: tuple[str, ...] = ()


@dataclass(slots=True)
class _Pattern:
    expression: re.Pattern[str]
    methods: dict[str, IndexedRoute] = field(default_factory=dict[str, IndexedRoute])


class Router:
    """The routes of all modules. Built once per generation of modules; looking up allocates next to nothing."""

    def __init__(self) -> None:
        self._exact: dict[str, tuple[str, dict[str, IndexedRoute]]] = {}
        self._patterns: dict[tuple[str, int], list[tuple[str, _Pattern]]] = {}
        self._owners: dict[str, str] = {}
        self._all: list[tuple[str, IndexedRoute]] = []

    def add(self, module: str, prefixes: list[str], routes: tuple[IndexedRoute, ...]) -> None:
        """Register a module's routes and the prefixes it owns."""
        for prefix in prefixes:
            name = prefix.removeprefix("/")
            self._owners[name if name.startswith("x/") else _first(prefix)] = module
        for route in routes:
            self._all.append((module, route))
            if "{" in route.path:
                self._add_pattern(module, route)
            else:
                self._exact.setdefault(route.path, (module, {}))[1][route.method] = route

    def _add_pattern(self, module: str, route: IndexedRoute) -> None:
        key = (_first(route.path), route.path.count("/"))
        bucket = self._patterns.setdefault(key, [])
        expression = _compile(route.path)
        for _, pattern in bucket:
            if pattern.expression.pattern == expression.pattern:
                pattern.methods[route.method] = route
                return
        bucket.append((module, _Pattern(expression, {route.method: route})))

    def find(self, method: str, path: str) -> Target | None:
        """The route for a path below `/api` or a root; `None` if nobody owns the path."""
        exact = self._exact.get(path)
        if exact is not None:
            return _target(exact[0], exact[1], method, {})
        for module, pattern in self._patterns.get((_first(path), path.count("/")), ()):
            match = pattern.expression.fullmatch(path)
            if match is not None:
                return _target(module, pattern.methods, method, match.groupdict())
        return None

    def owns(self, path: str) -> bool:
        """Whether some module owns the first segment of *path*."""
        return _first(path) in self._owners

    def owner(self, path: str) -> str:
        """The module that owns the beginning of *path*, whether or not it serves; `""` if there is none."""
        parts = path.split("/", 3)
        below_x = "/".join(parts[1:3]) if parts[1:2] == ["x"] else ""
        return self._owners.get(below_x or _first(path), "")

    @property
    def routes(self) -> list[tuple[str, IndexedRoute]]:
        """Every route with its module, for documentation and tests."""
        return list(self._all)


def _target(module: str, methods: dict[str, IndexedRoute], method: str, params: dict[str, str]) -> Target:
    route = methods.get(method)
    if route is None and method == "HEAD":
        route = methods.get("GET")
    return Target(module, route, params, () if route else tuple(sorted(methods)))


def _first(path: str) -> str:
    return path.split("/", 2)[1] if "/" in path else path


def _compile(path: str) -> re.Pattern[str]:
    parts = _PARAMETER.split(path)
    # split() alternates literal text and parameter names.
    pieces = [re.escape(part) if i % 2 == 0 else f"(?P<{part}>[^/]+)" for i, part in enumerate(parts)]
    return re.compile("".join(pieces))
