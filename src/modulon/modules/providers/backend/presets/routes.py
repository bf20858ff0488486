"""HTTP: presets, keys recognised by their shape, servers found on this machine."""

from starlette.requests import Request

from modulon.modules.providers.backend.service.looking import look_around
from modulon.modules.providers.backend.service.providers import Providers
from modulon.modules.providers.backend.serving.names import allowed_by
from modulon.sdk import Context, Module

from .known import Preset, presets, recognised
from .probe import Found
from .schemas import FoundServer, KeyShown, LookAround, PresetPage, PresetRead, Recognised

SHOWN_MODELS = 10


def register(module: Module) -> None:
    """Add the routes."""
    module.get("/providers/presets", policy="admin")(list_presets)
    module.post("/providers/recognise", policy="admin")(recognise_key)
    module.post("/providers/probe", policy="admin")(probe_local_servers)


async def list_presets(ctx: Context) -> PresetPage:
    """List providers people use, with their addresses."""
    del ctx
    return PresetPage(items=[_preset(one) for one in presets()])


async def recognise_key(ctx: Context, body: KeyShown) -> Recognised:
    """Tell by its shape whose key it is; it is not kept."""
    del ctx
    return Recognised(presets=[one.slug for one in recognised(body.api_key.get_secret_value())])


async def probe_local_servers(ctx: Context, request: Request) -> LookAround:
    """Ask a fixed list of this machine's ports for model servers, once."""
    wanted, found = await look_around(ctx, _own_ports(request))
    numbers = [allowed_by(one.endpoint).port for one in wanted]
    known = {row.endpoint: row.name for row in await Providers(ctx).all()}
    return LookAround(asked=numbers, found=[_found(one, known.get(one.preset.endpoint)) for one in found])


def _own_ports(request: Request) -> set[int]:
    """Where this server listens: on the socket the request came in by."""
    server = request.scope.get("server")
    return {server[1]} if server and server[1] else set()


def _preset(one: Preset) -> PresetRead:
    return PresetRead(
        slug=one.slug,
        name=one.name,
        endpoint=one.endpoint,
        complete=one.complete,
        key=one.key,
        shape=one.shape,
        key_url=one.key_url,
        local=one.local,
        probe=one.probe,
    )


def _found(one: Found, provider: str | None) -> FoundServer:
    return FoundServer(
        preset=one.preset.slug,
        name=one.preset.name,
        endpoint=one.preset.endpoint,
        latency_ms=one.latency_ms,
        needs_key=one.needs_key,
        models=[model.id for model in one.models[:SHOWN_MODELS]],
        total=len(one.models),
        provider=provider,
    )
