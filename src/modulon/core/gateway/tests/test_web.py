"""The interface's files: known by name from a listing, compressed as the browser accepts."""

import json
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import pytest

from modulon.core.gateway.web import Web, WebMissing
from modulon.core.modules.discover import discover
from modulon.sdk import NotFound


@pytest.fixture
def build(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<title>M</title><!--modulon:state-->")
    (tmp_path / "favicon.svg").write_text("<svg/>")
    (tmp_path / "assets" / "chat-abc.js").write_text("export default 1;")
    (tmp_path / "assets" / "chat-abc.js.br").write_bytes(b"brotli")
    (tmp_path / "assets" / "secret.key").write_text("not served")
    entry = {"../src/modulon/modules/chat/frontend/index.ts": {"file": "assets/chat-abc.js"}}
    (tmp_path / "manifest.json").write_text(json.dumps(entry))
    return tmp_path


async def get(web: Web, path: str, *, accept: str = "", method: str = "GET") -> tuple[dict[str, str], bytes]:
    sent: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    await web.file({"path": path, "method": method, "headers": [(b"accept-encoding", accept.encode())]}, send)
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}, sent[1]["body"]


async def test_a_hashed_file_is_compressed_and_kept(build: Path) -> None:
    web = Web(build)
    headers, body = await get(web, "/assets/chat-abc.js", accept="gzip, br")
    assert (headers["content-encoding"], body) == ("br", b"brotli")
    assert "immutable" in headers["cache-control"]
    headers, body = await get(web, "/assets/chat-abc.js")
    assert "content-encoding" not in headers
    assert body == b"export default 1;"
    assert (await get(web, "/assets/chat-abc.js", method="HEAD"))[1] == b""


async def test_other_files_are_asked_for_again(build: Path) -> None:
    headers, _ = await get(Web(build), "/favicon.svg")
    assert (headers["content-type"], headers["cache-control"]) == ("image/svg+xml", "no-cache")


@pytest.mark.parametrize("path", ["/assets/secret.key", "/index.html", "/manifest.json", "/../web.py", "/assets/../x"])
def test_only_what_is_listed_is_there(build: Path, path: str) -> None:
    assert not Web(build).has(path)


async def test_a_file_that_was_rebuilt_away_is_absent(build: Path) -> None:
    web = Web(build)
    (build / "favicon.svg").unlink()
    with pytest.raises(NotFound):
        await get(web, "/favicon.svg")


async def test_the_page_names_each_modules_script(build: Path) -> None:
    web = Web(build)
    web.show([found.manifest for found in discover()])
    sent: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    await web.page({"method": "GET"}, send, {"setup": "done", "note": "</script><script>alert(1)</script>"})
    page = sent[1]["body"].decode()
    assert page.count("</script>") == 1
    state = json.loads(page[page.index('state">') + 7 : page.index("</script>")])
    assert state["note"] == "</script><script>alert(1)</script>"
    entries = {module["id"]: module["entry"] for module in state["modules"]}
    assert entries["chat"] == "/assets/chat-abc.js"
    assert entries["accounts"] is None


def test_without_a_build_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WebMissing, match="make setup"):
        Web(tmp_path)
