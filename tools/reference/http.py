"""HTTP routes by module."""

from typing import Final

from modulon.core.gateway.policy import required_scope
from modulon.core.modules.load import Loaded
from modulon.sdk.routes import Route

from .markdown import NONE, code, first_sentence, table
from .source import loaded_modules

HEAD: Final = ("method", "path", "policy", "key's scope", "what it does")

CORE: Final = {
    ("GET", "/api/openapi.json"): ("public", "The OpenAPI 3.1 document of all modules"),
    ("GET", "/api/docs"): ("public", "The same, to read in a browser"),
    ("GET", "/api/interface"): ("public", "What the modules that serve contribute to the page"),
    ("GET", "/api/events/stream"): ("signed-in", "Notifications of the caller's workspace as server-sent events"),
    ("GET", "/live"): ("public", "200 while the process answers at all"),
    ("GET", "/startup"): ("public", "200 once the start is done, 503 before"),
    ("GET", "/ready"): (
        "public",
        "200 while requests can be served; 503 while starting, stopping or without database.",
    ),
    ("GET", "/metrics"): ("public", "Figures for Prometheus"),
}
"""What core itself answers; a test compares it with the gateway."""

INTRODUCTION: Final = """\
# HTTP routes

The same, with the shapes of bodies and answers, is served by a running installation: `/api/docs` to read,
`/api/openapi.json` for programs. `/api/v1/…` is the same as `/api/…`.

A **policy** says who may call a route. `public`: anyone. `signed-in`: a person's session or key. `inference`: a
key with that scope, or a session. `admin`: an administrator. `workspace.*` and `resource.*`: a signed-in
person; besides, each row is reached only if it is theirs or shared with them, and otherwise the answer is 404.
An API key also needs the **scope** in the fourth column; a browser session has all scopes of its user.

Errors are `application/problem+json`; [errors](errors.md) lists their codes.
"""


def page() -> str:
    """Every route."""
    return "\n".join([INTRODUCTION, *(_section(module) for module in loaded_modules()), _core()])


def address(module: Loaded, route: Route) -> str:
    """The route's whole path."""
    roots = module.discovered.manifest.owns.roots
    at_root = any(route.path == root or route.path.startswith(f"{root}/") for root in roots)
    return route.path if at_root else f"/api{route.path}"


def summary(route: Route) -> str:
    """One line on what it does."""
    return str(route.options.get("summary") or first_sentence(route.handler)).rstrip(".")


def _section(module: Loaded) -> str:
    rows = [
        (route.method, code(address(module, route)), route.policy, _scope(route.policy, route.method), summary(route))
        for route in sorted(module.module.routes, key=lambda route: (route.path, route.method))
    ]
    return f"## {module.id}\n\n{module.discovered.manifest.module.description}.\n\n{table(HEAD, rows)}"


def _core() -> str:
    rows = [(m, code(path), policy, _scope(policy, m), does) for (m, path), (policy, does) in CORE.items()]
    return f"## core\n\nWhat no module answers.\n\n{table(HEAD, rows)}"


def _scope(policy: str, method: str) -> str:
    return required_scope(policy, method) or NONE
