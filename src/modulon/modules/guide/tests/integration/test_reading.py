"""Reading: the pages, their pictures, the search; and nothing else of the machine."""

import pytest

from modulon.core.testing import App


async def test_pages_are_listed_and_read_in_sections(app: App) -> None:
    admin = await app.set_up()
    items = (await admin.get("/api/help/pages")).json()["items"]
    assert items[0]["id"] == "guide/first-steps"
    page = (await admin.get("/api/help/pages/guide/keyboard")).json()
    assert page["title"] == page["sections"][0]["title"] == "Keyboard"
    assert "/api/help/images/guide/images/palette.png" in page["sections"][0]["text"]
    picture = await admin.get("/api/help/images/guide/images/palette.png")
    assert (picture.status, picture.headers["content-type"]) == (200, "image/png")


async def test_a_search_finds_passages_with_words_of_them(app: App) -> None:
    admin = await app.set_up()
    hits = (await admin.get("/api/help/search?q=restore+backup")).json()["items"]
    assert hits[0]["page"] == "operate/backup"
    assert hits[0]["snippet"]
    assert (await admin.get("/api/help/search?q=qqqqqq")).json()["items"] == []
    assert (await admin.get("/api/help/search?q=")).status == 422


@pytest.mark.parametrize(
    "path",
    [
        "/api/help/pages/guide/..%2F..%2Fpyproject",
        "/api/help/pages/../../../etc/passwd",
        "/api/help/pages/guide/keyboard.md",
        "/api/help/images/guide/images/..%2F..%2F..%2Fmaster.key",
        "/api/help/images/..%2Fguide/images/palette.png",
        "/api/help/images/guide/images/%2Fetc%2Fpasswd",
        "/api/help/images/guide/images/palette.png%00",
    ],
)
async def test_only_files_of_the_documentation_are_handed_out(app: App, path: str) -> None:
    admin = await app.set_up()
    reply = await admin.get(path)
    assert reply.status == 404, reply.text


async def test_nobody_reads_without_signing_in(app: App) -> None:
    await app.set_up()
    for path in ("pages", "pages/guide/keyboard", "search?q=key", "images/guide/images/palette.png"):
        assert (await app.client().get(f"/api/help/{path}")).status == 401
