"""The part of OpenAI's chat request that the simulated provider reads."""

import hashlib
import re
from dataclasses import dataclass
from typing import Final

import msgspec

_CALL: Final = re.compile(r"\[\[call:([\w.-]+)\s*(\{.*?\})?\s*\]\]", re.DOTALL)


class Part(msgspec.Struct):
    type: str = "text"
    text: str = ""


class Message(msgspec.Struct):
    role: str
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return " ".join(part.text for part in self.content)
        return self.content or ""


class Function(msgspec.Struct):
    name: str


class Tool(msgspec.Struct):
    function: Function


class StreamOptions(msgspec.Struct):
    include_usage: bool = False


class ChatRequest(msgspec.Struct):
    model: str
    messages: list[Message]
    stream: bool = False
    stream_options: StreamOptions | None = None
    tools: list[Tool] = []
    max_tokens: int | None = None
    max_completion_tokens: int | None = None

    @property
    def limit(self) -> int | None:
        return self.max_completion_tokens or self.max_tokens

    @property
    def prompt_tokens(self) -> int:
        return sum(max(1, len(message.text.split())) for message in self.messages)

    @property
    def last_user_text(self) -> str:
        return next((message.text for message in reversed(self.messages) if message.role == "user"), "")


@dataclass(frozen=True)
class ToolCall:
    name: str
    arguments: str

    @property
    def id(self) -> str:
        digest = hashlib.blake2b(f"{self.name}{self.arguments}".encode(), digest_size=6)
        return f"call_{digest.hexdigest()}"


def scripted_tool_call(request: ChatRequest) -> ToolCall | None:
    """The call that the last message asks for, if the request offers such a tool."""
    last = request.messages[-1] if request.messages else None
    if last is None or last.role != "user":
        return None
    match = _CALL.search(last.text)
    if match is None or match[1] not in {tool.function.name for tool in request.tools}:
        return None
    return ToolCall(match[1], match[2] or "{}")
