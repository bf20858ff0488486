"""The context: everything a module may reach, bound to who acts."""

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar
from uuid import UUID

from .eventlog import Events
from .filters import FilterPoint
from .http import HttpClient
from .identity import Connection, Identity, Principal
from .modules import Modules
from .node import Node
from .secrets import Secrets
from .settings import SettingsStore
from .storage.database import Database

T = TypeVar("T")


class Log(Protocol):
    """Structured log lines: an event name and fields. Values that are secrets never go in."""

    def debug(self, event: str, **fields: Any) -> None: ...
    def info(self, event: str, **fields: Any) -> None: ...
    def warning(self, event: str, **fields: Any) -> None: ...
    def error(self, event: str, **fields: Any) -> None: ...
    def exception(self, event: str, **fields: Any) -> None: ...


class Context(Protocol):
    """One request, event or background task of one module, bound to its principal.

    A handler asks for it by annotating a parameter with `Context`.
    """

    @property
    def module(self) -> str:
        """The id of the module that acts."""
        ...

    @property
    def principal(self) -> Principal:
        """Who acts."""
        ...

    @property
    def connection(self) -> Connection:
        """How the caller is connected (a local one outside requests)."""
        ...

    @property
    def trace(self) -> str:
        """The id that ties logs, errors and events of one request together."""
        ...

    @property
    def db(self) -> Database: ...

    @property
    def http(self) -> HttpClient: ...

    @property
    def secrets(self) -> Secrets: ...

    @property
    def settings(self) -> SettingsStore: ...

    @property
    def identity(self) -> Identity: ...

    @property
    def modules(self) -> Modules:
        """The modules of this installation, for administrators."""
        ...

    @property
    def events(self) -> Events:
        """The event log and its consumers, for administrators."""
        ...

    @property
    def node(self) -> Node:
        """This process among those that share the database."""
        ...

    @property
    def log(self) -> Log: ...

    def use(self, service: type[T]) -> T:
        """Another module's service by the protocol in its `contract.py`, called on behalf of this principal.

        Raises `LookupError` unless the module's manifest requires the one that offers it.
        """
        ...

    def implementations(self, point: type[T]) -> Mapping[str, T]:
        """Every implementation of an extension point, by the name it was provided under."""
        ...

    async def filter(self, point: FilterPoint[T], value: T) -> T:
        """Pass *value* through the point's chain."""
        ...

    def acting_as_module(self, workspace: UUID | None = None) -> "Context":
        """The same module acting as itself, for background work that outlives the request. It has no person's
        rights: it reaches rows only by statements that say why they need no guard."""
        ...

    async def on_behalf_of(self, user: UUID, workspace: UUID) -> "Context":
        """The same module acting for a person, with the rights that person has **now**. For work that a person
        began and that goes on without a request; ask again before each step. Raises `Denied` if the person is
        suspended or no longer a member of the workspace."""
        ...
