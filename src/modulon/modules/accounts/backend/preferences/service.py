"""Reading and changing preferences."""

from modulon.modules.accounts.backend.contract import PreferencesChanged
from modulon.modules.accounts.backend.settings import Preferences
from modulon.sdk import Context

from .schemas import PreferencesChange


async def read(ctx: Context) -> Preferences:
    """What counts for the caller."""
    return await ctx.settings.read(Preferences)


async def change(ctx: Context, wanted: PreferencesChange) -> Preferences:
    """Set what is given, and tell the caller's other browsers."""
    user = ctx.principal.user
    assert user is not None  # noqa: S101 - the route is for signed-in callers
    values = wanted.model_dump(exclude_unset=True)
    if values:
        await ctx.settings.change("user", values)
        async with ctx.db.write() as tx:
            tx.emit(PreferencesChanged(user_id=user), key=str(user))
    return await read(ctx)
