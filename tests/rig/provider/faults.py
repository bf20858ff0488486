"""The error answers of real providers."""

from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True)
class Fault:
    """An error answer in OpenAI's shape."""

    status: int
    message: str
    type: str
    code: str
    headers: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def body(self) -> object:
        return {"error": {"message": self.message, "type": self.type, "param": None, "code": self.code}}


RETRY_AFTER: Final = "1"
"""Seconds sent with a 429."""

FAULTS: Final = {
    "401": Fault(401, "Incorrect API key provided.", "invalid_request_error", "invalid_api_key"),
    "429": Fault(429, "Rate limit reached.", "rate_limit_error", "rate_limit_exceeded", {"retry-after": RETRY_AFTER}),
    "500": Fault(500, "The server had an error.", "server_error", "server_error"),
    "503": Fault(503, "Overloaded.", "server_error", "overloaded", {"retry-after": RETRY_AFTER}),
    "context": Fault(
        400, "This model's maximum context length is 8 tokens.", "invalid_request_error", "context_length_exceeded"
    ),
}
KEY_REFUSED: Final = FAULTS["401"]
UNKNOWN_MODEL: Final = Fault(404, "The model does not exist.", "invalid_request_error", "model_not_found")
BAD_REQUEST: Final = Fault(
    400, "We could not parse the JSON body of your request.", "invalid_request_error", "bad_json"
)
UNKNOWN_PATH: Final = Fault(404, "Unknown request URL.", "invalid_request_error", "unknown_url")
