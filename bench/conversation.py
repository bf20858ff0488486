"""One exchange in a conversation, through the interface's own API: accepted, journalled, streamed, finished."""

import time

import msgspec

from bench.client import Broken, Connection, Reply, connect, request_bytes
from bench.load import Action, Done
from bench.parts import Target

FIRST = b"event: part.delta"
END = b"event: run.finished"


class Ref(msgspec.Struct):
    id: str


class Run(msgspec.Struct):
    id: str
    conversation_id: str


class Accepted(msgspec.Struct):
    """The part of a 202 that is used."""

    run: Run
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


PARTS = [{"type": "text", "text": "Say something."}]


def new_conversation(target: Target, model: str) -> bytes:
    """A request that opens a conversation with a first message. It has a title: the model is asked for nothing else."""
    body = {"title": "Measured", "message": {"parts": PARTS, "model": target.prefix + model}}
    return request_bytes("POST", f"{target.url}/api/conversations", key=target.key, body=body)


def next_message(target: Target, model: str, last: Accepted) -> bytes:
    """A request that goes on after the answer of *last*."""
    body = {"parent_id": last.answer.id, "parts": PARTS, "model": target.prefix + model}
    address = f"{target.url}/api/conversations/{last.run.conversation_id}/messages"
    return request_bytes("POST", address, key=target.key, body=body)


async def send(connection: Connection, request: bytes) -> Accepted:
    return msgspec.json.decode((await connection.ask(request)).expect(202).body, type=Accepted)


async def follow(connection: Connection, target: Target, accepted: Accepted) -> Reply:
    """Read a run's events to its end. Raises `Broken` if the stream ends earlier."""
    events = request_bytes("GET", f"{target.url}/api/runs/{accepted.run.id}/events", key=target.key)
    reply = (await connection.ask(events, marker=FIRST)).expect(200)
    if END not in reply.body:
        raise Broken("the stream ended before the run did")
    return reply


def exchange(target: Target, model: str) -> Action:
    """Send a message in a new conversation and follow the answer to its end."""
    request = new_conversation(target, model)

    async def talk(connection: Connection) -> Done:
        started = time.perf_counter()
        reply = await follow(connection, target, await send(connection, request))
        return Done((time.perf_counter() - started) * 1000, (reply.first_at - started) * 1000)

    return talk


async def converse(target: Target, model: str, exchanges: int) -> str:
    """Hold a conversation of that many messages and answers; its id."""
    connection = await connect(target.url)
    accepted = await send(connection, new_conversation(target, model))
    await follow(connection, target, accepted)
    for _ in range(exchanges - 1):
        accepted = await send(connection, next_message(target, model, accepted))
        await follow(connection, target, accepted)
    connection.close()
    return accepted.run.conversation_id


async def verify(target: Target, model: str, expected: str) -> None:
    """One exchange, and the saved answer is what the provider said. Raises `Broken`."""
    conversation = await converse(target, model, 1)
    address = f"{target.url}/api/conversations/{conversation}/messages"
    connection = await connect(target.url)
    page = (await connection.ask(request_bytes("GET", address, key=target.key))).expect(200)
    connection.close()
    answer = msgspec.json.decode(page.body, type=Page).items[-1]
    text = "".join(part.text for part in answer.parts if part.type == "text")
    if (answer.status, text) != ("complete", expected):
        raise Broken(f"the answer was saved as {answer.status}, {len(text)} characters of {len(expected)}")
