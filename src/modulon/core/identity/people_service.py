"""What modules see of everyone's accounts: each call refuses what its principal may not do."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from modulon.sdk.errors import NotFound, Unauthenticated
from modulon.sdk.identity import Connection, Invitation, Person, Principal, Recovery, Session, SignedIn, User

from .errors import AdminOnly, BrowserOnly, EmailTaken, Suspended

if TYPE_CHECKING:
    from .authority import Authority


class PeopleService:
    """The contract's `People` for *principal*."""

    def __init__(self, authority: "Authority", principal: Principal) -> None:
        self._authority = authority
        self._principal = principal

    async def people(self, *, query: str = "", after: UUID | None = None, limit: int = 50) -> Sequence[Person]:
        self._require_admin()
        return await self._authority.people.list(query, after, limit)

    async def set_admin(self, user_id: UUID, *, admin: bool) -> User:
        self._require_admin()
        await self._authority.people.set_admin(self._principal, user_id, admin=admin)
        self._authority.credentials.forget_people()
        return await self._authority.users.one(user_id)

    async def suspend_user(self, user_id: UUID) -> None:
        self._require_admin()
        await self._authority.suspend(user_id, actor=self._principal)

    async def restore_user(self, user_id: UUID) -> None:
        self._require_admin()
        await self._authority.restore(user_id, actor=self._principal)

    async def delete_user(self, user_id: UUID) -> None:
        self._require_admin()
        await self._authority.people.delete(self._principal, user_id)
        self._authority.credentials.forget_people()
        self._authority.credentials.forget_workspaces()

    async def sessions_of(self, user_id: UUID) -> Sequence[Session]:
        self._require_admin()
        await self._authority.users.one(user_id)
        return await self._authority.sessions.list(user_id)

    async def end_sessions_of(self, user_id: UUID) -> None:
        self._require_admin()
        await self._authority.people.end_sessions(self._principal, user_id)
        self._authority.credentials.forget_people()

    async def end_other_sessions(self) -> None:
        await self._authority.people.end_sessions(self._principal, self._user, but=self._principal.session)
        self._authority.credentials.forget_people()

    async def invite(self, *, email: str, admin: bool = False) -> tuple[Invitation, str]:
        self._require_admin()
        if await self._authority.users.by_email(email) is not None:
            raise EmailTaken(at="/email")
        link, token = await self._authority.links.make(self._principal, "invitation", email=email, admin=admin)
        return link.invitation, token

    async def invitations(self, *, after: UUID | None = None, limit: int = 50) -> Sequence[Invitation]:
        self._require_admin()
        return [link.invitation for link in await self._authority.links.list("invitation", after, limit)]

    async def revoke_invitation(self, invitation_id: UUID) -> None:
        self._require_admin()
        await self._authority.links.revoke(self._principal, "invitation", invitation_id)

    async def invitation(self, token: str) -> Invitation:
        return (await self._authority.links.find("invitation", token)).invitation

    async def accept_invitation(self, *, token: str, name: str, password: str, connection: Connection) -> SignedIn:
        return await self._authority.own.accept(token=token, name=name, password=password, connection=connection)

    async def reset_link(self, user_id: UUID) -> tuple[datetime, str]:
        self._require_admin()
        user = await self._authority.users.one(user_id)
        if user.suspended:
            raise Suspended
        link, token = await self._authority.links.make(self._principal, "reset", email=user.email, user=user_id)
        return link.expires_at, token

    async def reset_password(self, *, token: str, password: str, connection: Connection) -> None:
        await self._authority.own.reset(token=token, password=password, connection=connection)
        self._authority.credentials.forget_people()

    async def set_password(self, user_id: UUID, *, password: str) -> None:
        if self._principal.kind != "system":
            raise NotFound
        await self._authority.own.set_password(self._principal, user_id, password)

    async def change_password(self, *, current: str, password: str, connection: Connection) -> SignedIn:
        self._require_browser()
        signed_in = await self._authority.own.change_password(
            self._principal, self._user, current=current, password=password, connection=connection
        )
        self._authority.credentials.forget_people()
        return signed_in

    async def change_account(
        self, *, connection: Connection, name: str | None = None, email: str | None = None, current: str = ""
    ) -> User:
        self._require_browser()
        return await self._authority.own.change(
            self._principal, self._user, name=name, email=email, current=current, connection=connection
        )

    async def recovery(self) -> Recovery:
        self._require_admin()
        return await self._authority.recovery.state()

    async def new_recovery_key(self, *, current: str, connection: Connection) -> str:
        self._require_admin()
        self._require_browser()
        await self._authority.own.prove(self._user, current, connection)
        return await self._authority.recovery.renew(self._principal)

    async def recovery_saved(self) -> None:
        self._require_admin()
        await self._authority.recovery.saved(self._principal)

    @property
    def _user(self) -> UUID:
        """The person whose rights count; raises `Unauthenticated` if there is none."""
        if self._principal.user is None:
            raise Unauthenticated
        return self._principal.user

    def _require_admin(self) -> None:
        if not self._principal.admin:
            raise AdminOnly

    def _require_browser(self) -> None:
        """A key, however powerful, must not outlive its revocation by setting a password."""
        if self._principal.kind != "user":
            raise BrowserOnly
