"""`modulon provider`."""

import json
from typing import Annotated

import typer
from pydantic import ValidationError

from modulon.sdk import Context
from modulon.sdk.cli import run

from .schemas import ProviderCreate
from .service.providers import Providers
from .store import ProviderRow

provider = typer.Typer(no_args_is_help=True)


@provider.callback()
def _provider_group() -> None:
    """Sources of models."""


@provider.command("add")
def add_provider(
    name: Annotated[str, typer.Option(help="The name people see; models are called <its short form>/<model>.")],
    endpoint: Annotated[str, typer.Option("--base-url", "--endpoint", help="Its address; most end with /v1.")],
    kind: Annotated[str, typer.Option("--kind", "--type", help="What it speaks.")] = "openai",
    key: Annotated[str, typer.Option(help="Its API key; other users of this machine can see it while this runs.")] = "",
    key_stdin: Annotated[bool, typer.Option("--key-stdin", help="Read the API key from standard input.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Add a provider for everybody and ask it for its models."""
    api_key = typer.get_text_stream("stdin").readline().strip() if key_stdin else key
    try:
        wanted = ProviderCreate.model_validate(
            {"name": name, "type": kind, "endpoint": endpoint, "api_key": api_key or None}
        )
    except ValidationError as error:
        first = error.errors()[0]
        raise typer.BadParameter(first["msg"], param_hint=f"--{first['loc'][0]}") from None

    async def create(ctx: Context) -> ProviderRow:
        return await Providers(ctx).create(wanted)

    row = run("providers", create)
    failure = row.health_error
    if as_json:
        told = {"id": str(row.id), "name": row.name, "slug": row.slug, "models": row.models_total, "error": failure}
        typer.echo(json.dumps(told))
        return
    typer.echo(f"Added {row.name} with {row.models_total} models.")
    if failure is not None:
        typer.echo(f"It does not answer yet: {failure['detail']}", err=True)
