"""The whole application, with the tables of all modules, on each engine: backed up while it runs, and restored."""

from contextlib import AbstractAsyncContextManager

from modulon.cli.backup import backups_of
from modulon.core.data.backup.tests.machine import Machine
from modulon.core.testing import PASSWORD, App, open_app
from modulon.sdk.testing import Client


def running(machine: Machine) -> AbstractAsyncContextManager[App]:
    return open_app(machine.config.data_dir, database_url=machine.config.database_url)


async def set_up(app: App) -> tuple[Client, str]:
    client = app.client()
    body = {"token": app.setup_token, "name": "Admin", "email": "admin@example.org", "password": PASSWORD}
    reply = await client.post("/api/setup", body)
    return client, str(reply.json()["recovery_key"])


async def titles(client: Client) -> list[str]:
    found = await client.get("/api/conversations?limit=50")
    assert found.status == 200, found.text
    return [item["title"] for item in found.json()["items"]]


async def test_r16_everything_is_there_again(machine: Machine, empty: Machine) -> None:
    async with running(machine) as app:
        client, key = await set_up(app)
        for number in range(3):
            made = await client.post("/api/conversations", {"title": f"Plan {number}"})
            assert made.status == 201, made.text
        backup = await backups_of(machine.config).create()
        await client.post("/api/conversations", {"title": "Too late"})
    async with backups_of(empty.config).restoring(backup.shelved.file, key) as restoration:
        assert restoration.kept == []
        await restoration.carry_out()
    async with running(empty) as app:
        assert app.setup_token is None
        client = app.client()
        signed_in = await client.post("/api/sessions", {"email": "admin@example.org", "password": PASSWORD})
        assert signed_in.status == 201
        assert await titles(client) == ["Plan 2", "Plan 1", "Plan 0"]
        # What numbers rows goes on: another conversation is made, and found.
        await client.post("/api/conversations", {"title": "Afterwards"})
        assert await titles(client) == ["Afterwards", "Plan 2", "Plan 1", "Plan 0"]
        again = await backups_of(empty.config).create()
    assert again.manifest.event_seq > backup.manifest.event_seq
