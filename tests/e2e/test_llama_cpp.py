"""A whole server, a real llama.cpp server behind it, and the official client in front.

Takes about 20 s: it starts both servers and three commands.
"""

import openai
import pytest

from tests.rig.llama import MODEL
from tests.rig.server import Server

QUESTION = [{"role": "user", "content": "Tell me a story."}]


async def test_models_answers_and_streams_of_a_real_local_server(server: Server, llama: str) -> None:
    added = await server.add_provider("Local llama", llama)
    assert added["slug"] == "local-llama"
    assert added["models"] == 1
    assert added["error"] is None
    await server.create_user("someone@example.org")
    key = await server.create_key("someone@example.org")
    async with openai.AsyncOpenAI(base_url=f"{server.url}/v1", api_key=key, max_retries=0) as client:
        name = f"local-llama/{MODEL}"
        assert [model.id async for model in client.models.list()] == [name, "guide/modulon"]
        answer = await client.chat.completions.create(
            model=name,
            messages=QUESTION,  # type: ignore[arg-type]
            max_tokens=16,
            seed=1,
            temperature=0,
        )
        assert answer.usage is not None
        assert answer.usage.completion_tokens == 16
        whole = answer.choices[0].message.content
        assert whole
        stream = await client.chat.completions.create(
            model=MODEL,
            messages=QUESTION,  # type: ignore[arg-type]
            max_tokens=16,
            seed=1,
            temperature=0,
            stream=True,
        )
        chunks = [chunk async for chunk in stream]
        assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == whole
        assert chunks[-1].choices[0].finish_reason == "length"
        with pytest.raises(openai.BadRequestError) as too_long:
            await client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": "word " * 5000}])
        assert too_long.value.code == "providers.context_too_long"
