"""`modulon user` and `modulon key`."""

import json
from typing import Annotated

import typer

from modulon.sdk.cli import run
from modulon.sdk.identity import SCOPES, Scope

from .people.service import People
from .service import Accounts

user = typer.Typer(no_args_is_help=True)
key = typer.Typer(no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@user.callback()
def _user_group() -> None:
    """People who may sign in."""


@user.command("create")
def create_user(
    email: Annotated[str, typer.Option(help="The email address to sign in with.")],
    name: Annotated[str, typer.Option(help="The name others see; by default the address up to the @.")] = "",
    admin: Annotated[bool, typer.Option("--admin", help="May change the server for everyone.")] = False,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input, not from the terminal.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Create an account with a personal workspace."""
    password = _password(from_stdin=password_stdin)
    made = run(
        "accounts", lambda ctx: Accounts(ctx).create_user(email=email, name=name, password=password, admin=admin)
    )
    if as_json:
        typer.echo(json.dumps({"id": str(made.id), "email": made.email, "name": made.name, "admin": made.admin}))
    else:
        typer.echo(f"Created {'the administrator' if made.admin else 'the account'} {made.email}.")


@user.command("set-password")
def set_password(
    email: Annotated[str, typer.Option(help="The email address of the account.")],
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input, not from the terminal.")
    ] = False,
) -> None:
    """Set an account's password and end its sessions: for an administrator who forgot theirs."""
    password = _password(from_stdin=password_stdin)
    run("accounts", lambda ctx: People(ctx).set_password(email, password))
    typer.echo(f"The password of {email} is set. Its sessions have ended.")


@user.command("suspend")
def suspend(email: Annotated[str, typer.Option(help="The email address of the account.")]) -> None:
    """Suspend an account: sessions, keys, streams and runs end within a second."""
    run("accounts", lambda ctx: People(ctx).suspend(email))
    typer.echo(f"{email} is suspended.")


@user.command("restore")
def restore(email: Annotated[str, typer.Option(help="The email address of the account.")]) -> None:
    """Let a suspended account sign in again."""
    run("accounts", lambda ctx: People(ctx).restore(email))
    typer.echo(f"{email} may sign in again.")


@key.callback()
def _key_group() -> None:
    """API keys for programs."""


@key.command("create")
def create_key(
    user_email: Annotated[str, typer.Option("--user", help="The email address of the account it acts for.")],
    name: Annotated[str, typer.Option(help="What it is for.")],
    scope: Annotated[list[str], typer.Option(help=f"What it may do: {', '.join(SCOPES)}. May be given several times.")],
    as_json: Json = False,
) -> None:
    """Make an API key and print it. It is not shown again."""
    scopes: list[Scope] = [_scope(text) for text in scope]
    _, text = run("accounts", lambda ctx: Accounts(ctx).create_key_for(user_email, name=name, scopes=scopes))
    typer.echo(json.dumps({"key": text}) if as_json else text)


def _scope(text: str) -> Scope:
    if text not in SCOPES:
        raise typer.BadParameter(f"{text!r} is none of {', '.join(SCOPES)}", param_hint="--scope")
    return text


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return typer.get_text_stream("stdin").readline().rstrip("\r\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
