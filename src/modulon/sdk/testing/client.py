"""An HTTP client that calls an ASGI application directly: no socket, no port, real requests."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

Message = MutableMapping[str, Any]
Asgi = Callable[[Any, Any, Any], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole response. Header names are in lower case; repeated ones are kept in *raw_headers*."""

    status: int
    headers: Mapping[str, str]
    raw_headers: tuple[tuple[str, str], ...]
    body: bytes

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


@dataclass(slots=True)
class Stream:
    """A response whose body is still arriving. Leaving the `async with` disconnects."""

    status: int
    headers: Mapping[str, str]
    _queue: "asyncio.Queue[bytes | None]"

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body's pieces as they are sent."""
        while (chunk := await self._queue.get()) is not None:
            yield chunk


@dataclass(slots=True)
class Client:
    """One browser or program: keeps cookies, sends same-origin headers as a browser would."""

    app: Asgi
    headers: dict[str, str] = field(default_factory=dict[str, str])
    cookies: dict[str, str] = field(default_factory=dict[str, str])
    host: str = "127.0.0.1:8080"
    address: str = "127.0.0.1"
    same_origin: bool = True

    async def request(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send a request and read the whole answer. *body* is sent as JSON, *content* as it is."""
        async with self.stream(method, path, body=body, content=content, headers=headers) as (start, stream):
            data = b"".join([chunk async for chunk in stream.chunks()])
        raw = tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in start["headers"])
        return Reply(start["status"], dict(raw), raw, data)

    async def get(self, path: str, **options: Any) -> Reply:
        """`GET`."""
        return await self.request("GET", path, **options)

    async def post(self, path: str, body: Any = None, **options: Any) -> Reply:
        """`POST` *body* as JSON."""
        return await self.request("POST", path, body=body, **options)

    async def put(self, path: str, body: Any = None, **options: Any) -> Reply:
        """`PUT` *body* as JSON."""
        return await self.request("PUT", path, body=body, **options)

    async def patch(self, path: str, body: Any = None, **options: Any) -> Reply:
        """`PATCH` *body* as JSON."""
        return await self.request("PATCH", path, body=body, **options)

    async def delete(self, path: str, **options: Any) -> Reply:
        """`DELETE`."""
        return await self.request("DELETE", path, **options)

    @asynccontextmanager
    async def stream(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> AsyncIterator[tuple[Message, Stream]]:
        """Send a request and yield once the head of the answer is there, with the stream of its body."""
        payload = content if content is not None else b"" if body is None else json.dumps(body).encode()
        scope = self._scope(method, path, payload, body is not None, headers or {})
        head: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        left = asyncio.Event()
        call = asyncio.create_task(self.app(scope, _receiver(payload, left), _sender(head, queue)))
        call.add_done_callback(lambda task: _ended(task, head, queue))
        start = await head
        self._remember(start)
        named = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in start["headers"]}
        try:
            yield start, Stream(start["status"], named, queue)
        finally:
            left.set()
            await asyncio.wait([call], timeout=5)
            call.cancel()

    def _scope(
        self, method: str, path: str, payload: bytes, is_json: bool, headers: Mapping[str, str]
    ) -> dict[str, Any]:
        url = urlsplit(path)
        sent = {"host": self.host, "user-agent": "modulon-test", "content-length": str(len(payload))}
        if is_json:
            sent["content-type"] = "application/json"
        if self.same_origin:
            sent |= {"origin": f"http://{self.host}", "sec-fetch-site": "same-origin"}
        if self.cookies:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent |= self.headers | {name.lower(): value for name, value in headers.items()}
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": url.path,
            "raw_path": url.path.encode(),
            "query_string": url.query.encode(),
            "root_path": "",
            "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in sent.items()],
            "client": (self.address, 50000),
            "server": ("127.0.0.1", 8080),
        }

    def _remember(self, start: Message) -> None:
        for name, value in start["headers"]:
            if name.lower() != b"set-cookie":
                continue
            for morsel in SimpleCookie(value.decode("latin-1")).values():
                if morsel["max-age"] == "0" or not morsel.value:
                    self.cookies.pop(morsel.key, None)
                else:
                    self.cookies[morsel.key] = morsel.value


def _receiver(payload: bytes, left: asyncio.Event) -> Callable[[], Awaitable[Message]]:
    pending = [payload]

    async def receive() -> Message:
        if pending:
            return {"type": "http.request", "body": pending.pop(), "more_body": False}
        await left.wait()
        return {"type": "http.disconnect"}

    return receive


def _sender(
    head: "asyncio.Future[Message]", queue: "asyncio.Queue[bytes | None]"
) -> Callable[[Message], Awaitable[None]]:
    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            head.set_result(message)
        elif message["type"] == "http.response.body":
            if message.get("body"):
                await queue.put(message["body"])
            if not message.get("more_body"):
                await queue.put(None)

    return send


def _ended(task: "asyncio.Task[None]", head: "asyncio.Future[Message]", queue: "asyncio.Queue[bytes | None]") -> None:
    queue.put_nowait(None)
    if not head.done():
        error = None if task.cancelled() else task.exception()
        head.set_exception(error or RuntimeError("the application ended without an answer"))
