"""The rules for names, addresses and passwords of others; core decides who may do what."""

from collections.abc import Sequence
from uuid import UUID

from modulon.modules.accounts.backend.service import checked_email, checked_name, checked_password
from modulon.sdk import Context
from modulon.sdk.identity import Invitation, Person, SignedIn

from .cursors import page, place_of


class People:
    """Everyone's accounts, for one caller."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._identity = ctx.identity

    async def list(self, query: str, cursor: str | None, limit: int) -> tuple[Sequence[Person], str | None]:
        """A page of people, newest first."""
        found = await self._identity.people(query=query.strip(), after=place_of(cursor), limit=limit + 1)
        return page(found, limit)

    async def invitations(self, cursor: str | None, limit: int) -> tuple[Sequence[Invitation], str | None]:
        """A page of invitations, newest first."""
        return page(await self._identity.invitations(after=place_of(cursor), limit=limit + 1), limit)

    async def invite(self, *, email: str, admin: bool) -> tuple[Invitation, str]:
        """Make an invitation."""
        return await self._identity.invite(email=checked_email(email), admin=admin)

    async def accept(self, *, token: str, name: str, password: str) -> SignedIn:
        """Make the account a link is for."""
        return await self._identity.accept_invitation(
            token=token,
            name=checked_name(name),
            password=checked_password(password),
            connection=self._ctx.connection,
        )

    async def reset(self, *, token: str, password: str) -> None:
        """Choose a new password by a link."""
        await self._identity.reset_password(
            token=token, password=checked_password(password), connection=self._ctx.connection
        )

    async def new_recovery_key(self, current: str) -> str:
        """Make a recovery key in place of the last one."""
        return await self._identity.new_recovery_key(current=current, connection=self._ctx.connection)

    async def set_password(self, email: str, password: str) -> None:
        """Set the password of the account with this address. For the command line."""
        await self._identity.set_password(await self._id_of(email), password=checked_password(password))

    async def suspend(self, email: str) -> None:
        """Suspend the account with this address. For the command line."""
        await self._identity.suspend_user(await self._id_of(email))

    async def restore(self, email: str) -> None:
        """Restore the account with this address. For the command line."""
        await self._identity.restore_user(await self._id_of(email))

    async def _id_of(self, email: str) -> UUID:
        return (await self._identity.user_by_email(email)).id
