"""One exchange in a conversation, through the interface's own API: accepted, journalled, streamed, finished."""

import time
from typing import Any

import msgspec

from bench.client import Broken, Connection, connect, request_bytes
from bench.load import Action, Done
from bench.parts import Target

FIRST = b"event: part.delta"
END = b"event: run.finished"


class Ref(msgspec.Struct):
    id: str


class Accepted(msgspec.Struct):
    """The part of a 202 that is used."""

    conversation: Ref
    run: Ref
    answer: Ref


class Part(msgspec.Struct):
    type: str
    text: str = ""


class Message(msgspec.Struct):
    role: str
    status: str
    parts: list[Part]


class Page(msgspec.Struct):
    items: list[Message]


def new_conversation(target: Target, model: str) -> bytes:
    """A request that opens a conversation with a first message."""
    message: dict[str, Any] = {
        "parts": [{"type": "text", "text": "Say something."}],
        "model": target.prefix + model,
    }
    return request_bytes("POST", f"{target.url}/api/conversations", key=target.key, body={"message": message})


def exchange(target: Target, model: str) -> Action:
    """Send a message in a new conversation and follow the answer to its end."""
    request = new_conversation(target, model)

    async def talk(connection: Connection) -> Done:
        started = time.perf_counter()
        accepted = msgspec.json.decode((await connection.ask(request)).expect(202).body, type=Accepted)
        events = request_bytes("GET", f"{target.url}/api/runs/{accepted.run.id}/events", key=target.key)
        reply = (await connection.ask(events, marker=FIRST)).expect(200)
        if END not in reply.body:
            raise Broken("the stream ended before the run did")
        return Done((time.perf_counter() - started) * 1000, (reply.first_at - started) * 1000)

    return talk


async def verify(target: Target, model: str, expected: str) -> None:
    """One exchange, and the saved answer is what the provider said. Raises `Broken`."""
    connection = await connect(target.url)
    reply = (await connection.ask(new_conversation(target, model))).expect(202)
    accepted = msgspec.json.decode(reply.body, type=Accepted)
    events = request_bytes("GET", f"{target.url}/api/runs/{accepted.run.id}/events", key=target.key)
    (await connection.ask(events)).expect(200)
    address = f"{target.url}/api/conversations/{accepted.conversation.id}/messages"
    page = (await connection.ask(request_bytes("GET", address, key=target.key))).expect(200)
    connection.close()
    answer = msgspec.json.decode(page.body, type=Page).items[-1]
    text = "".join(part.text for part in answer.parts if part.type == "text")
    if (answer.status, text) != ("complete", expected):
        raise Broken(f"the answer was saved as {answer.status}, {len(text)} characters of {len(expected)}")
