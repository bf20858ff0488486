"""The event log over HTTP: what administrators see and do, and that nobody else does."""

import pytest

from modulon.core.engine.boot import Boot, context_as_system
from tests.rig.waiting import until

from .conftest import Sick


async def test_a_poisoned_event_is_given_up_seen_and_handled_once_after_mending(sick: Sick) -> None:
    async with sick.open() as app:
        admin = await app.set_up()
        (seq,) = await sick.poison(app, admin, 1)
        assert sick.tried.count(seq) == 3
        (letter,) = (await admin.get("/api/events/letters")).json()["items"]
        assert (letter["consumer"], letter["seq"], letter["tries"]) == (sick.consumer, seq, 3)
        assert (letter["type"], letter["error"]) == ("identity.workspace_created", "ValueError: cannot bear it")
        consumers = {one["name"]: one for one in (await admin.get("/api/events/consumers")).json()["items"]}
        assert (consumers[sick.consumer]["dead"], consumers[sick.consumer]["lag"]) == (1, 0)
        event = (await admin.get(f"/api/events/{seq}")).json()
        assert (event["type"], event["actor_name"], event["payload"]["workspace_id"]) == (
            letter["type"], "Admin", letter["key"],
        )  # fmt: skip

        again = {"consumer": sick.consumer, "seq": seq}
        reply = await admin.post("/api/events/letters/retry", again)
        assert (reply.status, reply.json()) == (200, {"count": 1})
        await app.core.bus.drained()
        assert len((await admin.get("/api/events/letters")).json()["items"]) == 1  # still broken
        sick.mend()
        assert (await admin.post("/api/events/letters/retry", again)).status == 200
        await until(lambda: seq in sick.handled)
        await app.core.bus.drained()
        assert sick.handled.count(seq) == 1
        refused = await admin.post("/api/events/letters/retry", again)
        assert (refused.status, refused.json()["code"]) == (404, "events.letter_unknown")
        assert (await admin.get("/api/events/letters")).json()["items"] == []


async def test_discarded_letters_are_forgotten_and_their_events_kept(sick: Sick) -> None:
    async with sick.open() as app:
        admin = await app.set_up()
        first, second, third = await sick.poison(app, admin, 3)
        one = {"consumer": sick.consumer, "seq": first}
        assert (await admin.post("/api/events/letters/discard", one)).json() == {"count": 1}
        assert (await admin.post("/api/events/letters/discard", one)).json()["code"] == "events.letter_unknown"
        unclear = await admin.post("/api/events/letters/discard", {"seq": second})
        assert (unclear.status, unclear.json()["code"]) == (422, "events.consumer_missing")
        letters = (await admin.get("/api/events/letters")).json()["items"]
        assert [letter["seq"] for letter in letters] == [third, second]
        seen = {"until": letters[1]["given_up_at"]}
        assert (await admin.post("/api/events/letters/discard", seen)).json() == {"count": 1}
        assert (await admin.post("/api/events/letters/discard", {})).json() == {"count": 1}
        assert (await admin.get(f"/api/events/{first}")).status == 200
        told = (await admin.get("/api/events?type=core.deliveries_changed")).json()["items"]
        assert {item["actor_name"] for item in told} == {"Admin"}


async def test_a_replay_delivers_again_from_the_event_on(sick: Sick) -> None:
    async with sick.open() as app:
        admin = await app.set_up()
        await sick.make(admin, "One", "Two", "Three")
        await app.core.bus.drained()
        before = list(sick.handled)
        address = f"/api/events/consumers/{sick.consumer}/replay"
        plan = (await admin.get(f"{address}?seq={before[-2]}")).json()
        assert (plan["first"], plan["last"], plan["events"]) == (before[-2], before[-1], 2)
        await app.core.bus.drained()
        assert sick.handled == before
        assert (await admin.post(address, {"seq": before[-2]})).json() == plan
        await until(lambda: len(sick.handled) == len(before) + 2)
        await app.core.bus.drained()
        assert sick.handled == before + before[-2:]
        for outside in (0, before[-1] + 1, 2**53 - 1):
            refused = await admin.post(address, {"seq": outside})
            assert (refused.status, refused.json()["code"]) == (422, "events.offset"), refused.text
        for wrong in (-1, 2**63, "x", None, 1.5):
            assert (await admin.post(address, {"seq": wrong})).status == 422
        unknown = await admin.post("/api/events/consumers/acme.nothing/replay", {"seq": 1})
        assert (unknown.status, unknown.json()["code"]) == (404, "events.consumer_unknown")


