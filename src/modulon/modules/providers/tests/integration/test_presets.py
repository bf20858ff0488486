"""Presets, keys recognised by their shape, and servers found on this machine."""

import re
from collections.abc import Sequence

import msgspec
import pytest

from modulon.core.testing import App
from modulon.modules.providers.backend.presets import probe
from modulon.modules.providers.backend.presets.known import Preset, presets, recognised
from modulon.modules.providers.backend.serving.names import allowed_by, normal_endpoint
from tests.rig.provider import Provider

HEX32 = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("key", "slugs"),
    [
        ("sk-proj-Ab_1" + "x" * 40, ["openai"]),
        ("sk-" + "aB3" * 16, ["openai"]),
        ("sk-ant-api03-" + "x-Y_" * 20, ["anthropic"]),
        ("sk-or-v1-" + HEX32 * 2, ["openrouter"]),
        ("gsk_" + "aB3d" * 13, ["groq"]),
        ("sk-" + HEX32, ["deepseek"]),
        ("tgp_v1_" + "aB3d" * 10, ["together"]),
        (HEX32 * 2, ["together"]),
        ("xai-" + "aB3d" * 20, ["xai"]),
        ("fw_" + "aB3d" * 6, ["fireworks"]),
        ("csk-" + "ab3d" * 12, ["cerebras"]),
        ("aB3d" * 8, ["mistral"]),
        ("aB3d" * 21, ["azure"]),
        (HEX32, ["mistral", "azure"]),
        (f"  {HEX32}\n", ["mistral", "azure"]),
        ("hunter2", []),
        ("", []),
        ("sk-ant-" + "x" * 5000, []),
    ],
)
def test_a_key_is_recognised_by_its_shape(key: str, slugs: list[str]) -> None:
    assert [preset.slug for preset in recognised(key)] == slugs


def test_presets_are_whole() -> None:
    assert len({preset.slug for preset in presets()}) == len({preset.name for preset in presets()}) == len(presets())
    for preset in presets():
        filled = re.sub("<[a-z]+>", "name", preset.endpoint)
        assert normal_endpoint(filled) == filled
        assert preset.local == preset.endpoint.startswith("http://127.0.0.1:")
        assert (preset.key == "needed") == (preset.shape is not None) == (preset.key_url is not None)
        assert preset.complete == (filled == preset.endpoint)


def test_e07_only_fixed_ports_of_this_machine_are_asked() -> None:
    assert {allowed_by(preset.endpoint).host for preset in probe.ports()} == {"127.0.0.1"}
    assert [allowed_by(preset.endpoint).port for preset in probe.ports()] == [11434, 1234, 8080, 8000, 1337, 4891]
    assert [allowed_by(preset.endpoint).port for preset in probe.asked({8080})] == [11434, 1234, 8000, 1337, 4891]


async def test_an_admin_reads_presets_and_has_a_key_recognised(app: App) -> None:
    admin = await app.set_up()
    listed = (await admin.get("/api/providers/presets")).json()
    assert len(listed["items"]) == len(presets())
    assert sum(preset["probe"] for preset in listed["items"]) == len(probe.ports())
    told = await admin.post("/api/providers/recognise", {"api_key": "sk-ant-api03-" + "x" * 40})
    assert told.json() == {"presets": ["anthropic"]}
    member = await app.member()
    assert (await member.get("/api/providers/presets")).status == 403
    assert (await member.post("/api/providers/recognise", {"api_key": "x"})).status == 403


def as_local(provider: Provider, *, key: str = "none") -> Preset:
    """The simulated provider, as if it were one of the servers people run."""
    sim = {"slug": "sim", "name": "Sim", "endpoint": provider.url, "key": key, "probe": True}
    return msgspec.convert(sim, Preset)


async def test_e07_servers_on_this_machine_are_found_once_an_admin_says_so(
    app: App, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead = msgspec.structs.replace(as_local(provider), slug="dead", endpoint="http://127.0.0.1:9/v1")

    def ports() -> Sequence[Preset]:
        return (as_local(provider), dead)

    monkeypatch.setattr(probe, "ports", ports)
    admin = await app.set_up()
    member = await app.member()
    assert (await member.post("/api/providers/probe")).status == 403
    assert provider.stats.requests.total() == 0
    looked = (await admin.post("/api/providers/probe")).json()
    assert looked["asked"] == [allowed_by(provider.url).port, 9]
    (found,) = looked["found"]
    assert (found["preset"], found["endpoint"], found["needs_key"]) == ("sim", provider.url, False)
    assert found["total"] > len(found["models"]) == 10
    assert found["provider"] is None
    assert dict(provider.stats.requests) == {"/v1/models": 1}
    assert provider.stats.last_authorization == ""
    body = {"name": "Sim", "type": "openai", "endpoint": found["endpoint"]}
    assert (await admin.post("/api/providers", body)).status == 201
    (again,) = (await admin.post("/api/providers/probe")).json()["found"]
    assert again["provider"] == "Sim"
