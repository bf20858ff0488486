"""What the OpenAI-compatible face costs, beside a bare proxy that checks, limits and records nothing."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from bench.client import Broken, Connection, connect, request_bytes
from bench.command import run_command
from bench.load import Action, Done, Tally
from bench.parts import Target, modulon, provider, reference
from bench.rounds import Effort, Measured, in_turn
from bench.table import Line
from tests.rig.provider import answer_text

TOKENS = 200
PACE = 50
"""Tokens per second of the paced streams."""
FIRST = b'"content":"'
END = b"data: [DONE]"


class Message(msgspec.Struct):
    content: str


class Choice(msgspec.Struct):
    message: Message


class Completion(msgspec.Struct):
    """The part of a chat completion that is compared."""

    choices: list[Choice]


@dataclass(frozen=True)
class Scenario:
    """One kind of load."""

    name: str
    model: str
    clients: int
    stream: bool


JSON_ONE = Scenario("answer at once, 1 connection", f"sim-n{TOKENS}", 1, stream=False)
JSON_MANY = Scenario("answer at once, 16 connections", f"sim-n{TOKENS}", 16, stream=False)
STREAM = Scenario("streamed as fast as possible, 32 at once", f"sim-n{TOKENS}", 32, stream=True)
PACED = Scenario("streamed, 200 x 50 tokens/s", f"sim-n{TOKENS // 2}-r{PACE}", 200, stream=True)

MODELS = {scenario.model for scenario in (JSON_ONE, JSON_MANY, STREAM, PACED)}


def completion(target: Target, scenario: Scenario) -> bytes:
    body = {
        "model": target.prefix + scenario.model,
        "messages": [{"role": "user", "content": "Say something."}],
        "stream": scenario.stream,
    }
    return request_bytes("POST", f"{target.url}/v1/chat/completions", key=target.key, body=body)


def action(target: Target, scenario: Scenario) -> Action:
    """One completion. A stream counts only if it arrived to its end."""
    request = completion(target, scenario)

    async def complete(connection: Connection) -> Done:
        started = time.perf_counter()
        reply = (await connection.ask(request, marker=FIRST)).expect(200)
        ended = time.perf_counter()
        if scenario.stream and not reply.body.rstrip().endswith(END):
            raise Broken("truncated")
        return Done((ended - started) * 1000, (reply.first_at - started) * 1000)

    return complete


async def verify(target: Target) -> None:
    """A server that loses text would be fast: compare one whole answer first. Raises `Broken`."""
    connection = await connect(target.url)
    reply = (await connection.ask(completion(target, JSON_ONE))).expect(200)
    connection.close()
    answered = msgspec.json.decode(reply.body, type=Completion).choices[0].message.content
    if answered != answer_text(TOKENS):
        raise Broken(f"{target.name} does not answer what the provider said")


def cpu_per_token(tokens: int) -> Callable[[Tally], float]:
    """CPU per token in microseconds."""
    return lambda tally: tally.cpu_ms * 1000 / tokens


def compared(
    measure: str, unit: str, budget: str, ours: Measured, bare: Measured, figure: Callable[[Tally], float]
) -> Line:
    return Line(measure, unit, ours.median(figure), budget, bare.median(figure), ours.spread(figure))


async def measure(effort: Effort) -> list[Line]:
    async with provider(*MODELS) as upstream, reference(upstream) as bare, modulon(upstream) as ours:
        targets = (upstream, bare, ours)
        for target in targets:
            await verify(target)
        lines: list[Line] = []

        async def run(scenario: Scenario) -> tuple[Measured, Measured, Measured]:
            measured = await in_turn(
                targets, lambda target: action(target, scenario), clients=scenario.clients, effort=effort
            )
            return measured[upstream.name], measured[bare.name], measured[ours.name]

        direct, bare_done, ours_done = await run(JSON_ONE)
        straight = direct.median(Tally.latency)
        lines += [
            compared(
                f"{JSON_ONE.name}: added latency", "ms", "≤ 0.5", ours_done, bare_done, lambda t: t.latency() - straight
            ),
            compared(f"{JSON_ONE.name}: CPU per request", "ms", "≤ 0.25", ours_done, bare_done, lambda t: t.cpu_ms),
        ]
        _, bare_done, ours_done = await run(JSON_MANY)
        lines += [
            compared(f"{JSON_MANY.name}: requests", "1/s", "≥ 4,000", ours_done, bare_done, lambda t: t.per_second),
            compared(f"{JSON_MANY.name}: CPU per request", "ms", "≤ 0.25", ours_done, bare_done, lambda t: t.cpu_ms),
        ]
        _, bare_done, ours_done = await run(STREAM)
        lines.append(
            compared(f"{STREAM.name}: CPU per token", "µs", "≤ 10", ours_done, bare_done, cpu_per_token(TOKENS))
        )
        direct, bare_done, ours_done = await run(PACED)
        at_once = direct.median(Tally.first)
        straight = direct.median(Tally.latency)
        lines += [
            compared(f"{PACED.name}: CPU per token", "µs", "≤ 32", ours_done, bare_done, cpu_per_token(TOKENS // 2)),
            compared(
                f"{PACED.name}: added time to first token",
                "ms",
                "≤ 100",
                ours_done,
                bare_done,
                lambda t: t.first() - at_once,
            ),
            compared(
                f"{PACED.name}: pace kept", "%", "≥ 95", ours_done, bare_done, lambda t: 100 * straight / t.latency()
            ),
        ]
        assert bare.tree is not None
        assert ours.tree is not None
        lines.append(Line("memory after all of it", "MB", ours.tree.memory_mb(), "≤ 170", bare.tree.memory_mb()))
        return lines


if __name__ == "__main__":
    run_command("The gateway beside a bare proxy", measure)
