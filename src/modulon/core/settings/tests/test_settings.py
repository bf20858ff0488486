"""Settings: whose value counts, who may set it, and secrets that stay sealed."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import Field

from modulon.core.data.database import Engine, open_database
from modulon.core.data.migrations import migrate
from modulon.core.secrets import MasterKey, SecretBox
from modulon.core.settings import SettingsService
from modulon.core.settings.service import SettingScopeDenied, SettingUnknown
from modulon.core.settings.store import VISIBLE
from modulon.sdk.errors import Invalid
from modulon.sdk.identity import SYSTEM_WORKSPACE, Principal
from modulon.sdk.ids import new_id
from modulon.sdk.settings import ModuleSettings, Secret

BOX = SecretBox(MasterKey.of(os.urandom(32)))
WORKSPACE = new_id()


class Settings(ModuleSettings):
    scopes = ("system", "workspace", "user")

    page_size: int = Field(50, ge=1, le=200, description="Conversations a page")
    tags: list[str] = Field([], description="Tags")
    token: Secret | None = Field(None, description="A token")


class Smaller(ModuleSettings):
    """The same module after an update that tightened a limit and dropped a field."""

    page_size: int = Field(10, ge=1, le=20, description="Conversations a page")


ADMIN = Principal(kind="user", user=new_id(), workspace=WORKSPACE, admin=True)
MEMBER = Principal(kind="user", user=new_id(), workspace=WORKSPACE)
OTHER = Principal(kind="user", user=new_id(), workspace=new_id())
SYSTEM = Principal(kind="system", workspace=SYSTEM_WORKSPACE, admin=True)


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[Engine]:
    url = f"sqlite:///{tmp_path / 'modulon.db'}"
    await migrate(url, {})
    opened = await open_database(url, strict=True)
    yield opened
    await opened.close()


def of(engine: Engine, principal: Principal, module: str = "chat") -> SettingsService:
    return SettingsService(engine, BOX, module, principal, Settings)


async def test_the_nearest_value_counts(engine: Engine) -> None:
    member, other = of(engine, MEMBER), of(engine, OTHER)
    assert (await member.read(Settings)).page_size == 50
    await of(engine, ADMIN).write("system", "page_size", 60)
    await of(engine, Principal(kind="system", workspace=WORKSPACE)).write("workspace", "page_size", 70)
    assert (await member.read(Settings)).page_size == 70
    await member.write("user", "page_size", 80)
    assert (await member.read(Settings)).page_size == 80
    assert (await other.read(Settings)).page_size == 60
    await member.write("user", "page_size", None)
    assert (await member.read(Settings)).page_size == 70


async def test_writing_twice_replaces(engine: Engine) -> None:
    member = of(engine, MEMBER)
    for tags in (["a"], ["b", "c"]):
        await member.write("user", "tags", tags)
    assert (await member.read(Settings)).tags == ["b", "c"]


async def test_modules_do_not_see_each_others(engine: Engine) -> None:
    await of(engine, MEMBER, "chat").write("user", "page_size", 80)
    assert (await of(engine, MEMBER, "notes").read(Settings)).page_size == 50


@pytest.mark.parametrize("scope", ["system", "workspace"])
async def test_a_member_decides_for_nobody_else(engine: Engine, scope: str) -> None:
    with pytest.raises(SettingScopeDenied):
        await of(engine, MEMBER).write(scope, "page_size", 1)  # type: ignore[arg-type]
    assert (await of(engine, MEMBER).read(Settings)).page_size == 50


async def test_the_anonymous_decide_for_nobody(engine: Engine) -> None:
    with pytest.raises(SettingScopeDenied):
        await of(engine, Principal(kind="anonymous")).write("user", "page_size", 1)


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("page_size", 0, "value.small"),
        ("page_size", "many", "value.type"),
        ("tags", "a", "value.type"),
        ("token", 3, "value.type"),
    ],
)
async def test_what_does_not_fit_is_refused_and_named(engine: Engine, key: str, value: object, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        await of(engine, MEMBER).write("user", key, value)
    assert {pointer: wrong.code for pointer, wrong in caught.value.fields.items()} == {f"/{key}": code}


async def test_an_unknown_setting_is_refused(engine: Engine) -> None:
    with pytest.raises(SettingUnknown):
        await of(engine, MEMBER).write("user", "admin", True)
    with pytest.raises(SettingUnknown):
        await SettingsService(engine, BOX, "chat", MEMBER, None).write("user", "page_size", 5)


async def test_s01_a_secret_is_sealed_in_the_row_and_opens_for_its_module_alone(engine: Engine) -> None:
    member = of(engine, MEMBER)
    await member.write("user", "token", "canary-token-4711")
    token = (await member.read(Settings)).token
    assert token is not None
    assert token.get_secret_value() == "canary-token-4711"
    params = {"module": "chat", "workspace_id": WORKSPACE, "user_id": MEMBER.user}
    async with engine.bind(MEMBER).read() as db:
        (row,) = await db.all(VISIBLE, params)
    assert row.value.startswith("v1:")
    assert "canary" not in row.value


async def test_values_that_no_longer_fit_count_as_unset(engine: Engine) -> None:
    member = of(engine, MEMBER)
    await member.write("user", "page_size", 100)
    await member.write("user", "tags", ["a"])
    assert (await member.read(Smaller)).page_size == 10
