"""Who sends the made-up requests, and what every answer must be, whatever was sent."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import msgspec
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Flaky, Unsatisfiable
from hypothesis.stateful import run_state_machine_as_test
from schemathesis.core.result import Ok
from schemathesis.core.transport import Response
from schemathesis.generation import GenerationMode
from schemathesis.generation.case import Case
from schemathesis.generation.stateful.state_machine import APIStateMachine

from tests.rig.server import Server

TIMEOUT = 20.0
ALONE = settings(
    max_examples=2,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
CHAINS = settings(
    ALONE,
    max_examples=10,
    stateful_step_count=6,
)
"""Few at a time: each chain changes what the next one finds."""


@dataclass
class Caller:
    """One principal. *key* is its API key, empty for somebody anonymous; *key_id* must outlive the requests."""

    server: Server
    key: str = ""
    key_id: str = ""
    seen: "Counter[tuple[str, int]]" = field(default_factory=lambda: Counter[tuple[str, int]]())
    complaints: list[str] = field(default_factory=list[str])

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.key}"} if self.key else {}

    @property
    def total(self) -> int:
        """Cases sent."""
        return sum(self.seen.values())

    def statuses(self) -> "Counter[int]":
        found: Counter[int] = Counter()
        for (_, status), times in self.seen.items():
            found[status] += times
        return found

    async def call(self, method: str, path: str, body: Any = None) -> Any:
        async with (
            aiohttp.ClientSession(headers=self.headers) as session,
            session.request(method, self.server.url + path, json=body) as response,
        ):
            assert response.status < 400, await response.text()
            return msgspec.json.decode(await response.read() or b"null")

    async def remember_own_key(self) -> None:
        """Note the key's id, so that the caller does not lock itself out."""
        self.key_id = (await self.call("GET", "/api/keys"))["items"][0]["id"]

    async def run(self, *, cases: int, number: int) -> None:
        """Send chains of requests until there were *cases*; the same *number* begins with the same ones."""
        document = await self.call("GET", "/api/openapi.json")
        await asyncio.to_thread(self._run, document, cases, number)

    def _run(self, document: dict[str, Any], cases: int, number: int) -> None:
        schema = schemathesis.openapi.from_dict(document)
        schema.config.update(base_url=self.server.url)
        for found in schema.get_all_operations():
            assert isinstance(found, Ok), found
            self._try_operation(found.ok(), number)
        machine = _machine(self, schema.as_state_machine())
        while self.total < cases:
            number += 1
            # What a chain draws depends on what the server answers, which has changed since the chain before.
            with suppress(Flaky):
                run_state_machine_as_test(seed(number)(machine), settings=CHAINS)

    def _try_operation(self, operation: Any, number: int) -> None:
        """Send an operation something fit and something unfit, whether or not another one leads to it."""
        for mode in GenerationMode:
            try:
                cases = operation.as_strategy(generation_mode=mode)
                seed(number)(ALONE(given(case=cases)(self.send)))()
            except Unsatisfiable:
                continue  # nothing can be wrong with an operation that takes nothing

    def send(self, case: Case) -> None:
        """Send one case and judge the answer."""
        self.spare_own_key(case)
        self.judge(case.call(headers=self.headers, timeout=TIMEOUT), case)

    def judge(self, response: Response, case: Case) -> None:
        """Note an answer that the interface does not promise."""
        self.seen[(case.operation.label, response.status_code)] += 1
        if wrong := _complaint(response):
            self.complaints.append(f"{wrong}: {case.as_curl_command()} -> {response.status_code} {response.text[:500]}")

    def spare_own_key(self, case: Case) -> None:
        """Leave the caller the key it calls with."""
        for name, value in case.path_parameters.items():
            if self.key_id and value == self.key_id:
                case.path_parameters[name] = "another"


def _complaint(response: Response) -> str:
    if "Traceback" in response.text:
        return "a trace"
    if "x-content-type-options" not in response.headers:
        return "no security headers"
    if response.status_code < 400 or not response.text:
        return "" if response.status_code < 500 else "failed"
    code = _problem(response.json()).get("code")
    if not code:
        return "no problem's code"
    # Another service may fail, and does when its address is made up. All else is our own failure.
    if response.status_code >= 500 and (response.status_code not in (502, 503, 504) or code == "internal"):
        return "failed"
    return ""


def _problem(body: Any) -> Mapping[str, Any]:
    """Ours, or a compatible face's."""
    found = body.get("error", body) if isinstance(body, dict) else {}
    return found if isinstance(found, dict) else {}


def _machine(caller: Caller, base: type[APIStateMachine]) -> type[APIStateMachine]:
    class Chain(base):  # type: ignore[valid-type, misc]
        """Requests, each made from the answers before it."""

        def before_call(self, case: Case) -> None:
            caller.spare_own_key(case)

        def get_call_kwargs(self, case: Case) -> dict[str, Any]:
            return {"headers": caller.headers, "timeout": TIMEOUT}

        def validate_response(self, response: Response, case: Case, *args: Any, **kwargs: Any) -> None:
            caller.judge(response, case)

    return Chain
