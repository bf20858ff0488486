"""The context handed to modules: the contract's `Context` over core's services."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import structlog

from modulon.sdk.context import Log
from modulon.sdk.eventlog import Events
from modulon.sdk.filters import FilterPoint
from modulon.sdk.http import HttpClient
from modulon.sdk.identity import Connection, Identity, Principal
from modulon.sdk.modules import Modules
from modulon.sdk.node import Node
from modulon.sdk.secrets import Secrets
from modulon.sdk.settings import SettingsStore
from modulon.sdk.storage import Database

from .boundary import Boundary, InProcess
from .filters import run_chain
from .registry import Registry

if TYPE_CHECKING:
    from modulon.core.data.database import Engine
    from modulon.core.events.service import EventsManager
    from modulon.core.identity.authority import Authority

    from .service import ModuleManager

T = TypeVar("T")

LOCAL = Connection(address="local", encrypted=True, host="", user_agent="")
"""The connection of work that no request began."""


@dataclass(frozen=True, slots=True)
class Resources:
    """The long-lived services every context draws from."""

    engine: "Engine"
    authority: "Authority"
    registry: Registry
    http: HttpClient
    secrets: Secrets
    node: Node
    manager: "ModuleManager"
    events: "EventsManager"
    boundary: Boundary = field(default_factory=InProcess)


class ModuleContext:
    """One module acting for one principal; cheap to make, nothing is built before it is asked for."""

    __slots__ = ("_db", "_resources", "connection", "idempotency", "module", "principal", "trace")

    def __init__(
        self,
        resources: Resources,
        module: str,
        principal: Principal,
        *,
        connection: Connection = LOCAL,
        trace: str = "",
        idempotency: Any = None,
    ) -> None:
        self._resources = resources
        self._db: Database | None = None
        self.module = module
        self.principal = principal
        self.connection = connection
        self.trace = trace
        self.idempotency = idempotency

    @property
    def db(self) -> Database:
        if self._db is None:
            self._db = self._resources.engine.bind(self.principal, trace=self.trace, idempotency=self.idempotency)
        return self._db

    @property
    def http(self) -> HttpClient:
        return self._resources.http

    @property
    def secrets(self) -> Secrets:
        return self._resources.secrets

    @property
    def settings(self) -> SettingsStore:
        from modulon.core.settings import SettingsService

        resources = self._resources
        model = resources.registry.load(self.module).module.settings_model
        return SettingsService(resources.engine, resources.secrets, self.module, self.principal, model)

    @property
    def identity(self) -> Identity:
        return self._resources.authority.bound(self.principal)

    @property
    def modules(self) -> Modules:
        return self._resources.manager.bound(self.principal)

    @property
    def events(self) -> Events:
        return self._resources.events.bound(self.principal)

    @property
    def node(self) -> Node:
        return self._resources.node

    @property
    def log(self) -> Log:
        return structlog.get_logger(module=self.module, trace=self.trace)

    def use(self, service: type[T]) -> T:
        registry = self._resources.registry
        owner, provision = registry.service(service, registry.requires(self.module))
        made: T = provision.make(self._beside(owner))
        return made

    def implementations(self, point: type[T]) -> Mapping[str, T]:
        found = self._resources.registry.implementations(point)
        return {provision.name: provision.make(self._beside(owner)) for owner, provision in found}

    async def filter(self, point: FilterPoint[T], value: T) -> T:
        chain = self._resources.registry.filters(point.name)
        if not chain:
            return value
        return await run_chain(point, value, [(self._beside(owner), link) for owner, link in chain])

    def acting_as_module(self, workspace: UUID | None = None) -> "ModuleContext":
        principal = Principal(kind="module", workspace=workspace, name=self.module)
        return ModuleContext(self._resources, self.module, principal, trace=self.trace)

    async def on_behalf_of(self, user: UUID, workspace: UUID) -> "ModuleContext":
        principal = await self._resources.authority.principal_of(user, workspace)
        return ModuleContext(self._resources, self.module, principal, trace=self.trace)

    def _beside(self, module: str) -> "ModuleContext":
        """The same caller in another module."""
        return ModuleContext(
            self._resources,
            module,
            self.principal,
            connection=self.connection,
            trace=self.trace,
            idempotency=self.idempotency,
        )
