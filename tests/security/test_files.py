"""Files and foreign passages: what there is of both today, and that nothing new of the kind comes without its case."""

import asyncio
import random
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from modulon.core.testing import App
from modulon.sdk import new_id
from modulon.sdk.testing import Client

NAMES = [
    "../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "/etc/passwd", "//etc/passwd",
    "passwd%00.png", "a%0d%0aSet-Cookie:%20x=y", "..%c0%af..%c0%afetc/passwd", "%5c%5chost%5cshare", "..;/etc/passwd",
    "x" * 4096, ".htaccess", "\u2024\u2024/\u2024\u2024/etc/passwd", "%EF%BC%8E%EF%BC%8E/etc/passwd", "master.key",
]  # fmt: skip
FOLDERS = ["/", "/assets/", "/api/help/images/", "/api/help/images/guide/images/", "/api/help/pages/guide/"]
CONTENT = {"application/json", "text/event-stream"}
"""What routes take and give. A route for files has to come with D03: attachment, nosniff, a sandboxing policy."""


def files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("folder", FOLDERS)
async def test_f01_no_name_leads_out_of_where_files_are(app: App, tmp_path: Path, folder: str) -> None:
    admin = await app.set_up()
    (tmp_path / "outside").write_text("root:x:0:0")
    for name in [*NAMES, "../" * 8 + str(tmp_path / "outside"), f"..%2f..%2f{tmp_path.name}%2foutside"]:
        reply = await admin.get(folder + name)
        assert b"root:" not in reply.body, name[:60]
        assert "set-cookie" not in reply.headers, name[:60]
        html = "text/html" in reply.headers["content-type"]  # the application's page, which says that there is none
        assert html or reply.status in {400, 404, 414, 422}, f"{name[:60]}: {reply.status}"


async def test_f01_a_name_in_a_file_is_only_text(app: App, tmp_path: Path) -> None:
    admin = await app.set_up()
    before = files(tmp_path.parent)
    for name in NAMES:
        text = name[:80].replace("%", "")
        made = await admin.post("/api/folders", {"name": text})
        assert made.status in {201, 409, 422}, made.text
        assert made.status != 201 or made.json()["name"].strip() == " ".join(text.split())
    assert {path for path in files(tmp_path.parent) - before if "modulon.db" not in path.name} == set()


async def test_d03_no_route_takes_or_gives_a_file(app: App) -> None:
    admin = await app.set_up()
    document: dict[str, Any] = (await admin.get("/api/openapi.json")).json()
    others: set[tuple[str, str]] = set()
    for path, operations in document["paths"].items():
        for operation in operations.values():
            bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
            others |= {(path, kind) for body in bodies for kind in body.get("content", {}) if kind not in CONTENT}
    problems = {one for one in others if one[1] == "application/problem+json"}
    pictures = {one for one in others if one[0].startswith("/api/help/images/")}
    assert others == problems | pictures


async def test_d03_a_picture_of_the_documentation_is_only_that(app: App) -> None:
    admin = await app.set_up()
    reply = await admin.get("/api/help/images/guide/images/palette.png")
    assert reply.headers["content-type"] == "image/png"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in reply.headers["content-security-policy"]


async def test_a10_a_thousand_searches_find_nothing_foreign(app: App) -> None:
    """Takes some seconds. There are no vectors yet: what is searched are conversations, by words and by ids."""
    await app.set_up()
    owner, other = await app.member("owner@example.org"), await app.member("other@example.org")
    words = [f"{random.choice('bcdfgk')}{random.choice('aeiou')}{number}x" for number in range(200)]
    for start in range(0, len(words), 20):
        some = words[start : start + 20]
        body = {"message": {"parts": [{"type": "text", "text": " ".join(some)}], "model": "sim/scripted"}}
        assert (await owner.post("/api/conversations", body)).status == 202
    async with asyncio.timeout(20):
        while not (known := await found(owner, words[-1])):
            pass  # what was written is indexed in the background
    ids = [known[0]["conversation_id"], known[0]["message_id"], str(new_id())]
    names = [*ids, *(f"file-{one}" for one in ids), *(f"user-memory-{one}" for one in ids)]
    some = (" ".join(random.sample(words, random.randint(1, 3))) for _ in range(1_000 - len(names)))
    names += (text[: random.randint(2, 30)] for text in some)
    assert [name for name in names if await found(other, name)] == []


async def found(somebody: Client, words: str) -> list[dict[str, Any]]:
    reply = await somebody.get(f"/api/conversations/search?q={quote(words)}")
    assert reply.status == 200, reply.text
    items: list[dict[str, Any]] = reply.json()["items"]
    return items
