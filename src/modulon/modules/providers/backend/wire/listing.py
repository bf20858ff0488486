"""The list of models in OpenAI's format, with the fields that compatible servers add to it."""

from collections.abc import Sequence
from typing import Any, cast

import msgspec

from modulon.modules.providers.backend.errors import BadResponse
from modulon.sdk import NOT_JSON
from modulon.sdk.inference import DiscoveredModel

from .prices import listed_price


class ListedModel(msgspec.Struct):
    """One entry of `/models`, with the names under which providers put its figures."""

    id: str
    name: str | None = None
    display_name: str | None = None
    context_length: int | None = None
    context_window: int | None = None
    max_model_len: int | None = None
    max_context_length: int | None = None
    meta: dict[str, Any] | None = None
    architecture: dict[str, Any] | None = None
    supported_parameters: list[str] | None = None
    capabilities: Any = None
    pricing: Any = None


class ModelList(msgspec.Struct):
    """The answer of `/models`."""

    data: list[ListedModel]


_decode = msgspec.json.Decoder(ModelList | list[ListedModel]).decode


def models_of(body: bytes) -> Sequence[DiscoveredModel]:
    """The models of a list's body, in its order, each once. Raises `BadResponse`."""
    try:
        found = _decode(body)
    except NOT_JSON as error:
        raise BadResponse from error
    listed = found.data if isinstance(found, ModelList) else found
    return list({model.id: _discovered(model) for model in listed if model.id.strip()}.values())


def _discovered(model: ListedModel) -> DiscoveredModel:
    trained = (model.meta or {}).get("n_ctx_train")
    sizes = (model.context_length, model.context_window, model.max_model_len, model.max_context_length, trained)
    window = next((size for size in sizes if isinstance(size, int) and size > 0), None)
    name = model.name or model.display_name or model.id
    return DiscoveredModel(model.id, name, window, tuple(_capabilities(model)), listed_price(model.pricing))


def _capabilities(model: ListedModel) -> list[str]:
    """What the list tells of a model's abilities, in our words."""
    found: set[str] = set()
    modalities = (model.architecture or {}).get("input_modalities")
    if isinstance(modalities, list) and "image" in modalities:
        found.add("vision")
    for name, ours in (("tools", "tools"), ("reasoning", "reasoning"), ("response_format", "json")):
        if name in (model.supported_parameters or []):
            found.add(ours)
    if isinstance(model.capabilities, dict):
        told = cast("dict[str, Any]", model.capabilities)
        for name, ours in (("function_calling", "tools"), ("vision", "vision"), ("reasoning", "reasoning")):
            if told.get(name) is True:
                found.add(ours)
    return sorted(found)
