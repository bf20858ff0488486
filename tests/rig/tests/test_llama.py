"""The real llama.cpp server."""

from openai import AsyncOpenAI

from tests.rig.llama import MODEL


async def test_it_streams_as_many_tokens_as_asked_for(llama: str) -> None:
    async with AsyncOpenAI(base_url=llama, api_key="none", max_retries=0) as client:
        assert [model.id async for model in client.models.list()] == [MODEL]
        chunks = await client.chat.completions.create(
            model=MODEL,
            messages=[{"role": "user", "content": "Hello"}],
            max_completion_tokens=20,
            stream=True,
            stream_options={"include_usage": True},
        )
        received = [chunk async for chunk in chunks]
    text = "".join(chunk.choices[0].delta.content or "" for chunk in received if chunk.choices)
    assert len(text.split()) == 20
    assert received[-1].usage is not None
    assert received[-1].usage.completion_tokens == 20
