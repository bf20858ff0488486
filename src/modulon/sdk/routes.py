"""Routes: an HTTP path, who may call it, and the handler."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from .permissions import POLICIES, Policy

if TYPE_CHECKING:
    from .context import Context

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
AsgiHandler = Callable[["Context", Scope, Receive, Send], Awaitable[None]]
"""A streaming handler: plain ASGI with the context in front. Path parameters are in `scope["path_params"]`."""


@dataclass(frozen=True, slots=True)
class Largest:
    """The largest body a JSON route takes, where it is not that of all: in bytes, and in values at all depths."""

    bytes: int
    values: int


@dataclass(frozen=True, slots=True)
class Route:
    """One route of a module. *path* is below `/api` (or one of the module's roots) and uses `{name}` parameters.

    Handlers of `json` routes are called by FastAPI: annotated parameters, a pydantic or dataclass result. `asgi`
    handlers get the raw channel. *options* go to FastAPI (`status_code`, `summary`, `responses`, …).
    """

    method: Method
    path: str
    policy: Policy
    handler: Callable[..., Any]
    kind: Literal["json", "asgi"]
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])
    largest: Largest | None = None

    def __post_init__(self) -> None:
        if self.policy not in POLICIES:
            raise ValueError(
                f"{self.method} {self.path} has no policy tag; choose one of {', '.join(sorted(POLICIES))}"
            )
        if not self.path.startswith("/"):
            raise ValueError(f"{self.method} {self.path!r}: a path begins with '/'")
