"""How many conversations use a model, for those who decide about models."""

from typing import Final

import sqlalchemy as sa

from modulon.modules.chat.backend.models import conversations
from modulon.sdk.storage import Text, rows

USING: Final = rows(
    int,
    sa.select(sa.func.count()).where(
        conversations.c.model.startswith(sa.bindparam("prefix", type_=Text), autoescape=False),
        conversations.c.deleted_at.is_(None),
    ),
    unguarded="a count over everybody's conversations that tells nothing of any of them",
)
