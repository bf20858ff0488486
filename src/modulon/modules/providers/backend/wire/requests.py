"""Our request in OpenAI's chat completion format."""

from typing import Any, Final

import msgspec

from modulon.sdk.inference import ModelMessage, ModelRequest, ToolDefinition

_OURS: Final = frozenset({"model", "messages", "tools", "stream", "stream_options"})
"""Fields that `parameters` cannot set."""


def chat_body(request: ModelRequest, *, include_usage: bool) -> bytes:
    """The JSON body of a streamed request."""
    body: dict[str, Any] = {name: value for name, value in request.parameters.items() if name not in _OURS}
    body |= {"model": request.model, "messages": [_message(one) for one in request.messages], "stream": True}
    if request.tools:
        body["tools"] = [_tool(one) for one in request.tools]
    if include_usage:
        body["stream_options"] = {"include_usage": True}
    return msgspec.json.encode(body)


def _message(message: ModelMessage) -> dict[str, Any]:
    if message.role == "tool":
        return {"role": "tool", "tool_call_id": message.tool_call_id, "content": message.text}
    if not message.tool_calls:
        return {"role": message.role, "content": message.text}
    calls = [
        {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
        for call in message.tool_calls
    ]
    return {"role": message.role, "content": message.text or None, "tool_calls": calls}


def _tool(tool: ToolDefinition) -> dict[str, Any]:
    parameters = tool.parameters or {"type": "object", "properties": {}}
    return {
        "type": "function",
        "function": {"name": tool.name, "description": tool.description, "parameters": parameters},
    }
