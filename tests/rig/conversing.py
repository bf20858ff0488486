"""A person who chats over HTTP with a real server: signs up, writes, follows answers through cuts and restarts."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import msgspec

from tests.rig.server import PASSWORD, Server
from tests.rig.waiting import until

Json = dict[str, Any]


class Refused(RuntimeError):
    """The server answered with an error; *status* and its code."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(f"{status}: {body[:300]!r}")
        self.status = status


@dataclass
class Chatter:
    """One account on *server*."""

    server: Server
    session: aiohttp.ClientSession
    headers: dict[str, str] = field(default_factory=dict[str, str])

    async def call(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Json:
        """One request; raises `Refused`, or what the connection raises."""
        data = None if body is None else msgspec.json.encode(body)
        sent = {"content-type": "application/json", **self.headers, **(headers or {})}
        async with self.session.request(method, self.server.url + path, data=data, headers=sent) as response:
            answer = await response.read()
            if response.status >= 400:
                raise Refused(response.status, answer)
            return msgspec.json.decode(answer) if answer else {}

    async def begin(self, text: str, model: str, key: str = "") -> Json:
        """Begin a conversation with *text*."""
        body = {"message": {"parts": [{"type": "text", "text": text}], "model": model}}
        return await self.call("POST", "/api/conversations", body, {"idempotency-key": key} if key else None)

    async def send(self, conversation: str, parent: str | None, text: str, key: str = "") -> Json:
        """Write *text* after *parent*."""
        body = {"parent_id": parent, "parts": [{"type": "text", "text": text}]}
        path = f"/api/conversations/{conversation}/messages"
        return await self.call("POST", path, body, {"idempotency-key": key} if key else None)

    async def last_message(self, conversation: str) -> Json:
        """The newest message of the active branch."""
        page = await self.call("GET", f"/api/conversations/{conversation}/messages")
        return page["items"][-1]

    async def follow_once(self, run: str, told: "Told") -> None:
        """Read events of *run* into *told* until the stream ends, however it ends."""
        headers = {**self.headers, **({"last-event-id": told.last_id} if told.last_id else {})}
        url = f"{self.server.url}/api/runs/{run}/events"
        async with self.session.get(url, headers=headers) as response:
            if response.status != 200:
                raise Refused(response.status, await response.read())
            rest = b""
            async for chunk in response.content.iter_any():
                *blocks, rest = (rest + chunk).split(b"\n\n")
                for block in blocks:
                    if block and not block.startswith(b":"):
                        told.take(block)

    async def follow(self, run: str, told: "Told", *, seconds: float = 600.0) -> "Told":
        """Follow *run* to its end, coming back after every cut, as a browser does."""
        async with asyncio.timeout(seconds):
            while not told.ended:
                try:
                    await self.follow_once(run, told)
                except (aiohttp.ClientError, OSError):
                    await asyncio.sleep(0.05)
        return told


@dataclass
class Told:
    """What a stream said, put together as a browser does."""

    texts: dict[int, str] = field(default_factory=dict[int, str])
    last_id: str = ""
    resets: int = 0
    events: int = 0
    ended: Json | None = None
    grown: list[tuple[float, int]] = field(default_factory=list[tuple[float, int]])
    """When the text had which length."""

    @property
    def text(self) -> str:
        return "".join(self.texts[index] for index in sorted(self.texts))

    def take(self, block: bytes) -> None:
        """Read one event."""
        fields = dict(line.split(": ", 1) for line in block.decode().split("\n"))
        data = msgspec.json.decode(fields["data"])
        self.last_id = fields["id"]
        self.events += 1
        match fields["event"]:
            case "part.started":
                self.texts.setdefault(data["part"]["index"], "")
            case "part.delta":
                self.texts[data["index"]] += data["text"]
                self.grown.append((time.monotonic(), len(self.text)))
            case "message.reset":
                self.resets += 1
                self.texts = {part["index"]: part.get("text", "") for part in data["message"]["parts"]}
                self.grown.append((time.monotonic(), len(self.text)))
            case "run.finished":
                self.ended = data
            case _:
                pass

    def length_within(self, begin: float, end: float) -> int:
        """How long the text was when it last grew between two moments; 0 if it did not."""
        return next((length for at, length in reversed(self.grown) if begin < at <= end), 0)


@asynccontextmanager
async def set_up(server: Server, provider_url: str) -> AsyncIterator[Chatter]:
    """The first admin of a fresh server with a key of its own and the provider `sim`."""
    await until(lambda: bool(server.setup_token))  # it is printed after the address
    connector = aiohttp.TCPConnector(limit=0)
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=5)
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout, cookie_jar=jar) as session:
        origin = {"origin": server.url, "sec-fetch-site": "same-origin"}
        browser = Chatter(server, session, origin)
        person = {"token": server.setup_token, "name": "Admin", "email": "admin@example.org", "password": PASSWORD}
        await browser.call("POST", "/api/setup", person)
        made = await browser.call("POST", "/api/keys", {"name": "rig", "scopes": ["read", "write", "admin"]})
        jar.clear()
        chatter = Chatter(server, session, {"authorization": f"Bearer {made['key']}"})
        where = urlsplit(provider_url)
        await chatter.call(
            "POST",
            "/api/providers",
            {"name": "sim", "type": "openai", "endpoint": f"{where.scheme}://{where.netloc}{where.path}"},
        )
        yield chatter
