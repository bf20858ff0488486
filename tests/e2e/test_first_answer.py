"""From the set-up link to a first answer, counted, timed and recorded: what a person does is a count, so it is tested;
how long it took is printed. The recordings go to `test-results/` (open them with `playwright show-trace`)."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Locator, Page, expect

from tests.rig.provider import Provider
from tests.rig.server import PASSWORD, Server
from tools.paths import RESULTS

from .people import EMAIL, Person, person

STEPS = ["Your account", "A model", "Ready"]


class Counted:
    """A person whose acts are counted."""

    def __init__(self, me: Person) -> None:
        self.me = me
        self.acts = 0

    @property
    def page(self) -> Page:
        return self.me.page

    async def fill(self, field: Locator, text: str) -> None:
        self.acts += 1
        await field.fill(text)

    async def press(self, what: Locator) -> None:
        self.acts += 1
        await what.click()

    async def enter(self) -> None:
        self.acts += 1
        await self.page.keyboard.press("Enter")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)


@asynccontextmanager
async def first_hour(browser: Browser, server: Server, name: str, *, acts: int) -> AsyncIterator[Counted]:
    """Somebody who has just opened the set-up link; what they do is recorded as *name*.

    *acts* is how many fields they fill and things they press until the answer, the question included.
    """
    RESULTS.mkdir(exist_ok=True)
    async with person(browser) as me:
        await me.page.context.tracing.start(screenshots=True, snapshots=True)
        counted, began = Counted(me), time.monotonic()
        await me.page.goto(server.setup_link)
        yield counted
        print(f"{name}: {counted.acts} acts, {time.monotonic() - began:.1f} s to the first answer")
        await me.page.context.tracing.stop(path=RESULTS / f"first-answer-{name}.zip")
        assert counted.acts == acts
        assert me.complaints == []


async def make_account(i: Counted) -> None:
    """The first of three steps, with the key that is shown once."""
    assert await i.page.get_by_role("listitem").locator("b, strong").all_inner_texts() == STEPS
    await i.fill(i.page.get_by_label("Name"), "Ada")
    await i.fill(i.page.get_by_label("Email"), EMAIL)
    await i.fill(i.page.get_by_label("Password", exact=True), PASSWORD)
    await i.enter()
    await i.press(i.page.get_by_label("I have saved it"))
    await i.press(i.button("Continue"))


async def ask(i: Counted, question: str, answer: str, model: str = "") -> None:
    """Leave the set-up and ask, *model* if it is not the first."""
    await i.press(i.button("Open Modulon").or_(i.page.get_by_role("link", name="Open Modulon")))
    if model:
        await i.me.choose_model(model)
        i.acts += 3
    await i.fill(i.me.composer, question)
    await i.enter()
    await i.me.answered(answer)


async def test_with_the_guide(server: Server, browser: Browser) -> None:
    async with first_hour(browser, server, "guide", acts=11) as i:
        await make_account(i)
        await i.press(i.page.get_by_label("Start with the built-in guide"))
        await i.press(i.button("Go on without one"))
        await ask(i, "How do I add a provider?", "Add provider")
        await i.page.get_by_role("link", name="Providers and models \u203a Adding a provider", exact=True).click()
        await expect(i.page.get_by_role("heading", name="Adding a provider")).to_be_visible()


async def test_with_a_provider(server: Server, provider: Provider, browser: Browser) -> None:
    async with first_hour(browser, server, "provider", acts=17) as i:
        await make_account(i)
        await i.press(i.button("Choose"))
        await i.fill(i.page.get_by_role("textbox", name="Name"), "Sim")
        await i.fill(i.page.get_by_role("textbox", name="Address"), provider.url)
        await i.enter()
        # the step is longer than the window: what comes next is seen without looking for it
        await expect(i.button("Continue with Sim")).to_be_in_viewport()
        await i.press(i.button("Continue with Sim"))
        await ask(i, "Show me code", "fibonacci", model="sim-code")
