"""HTTP, in OpenAI's form."""

from typing import Any, Final

import msgspec

from modulon.modules.providers.backend.contract import ModelsService, ResolvedModel
from modulon.sdk import Context, Module, NotFound
from modulon.sdk.routes import Receive, Scope, Send

from .completions.complete import complete
from .completions.leaving import unless_client_leaves
from .completions.relay import send_json
from .completions.requests import is_whole, read_body

COMPLETION: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["model", "messages"],
    "properties": {
        "model": {"type": "string"},
        "messages": {"type": "array", "minItems": 1, "items": {"type": "object"}},
        "stream": {"type": "boolean"},
    },
}
"""What we read of a request, for the documentation; OpenAI's further fields go on to the provider as they came."""


def register(module: Module) -> None:
    """Add the routes. A model's name has up to three parts, and clients do not agree on escaping its slashes."""
    module.asgi("GET", "/v1/models", policy="inference")(list_models)
    for path in ("{model_id}", "{provider}/{model_id}", "{provider}/{publisher}/{model_id}"):
        module.asgi("GET", f"/v1/models/{path}", policy="inference")(read_model)
    module.asgi("POST", "/v1/chat/completions", policy="inference", whole=is_whole, request_body=COMPLETION)(
        create_chat_completion
    )


async def list_models(ctx: Context, scope: Scope, receive: Receive, send: Send) -> None:
    """List the models you may use."""
    del scope, receive
    offers = await ctx.use(ModelsService).list()
    data = [_model(offer.model) for offer in offers]
    await send_json(send, 200, msgspec.json.encode({"object": "list", "data": data}))


async def read_model(ctx: Context, scope: Scope, receive: Receive, send: Send) -> None:
    """Read a model by its name."""
    del receive
    name = "/".join(scope["path_params"].values())
    models = ctx.use(ModelsService)
    model = await models.resolve(name)
    if all(offer.model.id != model.id for offer in await models.list()):
        raise NotFound  # it may be asked all the same, but nobody knows whether it exists
    await send_json(send, 200, msgspec.json.encode(_model(model)))


async def create_chat_completion(ctx: Context, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a conversation, whole or as a stream of events."""
    del scope
    body = await read_body(receive)
    async with unless_client_leaves(receive):
        await complete(ctx, body, send)


def _model(model: ResolvedModel) -> dict[str, object]:
    return {"id": model.id, "object": "model", "created": 0, "owned_by": model.provider_name}
