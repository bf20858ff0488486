"""Rows of `modules` and `module_states`: what was asked for, and what each process has."""

from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT also compiles for SQLite, not the other way round

from modulon.core.data.clock import NODE_EXPIRY_SECONDS, database_now
from modulon.core.data.tables import module_states, modules, nodes
from modulon.sdk.identity import Principal
from modulon.sdk.modules import ModuleStateName
from modulon.sdk.storage import Boolean, Integer, Text, change, rows

HOST: Final = Principal(kind="system", name="modules")


class Switch(NamedTuple):
    """What was asked for of one module. *hook* is `on_enable` or `on_disable` if some process is still to run it,
    *updated_from* the version from which `on_update` is still to be run; `""` for none."""

    id: str
    enabled: bool
    generation: int
    hook: str
    updated_from: str
    changed_by: UUID | None
    changed_at: datetime


class StateRow(NamedTuple):
    """What one process has of one module."""

    module: str
    node: str
    pid: int
    state: ModuleStateName
    generation: int
    version: str
    load_us: int
    requests: int
    errors: int
    p95_us: int
    error: str
    updated_at: datetime


_WHY: Final = "the installation's modules belong to core; the service asks for an administrator"


def _params(table: sa.Table) -> dict[str, Any]:
    return {column.name: sa.bindparam(column.name, type_=column.type) for column in table.columns}


SWITCHES: Final = rows(
    Switch,
    sa.select(
        modules.c.id,
        modules.c.enabled,
        modules.c.generation,
        modules.c.hook,
        modules.c.updated_from,
        modules.c.changed_by,
        modules.c.changed_at,
    ),
    unguarded=_WHY,
)

_new: Final = insert(modules).values(_params(modules))
_who: Final = {"changed_by": _new.excluded.changed_by, "changed_at": _new.excluded.changed_at}

SWITCH: Final = change(
    _new.on_conflict_do_update(
        index_elements=[modules.c.id],
        set_={"enabled": _new.excluded.enabled, "hook": _new.excluded.hook, **_who},
    ),
    unguarded=_WHY,
)
"""Enable or disable; the code stays what it is."""

RENEW: Final = change(
    _new.on_conflict_do_update(
        index_elements=[modules.c.id],
        set_={"generation": modules.c.generation + 1, "updated_from": _new.excluded.updated_from, **_who},
    ),
    unguarded=_WHY,
)
"""Ask for the code anew; enabled or not stays what it is."""

CLAIM: Final = change(
    sa.update(modules)
    .where(
        modules.c.id == sa.bindparam("module", type_=Text),
        modules.c.enabled == sa.bindparam("is_enabled", type_=Boolean),
        modules.c.hook == sa.bindparam("claimed", type_=Text),
    )
    .values(hook=sa.literal("", Text)),
    unguarded=_WHY,
)
CLAIM_UPDATE: Final = change(
    sa.update(modules)
    .where(
        modules.c.id == sa.bindparam("module", type_=Text),
        modules.c.generation == sa.bindparam("mine", type_=Integer),
        modules.c.updated_from == sa.bindparam("claimed", type_=Text),
    )
    .values(updated_from=sa.literal("", Text)),
    unguarded=_WHY,
)

STATES: Final = rows(
    StateRow,
    sa.select(
        module_states.c.module,
        nodes.c.node,
        nodes.c.pid,
        module_states.c.state,
        module_states.c.generation,
        module_states.c.version,
        module_states.c.load_us,
        module_states.c.requests,
        module_states.c.errors,
        module_states.c.p95_us,
        module_states.c.error,
        module_states.c.updated_at,
    )
    .join(nodes, nodes.c.incarnation == module_states.c.incarnation)
    .where(nodes.c.heartbeat_at >= database_now(-NODE_EXPIRY_SECONDS))
    .order_by(nodes.c.node, nodes.c.pid),
    unguarded=_WHY,
)

_report: Final = insert(module_states).values(_params(module_states))
REPORT: Final = change(
    _report.on_conflict_do_update(
        index_elements=[module_states.c.incarnation, module_states.c.module],
        set_={
            name: _report.excluded[name]
            for name in (
                *("state", "generation", "version", "load_us", "requests", "errors", "p95_us"),
                *("error", "updated_at"),
            )
        },
    ),
    unguarded=_WHY,
)
