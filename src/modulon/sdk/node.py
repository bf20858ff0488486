"""This process as one of those that share a database, for work that must have exactly one owner.

A row that says who works on it holds the *incarnation* of a process: an id made at its start, never used again. Each
write of such work demands, in the same statement, that the row still names the writer; whoever finds an incarnation
gone may put its own in its place.
"""

from collections.abc import Collection
from typing import Protocol
from uuid import UUID


class Node(Protocol):
    """The running process."""

    @property
    def incarnation(self) -> UUID:
        """This process's own id."""
        ...

    async def gone(self, incarnations: Collection[UUID]) -> frozenset[UUID]:
        """Those among *incarnations* that live no more: their process has ended (known at once on the same
        machine), or its heartbeat is overdue by the database's clock."""
        ...
