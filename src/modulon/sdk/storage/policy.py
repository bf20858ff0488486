"""The one policy function: which rows a principal reaches.

Every guarded statement gets its condition here, so that a second path to the same rows cannot have another rule.
The condition refers to the bound parameters `p_user` and `p_workspace`, which the database handle fills in from
the principal it is bound to; callers cannot set them.
"""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from modulon.sdk.identity import EVERYONE, Role

from .tables import Owner, owner_of
from .types import Id, Integer

P_USER: Final = "p_user"
P_WORKSPACE: Final = "p_workspace"

# Core's tables, named here by their columns only: the contract imports nothing of core.
_grants = sa.table("grants", sa.column("resource_id", Id), sa.column("subject_id", Id), sa.column("role", Integer))
_memberships = sa.table("memberships", sa.column("group_id", Id), sa.column("user_id", Id))


@dataclass(frozen=True)
class Guard:
    """A demand on the principal for the rows of *table*: its own rows, or *role* by a grant as well."""

    table: sa.Table
    role: Role | None


def own(table: sa.Table) -> Guard:
    """Only rows the principal owns, in the principal's workspace. For lists: it can use an index."""
    return Guard(table, None)


def access(table: sa.Table, role: Role) -> Guard:
    """Rows the principal owns, or on which it has *role* or more by a grant."""
    return Guard(table, role)


def condition(guard: Guard) -> sa.ColumnElement[bool]:
    """The WHERE condition of *guard*; for a child table it follows the links up to the owner."""
    return _condition(guard.table, guard.role)


def _condition(table: sa.Table, role: Role | None) -> sa.ColumnElement[bool]:
    owner = owner_of(table)
    if owner.parent is not None:
        # Correlated, so that one row costs one look-up: `link IN (every row of mine)` took 66 ms at 100,000 owners.
        found = sa.exists().where(owner.parent.c.id == table.c[owner.link], _condition(owner.parent, role))
        return found.correlate_except(owner.parent)
    if owner.kind == "plain":
        raise TypeError(f"{table.name} has no owner: a statement on it says `unguarded=` with the reason")
    return _owned(table, owner, role)


def _owned(table: sa.FromClause, owner: Owner, role: Role | None) -> sa.ColumnElement[bool]:
    user = sa.bindparam(P_USER, type_=Id)
    mine = sa.and_(table.c.owner_id == user, table.c.workspace_id == sa.bindparam(P_WORKSPACE, type_=Id))
    if role is None:
        return mine
    resource = (
        sa.or_(_grants.c.resource_id == table.c.id, _grants.c.resource_id == table.c.workspace_id)
        if owner.shared
        else _grants.c.resource_id == table.c.id
    )
    groups = sa.select(_memberships.c.group_id).where(_memberships.c.user_id == user)
    subject = sa.or_(
        _grants.c.subject_id == user,
        _grants.c.subject_id == sa.bindparam("p_everyone", EVERYONE, type_=Id),
        _grants.c.subject_id.in_(groups),
    )
    granted = sa.exists().where(resource, subject, _grants.c.role >= sa.literal(int(role), Integer))
    return sa.or_(mine, granted)
