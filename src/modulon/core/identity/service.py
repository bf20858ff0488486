"""What modules see of identity: every call acts as one principal and refuses what that one may not do."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Literal
from uuid import UUID

from modulon.sdk.errors import NotFound
from modulon.sdk.identity import (
    ApiKey,
    Connection,
    Cookie,
    Scope,
    Session,
    SignedIn,
    User,
    Workspace,
)

from . import cookies
from .credentials import scopes_of
from .people_service import PeopleService


class IdentityService(PeopleService):
    """The contract's `Identity` for *principal*."""

    async def setup_state(self) -> Literal["open", "done"]:
        return await self._authority.setup.state()

    async def set_up(self, *, token: str, email: str, name: str, password: str, connection: Connection) -> SignedIn:
        return await self._authority.setup.run(
            token=token, email=email, name=name, password=password, connection=connection
        )

    async def create_user(self, *, email: str, name: str, password: str, admin: bool = False) -> User:
        self._require_admin()
        return await self._authority.users.create(
            self._principal, email=email, name=name, password=password, admin=admin
        )

    async def user(self, user_id: UUID) -> User:
        if user_id != self._principal.user and not self._principal.admin:
            raise NotFound
        return await self._authority.users.one(user_id)

    async def user_by_email(self, email: str) -> User:
        self._require_admin()
        account = await self._authority.users.by_email(email)
        if account is None:
            raise NotFound("There is no account with this email address.")
        return account.user

    async def sign_in(self, *, email: str, password: str, connection: Connection) -> SignedIn:
        return await self._authority.sessions.sign_in(email=email, password=password, connection=connection)

    async def refresh(self, *, cookie_header: str, connection: Connection) -> SignedIn:
        return await self._authority.sessions.refresh(cookie_header=cookie_header, connection=connection)

    async def sign_out(self, *, connection: Connection) -> tuple[Cookie, ...]:
        session = self._principal.session
        if session is not None:
            with suppress(NotFound):  # it has ended already: what is wanted is so
                await self._end(session)
        return cookies.cleared(connection)

    async def sessions(self) -> Sequence[Session]:
        return await self._authority.sessions.list(self._user)

    async def end_session(self, session_id: UUID) -> None:
        await self._end(session_id)

    async def keys(self) -> Sequence[ApiKey]:
        return await self._authority.keys.list(self._user)

    async def create_key(
        self, *, name: str, scopes: Sequence[Scope], expires_at: datetime | None = None, owner: UUID | None = None
    ) -> tuple[ApiKey, str]:
        person, workspace, allowed = await self._key_owner(owner)
        return await self._authority.keys.create(
            self._principal,
            owner=person,
            workspace=workspace,
            allowed=allowed,
            name=name,
            scopes=scopes,
            expires_at=expires_at,
        )

    async def revoke_key(self, key_id: UUID) -> None:
        await self._authority.keys.revoke(self._principal, self._user, key_id)
        self._authority.credentials.forget_keys()

    async def workspaces(self) -> Sequence[Workspace]:
        return await self._authority.workspaces.list(self._user)

    async def workspace(self, workspace_id: UUID) -> Workspace:
        return await self._authority.workspaces.one(self._user, workspace_id)

    async def create_workspace(self, *, name: str) -> Workspace:
        made = await self._authority.workspaces.create(self._principal, self._user, name)
        self._authority.credentials.forget_workspaces()
        return made

    async def rename_workspace(self, workspace_id: UUID, *, name: str) -> Workspace:
        return await self._authority.workspaces.rename(self._principal, self._user, workspace_id, name)

    async def delete_workspace(self, workspace_id: UUID) -> None:
        await self._authority.workspaces.delete(self._principal, self._user, workspace_id)
        self._authority.credentials.forget_workspaces()

    async def _end(self, session: UUID) -> None:
        await self._authority.sessions.end(self._principal, self._user, session)
        self._authority.credentials.forget_session(session)

    async def _key_owner(self, owner: UUID | None) -> tuple[UUID, UUID, frozenset[str]]:
        """Whose key it will be, in which workspace, with which scopes at most."""
        if owner is None or owner == self._principal.user:
            user = self._user
            workspace = self._principal.workspace or (await self._authority.users.account(user)).workspace
            return user, workspace, self._principal.scopes
        if self._principal.kind != "system":
            # Not even an administrator: a key for someone else would act as that person.
            raise NotFound
        account = await self._authority.users.account(owner)
        return account.id, account.workspace, scopes_of(admin=account.admin)
