"""What vendors say when a prompt is too long, a model unknown, a quota used up: in their own words."""

import json

import pytest

from modulon.modules.providers.backend import errors
from modulon.modules.providers.backend.wire.faults import fault_of, read_error

TOO_LONG = {
    "openai": (
        400,
        {
            "message": "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000.",
            "type": "invalid_request_error",
            "param": "messages",
            "code": "context_length_exceeded",
        },
    ),
    "anthropic": (
        400,
        {"type": "invalid_request_error", "message": "prompt is too long: 210034 tokens > 200000 maximum"},
    ),
    "openrouter": (400, {"message": "This endpoint's maximum context length is 32768 tokens.", "code": 400}),
    "groq": (
        413,
        {"message": "Request too large for model `x`. Please reduce the length of the messages.", "type": "tokens"},
    ),
    "mistral": (
        400,
        {"message": "Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context"},
    ),
    "deepseek": (400, {"message": "This model's maximum context length is 65536 tokens.", "code": None}),
    "together": (422, {"message": "`inputs` tokens + `max_new_tokens` must be <= 4097. Given: 5000", "code": None}),
    "xai": (400, {"message": "This model's maximum prompt length is 131072 but the request contains 150000 tokens."}),
    "fireworks": (400, {"message": "The prompt is too long: 9000, model maximum context length: 8191"}),
    "cerebras": (
        400,
        {"message": "Current length is 9000 while limit is 8192", "code": "context_length_exceeded"},
    ),
    "llama.cpp": (
        400,
        {
            "code": 400,
            "message": "the request exceeds the available context size, try increasing it",
            "type": "exceed_context_size_error",
        },
    ),
    "lm-studio": (
        400,
        {"message": "The number of tokens to keep from the initial prompt is greater than the context length."},
    ),
    "vllm": (
        400,
        {"message": "The decoder prompt (length 9000) is longer than the maximum model length of 4096.", "code": 400},
    ),
    "gemini": (
        400,
        {"message": "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576)."},
    ),
    "ollama": (400, {"message": "input length exceeds the context length"}),
}


@pytest.mark.parametrize("vendor", sorted(TOO_LONG))
def test_r21_a_prompt_that_is_too_long_is_recognised(vendor: str) -> None:
    status, error = TOO_LONG[vendor]
    failure = fault_of(status, {}, read_error(json.dumps({"error": error}).encode()))
    assert isinstance(failure, errors.ContextTooLong)
    assert not failure.retry


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (404, b"<html>Not Found</html>", errors.WrongAddress),
        (404, b'{"detail":"Not Found"}', errors.WrongAddress),
        (301, b"", errors.WrongAddress),
        (405, b"", errors.WrongAddress),
        (404, b'{"error":{"message":"The model `x` does not exist","code":"model_not_found"}}', errors.ModelNotOffered),
        (404, b'{"error":{"message":"model \\"x\\" not found, try pulling it first"}}', errors.ModelNotOffered),
        (400, b'{"error":{"message":"temperature must be at most 2"}}', errors.RequestRefused),
        (429, b'{"error":{"code":"insufficient_quota","message":"You exceeded your quota"}}', errors.QuotaExhausted),
        (402, b"{}", errors.QuotaExhausted),
        (403, b"forbidden", errors.KeyRefused),
        (529, b"{}", errors.Overloaded),
        (504, b"", errors.NoAnswer),
    ],
)
def test_r21_statuses_and_bodies_mean(status: int, body: bytes, expected: type[errors.ProviderFailed]) -> None:
    assert type(fault_of(status, {}, read_error(body))) is expected
