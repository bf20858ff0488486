"""HTTP for everyone's accounts, and for links that work once."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from modulon.modules.accounts.backend.people.answers import keep_private, signed_in_answer
from modulon.modules.accounts.backend.schemas import SignedInRead, UserRead
from modulon.sdk import Context, Module

from .schemas import (
    InvitationAccept,
    InvitationCreate,
    InvitationCreated,
    InvitationList,
    InvitationRead,
    InvitationShown,
    LinkToken,
    PasswordReset,
    PersonChange,
    PersonList,
    PersonRead,
    Proof,
    RecoveryCreated,
    RecoveryRead,
    ResetLink,
    SessionOfPerson,
    SessionsOfPerson,
)
from .service import People

Cursor = Annotated[str | None, Query(max_length=64)]
Limit = Annotated[int, Query(ge=1, le=200)]
Search = Annotated[str, Query(max_length=200)]


def register(module: Module) -> None:
    """Add the routes."""
    module.get("/users", policy="admin")(list_people)
    module.patch("/users/{user_id}", policy="admin")(change_person)
    module.delete("/users/{user_id}", policy="admin")(delete_person)
    module.post("/users/{user_id}/suspend", policy="admin", status_code=204)(suspend_person)
    module.post("/users/{user_id}/restore", policy="admin", status_code=204)(restore_person)
    module.post("/users/{user_id}/reset", policy="admin", status_code=201)(make_reset_link)
    module.get("/users/{user_id}/sessions", policy="admin")(list_sessions_of_person)
    module.delete("/users/{user_id}/sessions", policy="admin")(end_sessions_of_person)
    module.get("/invitations", policy="admin")(list_invitations)
    module.post("/invitations", policy="admin", status_code=201)(create_invitation)
    module.delete("/invitations/{invitation_id}", policy="admin")(revoke_invitation)
    module.post("/invitations/lookup", policy="public")(read_invitation)
    module.post("/invitations/accept", policy="public", status_code=201)(accept_invitation)
    module.post("/resets", policy="public", status_code=204)(reset_password)
    module.get("/recovery", policy="admin")(read_recovery)
    module.post("/recovery", policy="admin", status_code=201)(create_recovery_key)
    module.post("/recovery/saved", policy="admin", status_code=204)(note_recovery_key)


async def list_people(ctx: Context, cursor: Cursor = None, limit: Limit = 50, q: Search = "") -> PersonList:
    """Everyone who may sign in, newest first; *q* searches names and addresses."""
    items, after = await People(ctx).list(q, cursor, limit)
    return PersonList(items=[PersonRead.model_validate(one) for one in items], next=after)


async def change_person(ctx: Context, user_id: UUID, body: PersonChange) -> UserRead:
    """Make someone an administrator, or no longer one."""
    return UserRead.model_validate(await ctx.identity.set_admin(user_id, admin=body.admin))


async def delete_person(ctx: Context, user_id: UUID) -> None:
    """Delete an account with its conversations, keys and the workspaces nobody else is in."""
    await ctx.identity.delete_user(user_id)


async def suspend_person(ctx: Context, user_id: UUID) -> None:
    """Suspend someone: sessions, keys, streams and runs end within a second."""
    await ctx.identity.suspend_user(user_id)


async def restore_person(ctx: Context, user_id: UUID) -> None:
    """Let a suspended person sign in again."""
    await ctx.identity.restore_user(user_id)


async def make_reset_link(ctx: Context, user_id: UUID, response: Response) -> ResetLink:
    """Make a link by which someone chooses a new password, once, within 15 minutes."""
    keep_private(response)
    expires_at, token = await ctx.identity.reset_link(user_id)
    return ResetLink(token=token, expires_at=expires_at)


async def list_sessions_of_person(ctx: Context, user_id: UUID) -> SessionsOfPerson:
    """Someone's signed-in browsers, newest first."""
    found = await ctx.identity.sessions_of(user_id)
    return SessionsOfPerson(items=[SessionOfPerson.model_validate(one) for one in found])


async def end_sessions_of_person(ctx: Context, user_id: UUID) -> None:
    """Sign someone out everywhere."""
    await ctx.identity.end_sessions_of(user_id)


async def list_invitations(ctx: Context, cursor: Cursor = None, limit: Limit = 50) -> InvitationList:
    """Invitations that were not accepted yet, newest first, also expired ones."""
    items, after = await People(ctx).invitations(cursor, limit)
    return InvitationList(items=[InvitationRead.model_validate(one) for one in items], next=after)


async def create_invitation(ctx: Context, body: InvitationCreate, response: Response) -> InvitationCreated:
    """Invite someone by a link that works once, for seven days. The answer alone holds the link's token."""
    invitation, token = await People(ctx).invite(email=body.email, admin=body.admin)
    keep_private(response)
    return InvitationCreated(**InvitationRead.model_validate(invitation).model_dump(), token=token)


async def revoke_invitation(ctx: Context, invitation_id: UUID) -> None:
    """Make an invitation's link worthless."""
    await ctx.identity.revoke_invitation(invitation_id)


async def read_invitation(ctx: Context, body: LinkToken, response: Response) -> InvitationShown:
    """What a link invites to."""
    keep_private(response)
    return InvitationShown.model_validate(await ctx.identity.invitation(body.token.get_secret_value()))


async def accept_invitation(ctx: Context, body: InvitationAccept, response: Response) -> SignedInRead:
    """Make the account a link is for, and sign in."""
    signed_in = await People(ctx).accept(
        token=body.token.get_secret_value(), name=body.name, password=body.password.get_secret_value()
    )
    return signed_in_answer(signed_in, response)


async def reset_password(ctx: Context, body: PasswordReset) -> None:
    """Choose a new password by a link. Every session of the account ends."""
    await People(ctx).reset(token=body.token.get_secret_value(), password=body.password.get_secret_value())


async def read_recovery(ctx: Context) -> RecoveryRead:
    """Whether there is a recovery key that somebody keeps safe."""
    return RecoveryRead.model_validate(await ctx.identity.recovery())


async def create_recovery_key(ctx: Context, body: Proof, response: Response) -> RecoveryCreated:
    """Make a recovery key in place of the last one. The answer is the only place where it is ever shown."""
    keep_private(response)
    return RecoveryCreated(recovery_key=await People(ctx).new_recovery_key(body.current.get_secret_value()))


async def note_recovery_key(ctx: Context) -> None:
    """Note that the recovery key is kept safe."""
    await ctx.identity.recovery_saved()
