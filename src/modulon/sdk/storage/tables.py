"""Tables that know who owns their rows.

`Tables` collects one module's tables. Three kinds exist:

- **owned**: rows have `id`, `workspace_id` and `owner_id`; reached only through a guarded statement.
- **child**: rows belong to an owned row (a message to its conversation); reached through a guard on that one.
- **plain**: rows no person owns (a cursor, a lock); statements on it must say why they need no guard.
"""

from dataclasses import dataclass
from typing import Final, Literal

import sqlalchemy as sa
from sqlalchemy.schema import SchemaItem

from .types import Id

Ownership = Literal["owned", "child", "plain"]
_KEY: Final = "modulon.ownership"


@dataclass(frozen=True)
class Owner:
    """How a table's rows are owned. For a child: *parent* is its table, *link* the column pointing there.

    *shared* rows are open to the members of their workspace by their role; others only to their owner and to
    whom a grant on the very row names.
    """

    kind: Ownership
    shared: bool = False
    parent: sa.Table | None = None
    link: str = ""


class Tables:
    """One module's tables. *prefix* is `""` for core and standard modules, `m_<slug>__` for all others."""

    def __init__(self, prefix: str = "") -> None:
        self.metadata = sa.MetaData()
        self._prefix = prefix

    def owned(self, name: str, *columns: SchemaItem, shared: bool = False) -> sa.Table:
        """A table of owned rows; `id`, `workspace_id` and `owner_id` are added in front."""
        return self._table(
            name,
            Owner("owned", shared=shared),
            sa.Column("id", Id, primary_key=True),
            sa.Column("workspace_id", Id, nullable=False),
            sa.Column("owner_id", Id, nullable=False),
            *columns,
        )

    def child(self, name: str, *columns: SchemaItem, of: sa.Table, by: str) -> sa.Table:
        """A table whose rows belong to rows of *of* through the column *by* (which *columns* must contain)."""
        return self._table(name, Owner("child", parent=of, link=by), *columns)

    def plain(self, name: str, *columns: SchemaItem) -> sa.Table:
        """A table whose rows no person owns."""
        return self._table(name, Owner("plain"), *columns)

    def _table(self, name: str, owner: Owner, *columns: SchemaItem) -> sa.Table:
        return sa.Table(self._prefix + name, self.metadata, *columns, info={_KEY: owner})


def owner_of(table: sa.Table) -> Owner:
    """How *table*'s rows are owned; a table declared elsewhere counts as plain."""
    found = table.info.get(_KEY)
    return found if isinstance(found, Owner) else Owner("plain")


def root_of(table: sa.Table) -> sa.Table:
    """The owned table at the top of *table*'s chain of parents (itself if owned or plain)."""
    owner = owner_of(table)
    return table if owner.parent is None else root_of(owner.parent)
