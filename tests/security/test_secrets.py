"""S01: fifty secrets through everything that takes or makes one, then a search for them in all that comes out."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import msgspec

from tests.rig.conversing import Chatter, Told, set_up
from tests.rig.provider import Provider
from tests.rig.server import PASSWORD, Server, running_server

EACH = 8
"""Of each kind: provider keys, passwords that fail, people with a password, keys, invitations, resets."""


def canary(what: str) -> str:
    return f"canary-{what}-{secrets.token_hex(16)}"


class Watch:
    """A person whose every answer is kept; *known* are the secrets, and where each may be said once."""

    def __init__(self, one: Chatter) -> None:
        self.one = one
        self.answers: list[tuple[str, bytes]] = []
        self.known: list[str] = [one.server.setup_token, PASSWORD, one.headers["authorization"].removeprefix("Bearer ")]

    async def ask(self, method: str, path: str, body: Any = None, *, own: bool = True, says: str = "") -> Any:
        """One request. The field *says* of the answer is a new secret: told here, and nowhere after."""
        headers = {"content-type": "application/json", **(self.one.headers if own else {})}
        if self.one.headers.get("authorization"):
            self.one.session.cookie_jar.clear()  # an answer signed somebody in: the next is the key's
        data = None if body is None else msgspec.json.encode(body)
        async with self.one.session.request(
            method, self.one.server.url + path, data=data, headers=headers, allow_redirects=False
        ) as response:
            answer = await response.read()
            head = "".join(f"{name}: {value}\n" for name, value in response.headers.items()).encode()
        given = msgspec.json.decode(answer) if response.content_type.endswith("json") and answer else {}
        if says:
            assert response.status < 300, answer
            self.known.append(given[says])
            answer = answer.replace(given[says].encode(), b"")
        self.answers.append((f"{method} {path}", head + answer))
        return given

    def hits(self, where: str, data: bytes) -> Iterator[str]:
        """Where a secret stands in *data*, whole or its random half."""
        for secret in self.known:
            if secret.encode() in data or secret[-24:].encode() in data:
                yield f"{secret[:12]}… in {where}"


async def _providers(watch: Watch, url: str) -> None:
    for number in range(EACH):
        key, other = canary("key"), canary("other")
        watch.known += [key, other]
        provider = {"name": f"P{number}", "type": "openai", "endpoint": url, "api_key": key}
        made = await watch.ask("POST", "/api/providers", provider)
        path = f"/api/providers/{made['id']}"
        await watch.ask("POST", f"{path}/test")
        await watch.ask("PATCH", path, {"api_key": other})
        await watch.ask("GET", f"{path}/models")
        await watch.ask("POST", "/api/providers", {**provider, "endpoint": [key]})
        await watch.ask("POST", "/api/providers", {**provider, "unknown": key})
        await watch.ask("POST", "/api/providers/recognise", {"key": key})
        await watch.ask("POST", "/api/providers/probe", {"key": key, "type": "openai", "endpoint": url})


async def _people(watch: Watch) -> None:
    user = (await watch.ask("GET", "/api/users"))["items"][0]["id"]
    for number in range(EACH):
        password, wrong, email = canary("password"), canary("wrong"), f"p{number}@example.org"
        watch.known += [password, wrong]
        invited = await watch.ask("POST", "/api/invitations", {"email": email}, says="token")
        accept = {"token": invited["token"], "name": "P", "password": password}
        await watch.ask("POST", "/api/invitations/lookup", {"token": invited["token"]}, own=False)
        await watch.ask("POST", "/api/invitations/accept", {**accept, "name": [password]}, own=False)
        await watch.ask("POST", "/api/invitations/accept", accept, own=False)
        await watch.ask("POST", "/api/invitations/accept", accept, own=False)
        await watch.ask("POST", "/api/sessions", {"email": f"x{email}", "password": wrong}, own=False)
        await watch.ask("POST", "/api/me/password", {"current": wrong, "password": canary("new")})
        await watch.ask("POST", f"/api/users/{user}/reset", says="token")
        key = await watch.ask("POST", "/api/keys", {"name": f"K{number}", "scopes": ["read"]}, says="key")
        await watch.ask("GET", f"/api/me?key={key['key']}", own=False)
        await watch.ask("GET", f"/api/nothing/{key['key'][:8]}", own=False)


async def _conversation(watch: Watch) -> None:
    begun = await watch.one.begin("Hello", "sim/sim-fast-n20")
    await watch.one.follow(begun["run"]["id"], Told())
    conversation = begun["conversation"]["id"]
    url = f"{watch.one.server.url}/api/runs/{begun['run']['id']}/events"
    async with watch.one.session.get(url, headers=watch.one.headers) as stream:
        watch.answers.append(("the run's stream", await stream.read()))
    await watch.ask("POST", "/api/conversations/export", {"ids": [conversation]})
    await watch.ask("GET", f"/api/conversations/{conversation}/messages")


READ = ["/api/me", "/api/keys", "/api/users", "/api/invitations", "/api/sessions", "/api/providers", "/api/models",
        "/api/recovery", "/api/openapi.json", "/api/docs", "/api/nothing", "/metrics", "/ready", "/live", "/", "/setup",
        "/settings/providers", "/v1/models", "/api/providers/presets"]  # fmt: skip


def _kept(server: Server) -> Iterator[tuple[str, bytes]]:
    """All that the server wrote: its logs, and every file of its data."""
    # The link that sets up is printed for the person at the terminal, once; that is what it is for.
    yield "the log", server.log.read_bytes().replace(server.setup_link.encode(), b"", 1)
    folder: Path = server.data_dir.parent
    for file in folder.rglob("*"):
        if file.is_file() and file != server.log:
            yield str(file.relative_to(folder)), file.read_bytes()


async def test_s01_no_secret_is_in_anything_that_comes_out(tmp_path: Path, provider: Provider) -> None:
    environment = {"MODULON_LOG_LEVEL": "debug"}
    async with (
        running_server(tmp_path, environment=environment) as server,
        set_up(server, provider.url) as one,
    ):
        watch = Watch(one)
        await _providers(watch, provider.url)
        await _people(watch)
        # The recovery key is shown to a person who proves the password, in a session of their own.
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
            origin = {"origin": server.url, "sec-fetch-site": "same-origin"}
            browser = Watch(Chatter(server, session, {**origin, "authorization": ""}))
            await browser.ask("POST", "/api/sessions", {"email": "admin@example.org", "password": PASSWORD})
            await browser.ask("POST", "/api/recovery", {"current": PASSWORD}, says="recovery_key")
            watch.known += browser.known[-1:]
            await browser.ask("GET", "/api/recovery")
            watch.answers += browser.answers[1:]
        await _conversation(watch)
        assert len((await watch.ask("GET", "/api/users"))["items"]) == EACH + 1, "every invitation was taken"
        for path in READ:
            await watch.ask("GET", path)
        await server.command("backup", "create")
        await server.stop()
        assert len(set(watch.known)) >= 50
        kept = list(_kept(server))
        assert any(name.endswith(".mbk") for name, _ in kept)
        found = [hit for where, data in [*watch.answers, *kept] for hit in watch.hits(where, data)]
        assert found == []
        assert b'"event": "refused"' in server.log.read_bytes(), "something was logged"
