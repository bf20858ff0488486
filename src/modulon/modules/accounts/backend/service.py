"""The rules for names, addresses and passwords; core checks credentials and rights."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from modulon.sdk import Context, shown_name
from modulon.sdk.identity import ApiKey, Cookie, Scope, Session, SignedIn, User, Workspace
from modulon.sdk.storage import now

from .errors import EmailInvalid, ExpiryPast, NameMissing, PasswordShort

PASSWORD_MINIMUM: Final = 8
"""Characters; OWASP ASVS 5.0, 6.2.1."""

_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}")
"""Roughly an address: only a message that arrives proves one."""


class Accounts:
    """Accounts, sessions and keys for one caller."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def setup_state(self) -> Literal["open", "done"]:
        """Whether the first administrator is still to be created."""
        return await self._ctx.identity.setup_state()

    async def set_up(self, *, token: str, email: str, name: str, password: str) -> SignedIn:
        """Create the first administrator."""
        return await self._ctx.identity.set_up(
            token=token,
            email=checked_email(email),
            name=checked_name(name),
            password=checked_password(password),
            connection=self._ctx.connection,
        )

    async def create_user(self, *, email: str, name: str, password: str, admin: bool) -> User:
        """Create an account; without a name it gets the part of the address before the @."""
        address = checked_email(email)
        return await self._ctx.identity.create_user(
            email=address,
            name=checked_name(name or address.partition("@")[0]),
            password=checked_password(password),
            admin=admin,
        )

    async def sign_in(self, *, email: str, password: str) -> SignedIn:
        """Sign in with a password."""
        return await self._ctx.identity.sign_in(email=email, password=password, connection=self._ctx.connection)

    async def refresh(self, cookie_header: str) -> SignedIn:
        """Exchange the refresh token."""
        return await self._ctx.identity.refresh(cookie_header=cookie_header, connection=self._ctx.connection)

    async def sign_out(self) -> Sequence[Cookie]:
        """End the caller's session."""
        return await self._ctx.identity.sign_out(connection=self._ctx.connection)

    async def me(self) -> tuple[User, Workspace]:
        """Who asks, and in which workspace."""
        principal = self._ctx.principal
        assert principal.user is not None  # noqa: S101 - the route is for signed-in callers
        assert principal.workspace is not None  # noqa: S101
        identity = self._ctx.identity
        return await identity.user(principal.user), await identity.workspace(principal.workspace)

    async def change(self, *, name: str | None, email: str | None, current: str) -> User:
        """Change the caller's name or address."""
        return await self._ctx.identity.change_account(
            connection=self._ctx.connection,
            name=None if name is None else checked_name(name),
            email=None if email is None else checked_email(email),
            current=current,
        )

    async def change_password(self, *, current: str, password: str) -> SignedIn:
        """Change the caller's password."""
        return await self._ctx.identity.change_password(
            current=current, password=checked_password(password), connection=self._ctx.connection
        )

    async def sessions(self) -> Sequence[Session]:
        """The caller's sessions."""
        return await self._ctx.identity.sessions()

    async def end_session(self, session_id: UUID) -> None:
        """End one of them."""
        await self._ctx.identity.end_session(session_id)

    async def keys(self) -> Sequence[ApiKey]:
        """The caller's API keys."""
        return await self._ctx.identity.keys()

    async def create_key(
        self, *, name: str, scopes: Sequence[Scope], expires_at: datetime | None = None
    ) -> tuple[ApiKey, str]:
        """Make a key for the caller."""
        if expires_at is not None and expires_at <= now():
            raise ExpiryPast(at="/expires_at")
        return await self._ctx.identity.create_key(name=checked_name(name), scopes=scopes, expires_at=expires_at)

    async def create_key_for(self, email: str, *, name: str, scopes: Sequence[Scope]) -> tuple[ApiKey, str]:
        """Make a key for the account with this address. For the command line."""
        user = await self._ctx.identity.user_by_email(email)
        return await self._ctx.identity.create_key(name=checked_name(name), scopes=scopes, owner=user.id)

    async def revoke_key(self, key_id: UUID) -> None:
        """Revoke one of the caller's keys."""
        await self._ctx.identity.revoke_key(key_id)


def checked_email(text: str) -> str:
    """The address, or `EmailInvalid`."""
    address = text.strip()
    if not _EMAIL.fullmatch(address) or not address.isprintable():
        raise EmailInvalid(at="/email")
    return address


def checked_name(text: str) -> str:
    """The name, or `NameMissing`."""
    name = shown_name(text)
    if not name:
        raise NameMissing(at="/name")
    return name


def checked_password(text: str) -> str:
    """The password, or `PasswordShort`."""
    if len(text) < PASSWORD_MINIMUM:
        raise PasswordShort(params={"minimum": PASSWORD_MINIMUM}, at="/password")
    return text
