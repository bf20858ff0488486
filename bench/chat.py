"""What an exchange inside a conversation costs: saved, journalled and resumable, beside a bare proxy's stream."""

from bench.command import run_command
from bench.conversation import exchange, verify
from bench.gateway import PACE, Scenario, cpu_per_token
from bench.gateway import action as completion
from bench.load import Action, Tally
from bench.parts import Target, modulon, provider, reference
from bench.rounds import Effort, Measured, in_turn
from bench.table import Line
from tests.rig.provider import answer_text

TOKENS = 400
CLIENTS = 16
PACED_CLIENTS = 200
PACED_TOKENS = 100
SHORT = "sim-n1"
LONG = f"sim-n{TOKENS}"
PACED = f"sim-n{PACED_TOKENS}-r{PACE}"


async def measure(effort: Effort) -> list[Line]:
    async with provider(SHORT, LONG, PACED) as upstream, reference(upstream) as bare, modulon(upstream) as ours:
        await verify(ours, LONG, answer_text(TOKENS))

        async def run(model: str, clients: int) -> tuple[Measured, Measured]:
            def action(target: Target) -> Action:
                if target is ours:
                    return exchange(target, model)
                return completion(target, Scenario(model, model, clients, stream=True))

            done = await in_turn((bare, ours), action, clients=clients, effort=effort)
            return done[bare.name], done[ours.name]

        bare_short, short = await run(SHORT, CLIENTS)
        bare_long, long = await run(LONG, CLIENTS)
        bare_paced, paced = await run(PACED, PACED_CLIENTS)
        per_message = short.median(lambda t: t.cpu_ms)
        bare_per_message = bare_short.median(lambda t: t.cpu_ms)

        def growth(measured: Measured, message: float) -> float:
            """CPU that each further token adds, in microseconds."""
            return (measured.median(lambda t: t.cpu_ms) - message) * 1000 / (TOKENS - 1)

        paced_token = cpu_per_token(PACED_TOKENS)
        at_pace = PACED_TOKENS / PACE * 1000
        return [
            Line("message with its answer: CPU", "ms", per_message, "≤ 0.6", bare_per_message),
            Line("message with its answer: exchanges", "1/s", short.median(lambda t: t.per_second)),
            Line(
                "each token at full speed: CPU",
                "µs",
                growth(long, per_message),
                "≤ 12",
                growth(bare_long, bare_per_message),
            ),
            Line(
                "each token at 200 x 50/s: CPU", "µs", paced.median(paced_token), "≤ 45", bare_paced.median(paced_token)
            ),
            Line(
                "200 streams at 50/s: time to first token",
                "ms",
                paced.median(Tally.first),
                baseline=bare_paced.median(Tally.first),
            ),
            Line(
                "200 streams at 50/s: pace kept",
                "%",
                100 * at_pace / paced.median(Tally.latency),
                "≥ 95",
                100 * at_pace / bare_paced.median(Tally.latency),
            ),
        ]


if __name__ == "__main__":
    run_command("A conversation beside a bare stream", measure)
