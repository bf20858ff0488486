"""`python -m tests.rig.provider --port 9100`: the simulated provider as a process of its own."""

import argparse
import asyncio
import contextlib

import uvloop

from tests.rig.provider import KINDS, running_provider


async def serve(arguments: argparse.Namespace) -> None:
    async with running_provider(
        host=arguments.host, port=arguments.port, tokens=arguments.tokens, burst=arguments.burst, also=arguments.also
    ) as provider:
        print(f"simulated provider on {provider.url}", flush=True)
        await asyncio.Event().wait()


def main() -> None:
    kinds = "\n".join(f"  sim-{kind:<10} {meaning}" for kind, meaning in KINDS.items())
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=f"models:\n{kinds}", formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=9100, help="0 picks a free port")
    parser.add_argument("--tokens", type=int, default=200, help="tokens of an answer whose model name does not say")
    parser.add_argument("--burst", type=int, default=1, help="tokens per write when a model has no rate")
    parser.add_argument("--also", action="append", default=[], metavar="MODEL", help="list this model name too")
    with contextlib.suppress(KeyboardInterrupt):
        uvloop.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
