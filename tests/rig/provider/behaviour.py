"""How a model name selects what happens."""

import re
from dataclasses import dataclass, replace
from typing import Final

from tests.rig.provider.text import DOCUMENT_TOKENS

KINDS: Final[dict[str, str]] = {
    "fast": "every token as fast as the socket takes them",
    "slow": "50 tokens per second, the first after 200 ms",
    "code": "one document with a code block, a table and maths",
    "think": "reasoning first, then the answer",
    "echo": "the last user message, word by word",
    "split": "characters of many scripts, cut in the middle of their bytes",
    "big": "one delta of 10 MB",
    "empty": "an answer without any text",
    "malformed": "a broken event half-way through",
    "truncated": "the stream ends politely half-way through, with no finish reason",
    "drop": "the connection is cut half-way through",
    "stall": "half the answer, the rest after POST /-/release",
    "hang": "the request is accepted and never answered",
    "flaky": "odd requests fail with 500, even ones succeed",
    "401": "the key is refused",
    "429": "the rate limit is reached, with Retry-After",
    "500": "the provider fails",
    "503": "the provider is overloaded, with Retry-After",
    "html": "a web page instead of an answer",
    "mute": "the head of an answer, then nothing",
    "bytes": "bytes that are no UTF-8 half-way through",
    "context": "the prompt is too long",
}
"""Every kind of model and what it does."""

_NAME: Final = re.compile(r"sim(?:-([a-z]+|\d{3}))?(?:-n(\d+))?(?:-r(\d+))?(?:-d(\d+))?")


@dataclass(frozen=True)
class Behaviour:
    """How one answer is produced."""

    kind: str
    tokens: int
    rate: float
    """Tokens per second; 0 means as fast as possible."""
    delay: float
    """Seconds before the first token."""


def behaviour_of(model: str, *, default_tokens: int, limit: int | None) -> Behaviour | None:
    """The behaviour *model* names, at most *limit* tokens long; `None` if there is no such model."""
    match = _NAME.fullmatch(model)
    if match is None:
        return None
    kind, tokens, rate, delay = match.groups()
    kind = kind or "fast"
    if kind not in KINDS:
        return None
    found = Behaviour(kind, default_tokens, 0.0, 0.0)
    if kind == "slow":
        found = replace(found, rate=50.0, delay=0.2)
    if kind == "code":
        found = replace(found, tokens=DOCUMENT_TOKENS)
    if tokens:
        found = replace(found, tokens=int(tokens))
    if rate:
        found = replace(found, rate=float(rate))
    if delay:
        found = replace(found, delay=int(delay) / 1000)
    return found if limit is None else replace(found, tokens=min(found.tokens, limit))


def model_names() -> list[str]:
    """The names that `/v1/models` lists."""
    return [f"sim-{kind}" for kind in KINDS]
