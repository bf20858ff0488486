"""Rows of the `settings` table, and the one right that writing them needs."""

from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT also compiles for SQLite, not the other way round

from modulon.core.data.tables import grants, setting_changes, settings, workspaces
from modulon.sdk.identity import SYSTEM_WORKSPACE, Role
from modulon.sdk.settings import SettingChange, SettingScope
from modulon.sdk.storage import Id, Integer, Text, change, rows


class StoredSetting(NamedTuple):
    """One value, at the scope it was set at. A secret's value is its sealed text."""

    scope: SettingScope
    scope_id: Any
    key: str
    value: Any


_columns: Final = settings.c
_at_scope: Final = sa.and_(
    _columns.module == sa.bindparam("module", type_=Text),
    _columns.scope == sa.bindparam("scope", type_=Text),
    _columns.scope_id == sa.bindparam("scope_id", type_=Id),
)
_here: Final = sa.and_(_at_scope, _columns.key == sa.bindparam("key", type_=Text))
_WHY: Final = "the service has checked that the principal may write at this scope"

VISIBLE: Final = rows(
    StoredSetting,
    sa.select(_columns.scope, _columns.scope_id, _columns.key, _columns.value).where(
        _columns.module == sa.bindparam("module", type_=Text),
        sa.or_(
            sa.and_(_columns.scope == "system", _columns.scope_id == sa.literal(SYSTEM_WORKSPACE, Id)),
            sa.and_(_columns.scope == "workspace", _columns.scope_id == sa.bindparam("workspace_id", type_=Id)),
            sa.and_(_columns.scope == "user", _columns.scope_id == sa.bindparam("user_id", type_=Id)),
        ),
    ),
    unguarded="workspace and user are the principal's own",
)

AT: Final = rows(
    StoredSetting,
    sa.select(_columns.scope, _columns.scope_id, _columns.key, _columns.value).where(_at_scope),
    unguarded=_WHY,
)

RECORD: Final = change(sa.insert(setting_changes), unguarded=_WHY)
CHANGES: Final = rows(
    SettingChange,
    sa.select(
        setting_changes.c.key,
        setting_changes.c.old,
        setting_changes.c.new,
        setting_changes.c.changed_by,
        setting_changes.c.changed_at,
    )
    .where(
        setting_changes.c.module == sa.bindparam("module", type_=Text),
        setting_changes.c.scope == sa.bindparam("scope", type_=Text),
        setting_changes.c.scope_id == sa.bindparam("scope_id", type_=Id),
    )
    .order_by(setting_changes.c.id.desc())
    .limit(100),
    unguarded=_WHY,
)

_put: Final = insert(settings).values(
    {
        name: sa.bindparam(name, type_=_columns[name].type)
        for name in ("module", "scope", "scope_id", "key", "value", "updated_at")
    }
)
PUT: Final = change(
    _put.on_conflict_do_update(
        index_elements=[_columns.module, _columns.scope, _columns.scope_id, _columns.key],
        set_={"value": _put.excluded.value, "updated_at": _put.excluded.updated_at},
    ),
    unguarded=_WHY,
)
REMOVE: Final = change(sa.delete(settings).where(_here), unguarded=_WHY)

MANAGED: Final = rows(
    int,
    sa.select(sa.literal(1, Integer)).where(
        sa.or_(
            sa.exists().where(
                workspaces.c.id == sa.bindparam("workspace_id", type_=Id),
                workspaces.c.owner_id == sa.bindparam("user_id", type_=Id),
            ),
            sa.exists().where(
                grants.c.resource_id == sa.bindparam("workspace_id", type_=Id),
                grants.c.subject_id == sa.bindparam("user_id", type_=Id),
                grants.c.role >= int(Role.manager),
            ),
        )
    ),
    unguarded="it answers whether the principal manages its own workspace",
)
