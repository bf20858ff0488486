"""The modules of this installation: what runs, why something does not, and the switches.

Each module has a *desired* state, one for all processes, and an *observed* one in each of them. A change is written
down first and then made by every process for itself, without a restart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal, Protocol
from uuid import UUID

from .events import Event
from .manifest import Manifest
from .settings import SettingScope, SettingsStore

ModuleStateName = Literal["running", "starting", "draining", "failed", "disabled", "blocked"]
"""`blocked`: something that it needs is missing, does not fit, or does not run."""

ObstacleCode = Literal[
    "manifest", "api", "missing", "version", "cycle", "owner", "duplicate", "dependency", "import", "safe"
]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What keeps a module from running: *reason* is the sentence, *chain* the modules from it to the cause."""

    code: ObstacleCode
    reason: str
    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ObservedModule:
    """What one process has of a module, and saw of it since its start: *requests* answered, *errors* among them (5xx),
    and the *p95_seconds* of those that are no streams. *error* is the last traceback, `""` if there is none."""

    node: str
    pid: int
    state: ModuleStateName
    generation: int
    version: str
    load_seconds: float
    requests: int
    errors: int
    p95_seconds: float
    error: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class ModuleView:
    """One module: its manifest, what was asked for and what each process has.

    *required_by* names modules directly beside it. *shipped* is true for what came with Modulon, *switchable* false for
    the core. *scopes* are those at which it has settings. *changed_by* is who switched it last.
    """

    manifest: Manifest
    enabled: bool
    generation: int
    state: ModuleStateName
    obstacle: Obstacle | None
    shipped: bool
    switchable: bool
    required_by: tuple[str, ...]
    observed: tuple[ObservedModule, ...]
    listeners: tuple[tuple[str, str], ...]
    routes: int
    scopes: tuple[SettingScope, ...]
    changed_by: UUID | None
    changed_at: datetime | None


class ModuleSwitched(Event, frozen=True):
    """A module was enabled, disabled or updated. Everybody who is signed in is told: menus and pages change."""

    type: ClassVar[str] = "core.module_switched"
    notify: ClassVar[bool] = True
    everyone: ClassVar[bool] = True
    module_id: str
    enabled: bool


class Modules(Protocol):
    """The modules as an administrator sees and switches them. Every call raises `Denied` for anyone else."""

    async def all(self) -> Sequence[ModuleView]:
        """Every module that was found, in dependency order, those that cannot run last."""
        ...

    async def one(self, module_id: str) -> ModuleView:
        """One of them; raises `NotFound`."""
        ...

    async def enable(self, module_id: str, *, with_required: bool = False) -> Sequence[str]:
        """Let it run; the ids that changed. Raises `Conflict` if it is blocked, or needs a module that is disabled
        (unless *with_required*)."""
        ...

    async def disable(self, module_id: str, *, with_dependents: bool = False) -> Sequence[str]:
        """Stop it; what it keeps stays. The ids that changed. Raises `Conflict` if it belongs to the core, or others
        that are enabled need it (unless *with_dependents*)."""
        ...

    async def update(self, module_id: str) -> None:
        """Take its code anew from its folder, also if it could not run so far. Requests under way end on the old code.
        Raises `Conflict` if the new code does not fit."""
        ...

    def settings(self, module_id: str) -> SettingsStore:
        """The settings of a module, as the caller may see and set them: unlike the rest this is for everybody, each
        scope asks for its own rights. Raises `NotFound` for a module that has none or does not serve."""
        ...

    async def settled(self, *module_ids: str) -> None:
        """Wait until this process has done what it has heard of, and has ended what it had of these modules if they
        were disabled; for half a minute at most."""
        ...
