"""People's names as they are searched: in any case, whatever the database takes for a letter."""

import sqlalchemy as sa
from alembic import op

from modulon.sdk.storage import Id, Text, name_key

revision = "0003"
down_revision = "0002"
min_code_version = "0.1.0"

_USERS = sa.table("users", sa.column("id", Id), sa.column("name", Text), sa.column("name_key", Text))


def upgrade() -> None:
    op.add_column("users", sa.Column("name_key", Text))
    connection = op.get_bind()
    for user, name in connection.execute(sa.select(_USERS.c.id, _USERS.c.name)).all():
        connection.execute(sa.update(_USERS).where(_USERS.c.id == user).values(name_key=name_key(name)))