async def test_what_is_asked_of_another_process_reaches_the_one_that_holds_the_consumer(sick: Sick) -> None:
    async with sick.open() as app:
        admin = await app.set_up()
        (seq,) = await sick.poison(app, admin, 1)
        sick.mend()
        boot = Boot(sick.config())  # as a command: it opens the same data and runs no consumers
        core = await boot.start()
        try:
            events = context_as_system(core, "events", "cli").events
            await events.retry(sick.consumer, seq)
            await until(lambda: seq in sick.handled, seconds=5)
            await events.replay(sick.consumer, seq)
            await until(lambda: sick.handled.count(seq) == 2, seconds=5)
        finally:
            await boot.stop()
        await app.core.bus.drained()
        assert sick.handled.count(seq) == 2


async def test_two_servers_on_one_database_handle_it_once(sick: Sick) -> None:
    async with sick.open() as one, sick.open() as two:
        admin = await one.set_up()
        seqs = await sick.poison(one, admin, 4)
        sick.mend()
        assert await two.system("events").events.retry_all(sick.consumer) == 4
        await until(lambda: set(seqs) <= set(sick.handled), seconds=5)
        await one.core.bus.drained()
        await two.core.bus.drained()
        assert [seq for seq in sick.handled if seq in seqs] == seqs


async def test_the_list_follows_what_happens(sick: Sick) -> None:
    async with sick.open() as app:
        admin = await app.set_up()
        first = (await admin.get("/api/events?limit=1")).json()
        older = (await admin.get(f"/api/events?limit=1&cursor={first['next']}")).json()
        assert older["items"][0]["seq"] < first["items"][0]["seq"]
        await sick.make(admin, "New")
        later = (await admin.get(f"/api/events?after={first['end']}&type=identity.*")).json()
        assert [one["type"] for one in later["items"]] == ["identity.workspace_created"]
        nobody = (await admin.get(f"/api/events?after={later['end']}&key=none")).json()
        assert (nobody["items"], nobody["next"]) == ([], None)
        mine = later["items"][0]
        for chosen in (f"actor={mine['actor']}", f"workspace={mine['workspace']}", f"key={mine['key']}"):
            found = (await admin.get(f"/api/events?{chosen}")).json()["items"]
            assert mine in found
        assert "identity.workspace_created" in (await admin.get("/api/events/types")).json()["items"]
        wrongs = (
            "cursor=x", "after=x", "type=A;B", "actor=me", "since=yesterday", "since=2026-01-01T00:00:00", "key=%00",
            "limit=0", "limit=201",
        )  # fmt: skip
        for wrong in wrongs:
            assert (await admin.get(f"/api/events?{wrong}")).status == 422, wrong
        assert (await admin.get(f"/api/events/{2**53 - 1}")).json()["code"] == "events.unknown"


async def test_browsers_still_follow_their_own_stream(sick: Sick) -> None:
    async with sick.open() as app:
        await app.set_up()
        member = await app.member()
        async with member.stream("GET", "/api/events/stream") as (_, stream):
            assert await anext(stream.chunks()) == b": open\n\n"


@pytest.mark.parametrize(("who", "status"), [("member", 403), ("nobody", 401)])
async def test_nobody_else_sees_or_does_anything(sick: Sick, who: str, status: int) -> None:
    async with sick.open() as app:
        admin = await app.set_up()
        (seq,) = await sick.poison(app, admin, 1)
        client = await app.member() if who == "member" else app.client()
        for path in ("", "/types", "/consumers", "/letters", "/waiting", f"/{seq}"):
            assert (await client.get(f"/api/events{path}")).status == status
        replay = f"/api/events/consumers/{sick.consumer}/replay"
        assert (await client.get(f"{replay}?seq={seq}")).status == status
        assert (await client.post(replay, {"seq": seq})).status == status
        assert (await client.post("/api/events/letters/retry", {})).status == status
        assert (await client.post("/api/events/letters/discard", {})).status == status
        assert len((await admin.get("/api/events/letters")).json()["items"]) == 1
