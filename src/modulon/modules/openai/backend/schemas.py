"""What is read of requests and answers. All else passes by undecoded."""

from typing import Any

import msgspec


class StreamOptions(msgspec.Struct):
    """Whether the client wants the usage at the end of a stream."""

    include_usage: bool | None = None


class Asked(msgspec.Struct):
    """The part of a request that decides where it goes and how its answer comes."""

    model: str
    stream: bool | None = None
    stream_options: StreamOptions | None = None

    @property
    def streamed(self) -> bool:
        return bool(self.stream)

    @property
    def wants_usage(self) -> bool:
        return bool(self.stream_options and self.stream_options.include_usage)


class PromptDetails(msgspec.Struct):
    """How much of the prompt was cached."""

    cached_tokens: int | None = None


class TokenUsage(msgspec.Struct):
    """The provider's counts."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    prompt_tokens_details: PromptDetails | None = None


class Counted(msgspec.Struct):
    """The part of an answer, or of a stream's last event, that counts tokens."""

    usage: TokenUsage | None = None


class VendorError(msgspec.Struct):
    """A provider's error, as far as it may be passed on."""

    message: str = ""
    type: str | None = None
    param: Any = None


class VendorAnswer(msgspec.Struct):
    """A provider's error answer."""

    error: VendorError
