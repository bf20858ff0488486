"""What reading costs with a long history, beside the same server with a short one: it must not grow."""

import time
from dataclasses import replace
from uuid import UUID

from bench.client import Connection, connect, request_bytes
from bench.command import run_command
from bench.conversation import converse
from bench.load import Action, Done, Tally
from bench.parts import Target, installation, provider, target_of
from bench.processes import SERVER_CORE, ProcessTree, on_core
from bench.rounds import Effort, Measured, in_turn
from bench.table import Line
from tests.rig.corpus import RARE, multiply
from tests.rig.server import Server

CONVERSATIONS = 10_000
EXCHANGES = 5
"""A message and its answer each, in every conversation."""
LONG_EXCHANGES = 250
MODEL = "sim-n60"
CLIENTS = 4
LIST = "/api/conversations"


def get(target: Target, path: str) -> Action:
    request = request_bytes("GET", target.url + path, key=target.key)

    async def read(connection: Connection) -> Done:
        started = time.perf_counter()
        (await connection.ask(request)).expect(200)
        return Done((time.perf_counter() - started) * 1000)

    return read


async def read_often(target: Target, path: str, effort: Effort) -> Measured:
    measured = await in_turn((target,), lambda one: get(one, path), clients=CLIENTS, effort=effort)
    return measured[target.name]


async def size_kb(target: Target, path: str) -> float:
    connection = await connect(target.url)
    reply = (await connection.ask(request_bytes("GET", target.url + path, key=target.key))).expect(200)
    connection.close()
    return len(reply.body) / 1000


async def grow(server: Server, target: Target, conversation: str) -> Target:
    """Stop the server, copy the conversation many times, start it again."""
    await server.stop()
    multiply(server.data_dir / "modulon.db", UUID(conversation).bytes, CONVERSATIONS)
    with on_core(SERVER_CORE):
        await server.start()
    return replace(target, tree=ProcessTree(server.pid))


async def measure(effort: Effort) -> list[Line]:
    async with provider(MODEL) as upstream, installation() as server:
        target = await target_of(server, upstream)
        short = await converse(target, MODEL, EXCHANGES)
        long = await converse(target, MODEL, LONG_EXCHANGES)
        short_path, long_path = (f"{LIST}/{conversation}/messages" for conversation in (short, long))
        list_of_few = await read_often(target, LIST, effort)
        open_short = await read_often(target, short_path, effort)
        target = await grow(server, target, short)
        list_of_many = await read_often(target, LIST, effort)
        one_word = await read_often(target, f"{LIST}?q={RARE}", effort)
        two_words = await read_often(target, f"{LIST}?q=amber+acorn", effort)
        open_long = await read_often(target, long_path, effort)
        window = await size_kb(target, long_path)

    def cpu(name: str, measured: Measured, budget: str, beside: Measured | None = None) -> Line:
        def figure(tally: Tally) -> float:
            return tally.cpu_ms

        baseline = None if beside is None else beside.median(figure)
        return Line(f"{name}: CPU", "ms", measured.median(figure), budget, baseline, measured.spread(figure))

    return [
        cpu("first page of 10,000 conversations (beside 2)", list_of_many, "≤ 1.5", list_of_few),
        Line("first page of 10,000 conversations: p99", "ms", list_of_many.median(lambda t: t.latency(0.99)), "≤ 50"),
        cpu("search for one word", one_word, "≤ 5"),
        cpu("search for two words", two_words, "≤ 8"),
        cpu("open a conversation of 500 messages (beside 10)", open_long, "≤ 5", open_short),
        Line("open a conversation of 500 messages: bytes", "kB", window, "≤ 100"),
    ]


if __name__ == "__main__":
    run_command("Reading a long history", measure)
