"""HTTP for set-up, sessions, the caller and API keys."""

from typing import Annotated
from uuid import UUID

from fastapi import Header, Response

from modulon.sdk import Context, Module
from modulon.sdk.identity import ApiKey

from .people.answers import keep_private, set_cookies, signed_in_answer
from .preferences import service as preferences
from .preferences.schemas import PreferencesRead
from .schemas import (
    AccountChange,
    ConnectionOfMe,
    KeyCreate,
    KeyCreated,
    KeyList,
    KeyRead,
    MeRead,
    PasswordChange,
    SessionList,
    SessionRead,
    SetupDoneRead,
    SetupRead,
    SetupRun,
    SignedInRead,
    SignIn,
    UserRead,
    WorkspaceOfMe,
)
from .service import Accounts


def register(module: Module) -> None:
    """Add the routes."""
    module.get("/setup", policy="public")(read_setup)
    module.post("/setup", policy="public", status_code=201)(run_setup)
    module.post("/sessions", policy="public", status_code=201)(sign_in)
    module.post("/sessions/refresh", policy="public", status_code=204)(refresh_session)
    module.get("/sessions", policy="signed-in")(list_sessions)
    module.delete("/sessions", policy="signed-in")(end_other_sessions)
    module.delete("/sessions/current", policy="signed-in")(sign_out)
    module.delete("/sessions/{session_id}", policy="signed-in")(end_session)
    module.get("/me", policy="signed-in")(read_me)
    module.patch("/me", policy="signed-in")(change_me)
    module.post("/me/password", policy="signed-in")(change_password)
    module.get("/keys", policy="signed-in")(list_keys)
    module.post("/keys", policy="signed-in", status_code=201)(create_key)
    module.delete("/keys/{key_id}", policy="signed-in")(revoke_key)


async def read_setup(ctx: Context) -> SetupRead:
    """Whether the server is still to be set up."""
    return SetupRead(state=await Accounts(ctx).setup_state())


async def run_setup(ctx: Context, body: SetupRun, response: Response) -> SetupDoneRead:
    """Create the first administrator with the one-time link's token, and sign in. The recovery key is shown once."""
    signed_in = await Accounts(ctx).set_up(
        token=body.token.get_secret_value(),
        email=body.email,
        name=body.name,
        password=body.password.get_secret_value(),
    )
    return SetupDoneRead(user=signed_in_answer(signed_in, response).user, recovery_key=signed_in.recovery_key)


async def sign_in(ctx: Context, body: SignIn, response: Response) -> SignedInRead:
    """Sign in with email and password."""
    signed_in = await Accounts(ctx).sign_in(email=body.email, password=body.password.get_secret_value())
    return signed_in_answer(signed_in, response)


async def refresh_session(
    ctx: Context, response: Response, cookie: Annotated[str, Header(include_in_schema=False)] = ""
) -> None:
    """Exchange the refresh token in the cookies for a new pair."""
    signed_in = await Accounts(ctx).refresh(cookie)
    set_cookies(response, signed_in.cookies)


async def list_sessions(ctx: Context) -> SessionList:
    """The caller's signed-in browsers, newest first."""
    return SessionList(
        items=[
            SessionRead(
                id=session.id,
                created_at=session.created_at,
                last_used_at=session.last_used_at,
                user_agent=session.user_agent,
                current=session.id == ctx.principal.session,
            )
            for session in await Accounts(ctx).sessions()
        ]
    )


async def sign_out(ctx: Context, response: Response) -> None:
    """End the caller's session and clear its cookies."""
    set_cookies(response, await Accounts(ctx).sign_out())


async def end_other_sessions(ctx: Context) -> None:
    """Sign out every other browser of the caller's."""
    await ctx.identity.end_other_sessions()


async def end_session(ctx: Context, session_id: UUID) -> None:
    """End one of the caller's sessions."""
    await Accounts(ctx).end_session(session_id)


async def read_me(ctx: Context) -> MeRead:
    """Who asks, in which workspace, over which connection."""
    user, workspace = await Accounts(ctx).me()
    return MeRead(
        user=UserRead.model_validate(user),
        workspace=WorkspaceOfMe.model_validate(workspace),
        connection=ConnectionOfMe(encrypted=ctx.connection.encrypted),
        preferences=PreferencesRead.model_validate(await preferences.read(ctx)),
    )


async def change_me(ctx: Context, body: AccountChange) -> UserRead:
    """Change the caller's name, or, with the password, the address they sign in with."""
    current = body.current.get_secret_value()
    return UserRead.model_validate(await Accounts(ctx).change(name=body.name, email=body.email, current=current))


async def change_password(ctx: Context, body: PasswordChange, response: Response) -> SignedInRead:
    """Change the caller's password. Every other session ends; this browser gets a new one."""
    signed_in = await Accounts(ctx).change_password(
        current=body.current.get_secret_value(), password=body.password.get_secret_value()
    )
    return signed_in_answer(signed_in, response)


async def list_keys(ctx: Context) -> KeyList:
    """The caller's API keys, newest first."""
    return KeyList(items=[KeyRead.model_validate(key) for key in await Accounts(ctx).keys()])


async def create_key(ctx: Context, body: KeyCreate, response: Response) -> KeyCreated:
    """Make an API key. The answer is the only place where the key is ever shown."""
    key, text = await Accounts(ctx).create_key(name=body.name, scopes=body.scopes, expires_at=body.expires_at)
    keep_private(response)
    return _created(key, text)


async def revoke_key(ctx: Context, key_id: UUID) -> None:
    """Revoke one of the caller's API keys; it stops working within a second."""
    await Accounts(ctx).revoke_key(key_id)


def _created(key: ApiKey, text: str) -> KeyCreated:
    return KeyCreated(**KeyRead.model_validate(key).model_dump(), key=text)
