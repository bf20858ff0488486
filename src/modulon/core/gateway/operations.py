"""The operations paths: alive, ready, started, figures. They say nothing about anyone."""

from collections.abc import Awaitable, Callable
from typing import Final

import msgspec

from modulon.core.telemetry.metrics import CONTENT_TYPE, Metrics
from modulon.sdk.routes import Send

PATHS: Final = frozenset({"/live", "/ready", "/startup", "/metrics"})

Check = Callable[[], Awaitable[dict[str, str]]]
"""Problems by part, empty if there are none."""

BEARABLE: Final = frozenset({"disk"})
"""Parts whose problems stop what changes something, while what is there can be read: `/ready` tells of them and stays
at 200, since a load balancer would else take away the reading too."""


class Operations:
    """`/live`: the loop turns. `/startup`: the start is done. `/ready`: requests can be served now."""

    def __init__(self, metrics: Metrics, check: Check) -> None:
        self._metrics = metrics
        self._check = check
        self.started = False
        self.draining = False

    async def answer(self, path: str, send: Send) -> None:
        """Answer one of `PATHS`."""
        if path == "/metrics":
            await _send(send, 200, self._metrics.render(), CONTENT_TYPE)
            return
        if path == "/live":
            problems: dict[str, str] = {}
        elif not self.started:
            problems = {"start": "starting"}
        elif path == "/ready":
            problems = {"server": "stopping"} if self.draining else await self._check()
        else:
            problems = {}
        failing = not BEARABLE.issuperset(problems)
        status = "failing" if failing else "degraded" if problems else "ok"
        body = msgspec.json.encode({"status": status, **({"problems": problems} if problems else {})})
        await _send(send, 503 if failing else 200, body, b"application/json")


async def _send(send: Send, status: int, body: bytes, content_type: bytes) -> None:
    headers = [
        (b"content-type", content_type),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
