"""D14 in Chromium: a name that turns the direction round moves nothing that stands beside it, on any page; one that is
spelled to be taken for another is marked wherever it is to be trusted."""

import contextlib
import sqlite3

from playwright.async_api import Browser, Locator, expect

from .conftest import House
from .pages import PAGES
from .people import EMAIL, Person, person
from .test_hostile_content import SETTLED

TURNED = "Mine \u202egnihton"
NAMES = {
    "conversations": ("title",),
    "folders": ("name",),
    "workspaces": ("name",),
    "users": ("name",),
    "api_keys": ("name",),
    "providers": ("name",),
    "provider_models": ("model_name",),
}
"""Columns with names in them."""
LOOKS_LIKE = "\N{CYRILLIC CAPITAL LETTER O}penAI"
PLAIN = "\N{CYRILLIC CAPITAL LETTER O}ткрытый OpenAI"
MARK = "letters of several alphabets which look alike"
MOVED = """(turned) => {
  const above = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host ?? null;
  const texts = (root) => [...root.childNodes].flatMap((node) => (node.nodeType === 3 ? [node] : texts(node)));
  const inner = (root) => [...root.querySelectorAll('*')].flatMap((one) => (one.shadowRoot ? all(one.shadowRoot) : []));
  const all = (root) => [...texts(root), ...inner(root)];
  const ends = (one) => {
    const { display, unicodeBidi } = getComputedStyle(one);
    return !['inline', 'contents'].includes(display) || /isolate|plaintext/.test(unicodeBidi);
  };
  const around = (node) => { let at = above(node); while (at && !ends(at)) at = above(at); return at; };
  const seen = (node) => above(node)?.checkVisibility({ visibilityProperty: true });
  const found = [...new Set(all(document.body))].filter((node) => node.data.includes('\\u202e'));
  const parted = (node, line) => {
    for (let at = above(node); at && at !== line; at = above(at)) {
      if (!/^(inline|contents)/.test(getComputedStyle(at).display)) return true;
    }
    return false;
  };
  const alone = (node) => {
    const line = around(node);
    const after = (other) => node.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
    const beside = texts(line).filter((other) => after(other) && other.data.trim() !== '' && !parted(other, line));
    return turned.startsWith(node.data.trimEnd().split('\\u202e')[1]) && beside.length === 0;
  };
  return {
    seen: found.filter(seen).length,
    moved: found.filter((node) => !alone(node)).map((node) => around(node).outerHTML.slice(0, 300)),
  };
}"""
"""Which texts with the sign share their line of direction with something that follows them."""


async def _things(house: House, me: Person) -> str:
    """One of each thing that has a name; the id of the conversation."""
    server = house.server
    key = await server.create_key(EMAIL, "read", "write", "admin")
    headers = {"authorization": f"Bearer {key}", "content-type": "application/json"}
    request = me.page.context.request
    for path, name in (("folders", "Mine"), ("workspaces", "Mine")):
        assert (await request.post(f"{server.url}/api/{path}", data={"name": name}, headers=headers)).status == 201
    parts = [{"type": "text", "text": "Hello"}]
    body = {"message": {"parts": parts, "model": "sim/sim-echo"}}
    made = await (await request.post(f"{server.url}/api/conversations", data=body, headers=headers)).json()
    await request.get(f"{server.url}/api/runs/{made['run']['id']}/events", headers=headers)
    return str(made["conversation"]["id"])


async def _call_all(house: House, name: str) -> None:
    """Every name in the database becomes *name*, as an older version or another program may have left it there."""
    await house.server.stop()
    with contextlib.closing(sqlite3.connect(house.server.data_dir / "modulon.db")) as database, database:
        for table, columns in NAMES.items():
            for column in columns:
                changed = database.execute(f"UPDATE {table} SET {column} = ?", [name])
                assert changed.rowcount > 0, table
    await house.server.start()


async def test_d14_a_name_moves_nothing_beside_it(house: House, browser: Browser) -> None:
    async with person(browser) as me:
        conversation = await _things(house, me)
        await _call_all(house, TURNED)
        await me.sign_in(house.server)
        seen, moved = 0, list[str]()
        for path in (*PAGES, f"/c/{conversation}"):
            await me.page.goto(house.server.url + path)
            await expect(me.page.get_by_role("main").first).to_be_visible()
            await me.page.evaluate(SETTLED)
            found = await me.page.evaluate(MOVED, "gnihton")
            moved += [f"{path}: {one}" for one in found["moved"]]
            seen += found["seen"]
        assert seen > len(PAGES)
        await me.page.goto(house.server.url)
        await me.composer.focus()
        await me.page.keyboard.press("Control+Shift+M")
        await expect(me.page.get_by_role("option").first).to_be_visible()
        found = await me.page.evaluate(MOVED, "gnihton")
        assert found["seen"] > 2
        assert not moved + found["moved"], "\n".join(moved + found["moved"])


async def test_d14_a_name_of_letters_that_look_alike_is_marked(house: House, browser: Browser) -> None:
    async with person(browser) as me:
        page = me.page
        mark = page.locator("[role=img]", has=page.locator("svg")).and_(page.get_by_label(MARK))

        async def marked(*places: Locator, times: int) -> None:
            for place in places:
                await expect(place.first).to_be_visible()
                await expect(place.locator(mark)).to_have_count(times)

        async def look(*, times: int) -> None:
            await page.goto(f"{house.server.url}/settings/providers")
            provider = page.get_by_role("row").nth(1)
            await marked(provider, times=times)
            await provider.get_by_role("button").first.click()
            await marked(page.locator("m-providers-models").get_by_role("row").nth(1), times=times)
            await page.goto(f"{house.server.url}/settings/people")
            await marked(page.get_by_role("row").nth(1), times=times)
            await page.goto(house.server.url)
            await marked(
                page.locator("m-workspaces-switcher > k-menu button"), page.locator("m-chat-folder"), times=times
            )
            await page.keyboard.press("Control+Shift+M")
            await marked(page.get_by_role("option").nth(2), times=times)

        await _things(house, me)
        await _call_all(house, LOOKS_LIKE)
        await me.sign_in(house.server)
        await look(times=1)
        await _call_all(house, PLAIN)
        await look(times=0)
