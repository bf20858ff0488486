"""What chat tells those who decide about models."""

from modulon.modules.chat.backend.store.uses import USING
from modulon.sdk import Context


class ConversationUses:
    """Implements `ModelUses` of the providers."""

    async def count(self, ctx: Context, prefix: str) -> int:
        """How many conversations, whoever's, go on with such a model."""
        async with ctx.db.read() as db:
            return await db.one(USING, {"prefix": prefix})
