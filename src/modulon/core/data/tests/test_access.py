"""Who reaches which rows: the guards, on both engines."""

from uuid import UUID

import pytest
import sqlalchemy as sa

from modulon.core.data import tables
from modulon.core.data.database import Engine
from modulon.core.data.tests.notes import (
    ADD,
    ADD_DIARY,
    ADD_PAGE,
    DELETE,
    GET,
    MINE,
    PAGES,
    RENAME,
    VISIBLE,
    VISIBLE_DIARIES,
    person,
)
from modulon.sdk.errors import NotFound
from modulon.sdk.identity import ANONYMOUS, EVERYONE, SYSTEM_WORKSPACE, Principal, Role
from modulon.sdk.ids import new_id
from modulon.sdk.storage import Id, change, now

SYSTEM = Principal(kind="system", name="test")
GRANT = change(sa.insert(tables.grants), unguarded="a test hands out rights")
REVOKE = change(
    sa.delete(tables.grants).where(tables.grants.c.resource_id == sa.bindparam("id", type_=Id)),
    unguarded="a test takes rights away",
)
ADD_USER = change(sa.insert(tables.users), unguarded="a test makes people")
ADD_GROUP = change(sa.insert(tables.groups), unguarded="a test makes groups")
JOIN = change(sa.insert(tables.memberships), unguarded="a test fills groups")


async def note_of(engine: Engine, principal: Principal) -> UUID:
    note_id = new_id()
    async with engine.bind(principal).write() as tx:
        tx.run(ADD, {"id": note_id, "title": "x"})
        tx.run(ADD_PAGE, {"id": new_id(), "note_id": note_id, "body": {}})
    return note_id


async def grant(engine: Engine, resource: UUID, subject: UUID | None, role: Role) -> None:
    values = {"id": new_id(), "resource_type": "note", "role": int(role), "created_at": now()}
    async with engine.bind(SYSTEM).write() as tx:
        tx.run(GRANT, {**values, "resource_id": resource, "subject_id": subject})


async def group_with(engine: Engine, user: UUID | None) -> UUID:
    group = new_id()
    at = {"created_at": now(), "updated_at": now()}
    async with engine.bind(SYSTEM).write() as tx:
        values = {"email": "x", "email_key": str(user), "name": "x", "password_hash": "", "epoch": 0}
        tx.run(ADD_USER, {"id": user, **values, "admin": False, "suspended": False, **at})
        tx.run(ADD_GROUP, {"id": group, "name": "g", "name_key": str(group), **at})
        tx.run(JOIN, {"group_id": group, "user_id": user})
    return group


async def sees(engine: Engine, principal: Principal, note_id: UUID) -> bool:
    """Whether *principal* sees the note in every way there is, or in none."""
    async with engine.bind(principal).read() as db:
        listed = note_id in [note.id for note in await db.all(VISIBLE)]
        found = await db.first(GET, {"id": note_id}) is not None
        child = bool(await db.all(PAGES, {"id": note_id}))
    assert listed == found == child
    return listed


async def may_rename(engine: Engine, principal: Principal, note_id: UUID) -> bool:
    try:
        async with engine.bind(principal).write() as tx:
            tx.run(RENAME, {"id": note_id, "title": "renamed"}, expect=1)
    except NotFound:
        return False
    return True


async def test_two_users_do_not_see_each_other(engine: Engine) -> None:
    ann, ben = person(), person()
    note_id = await note_of(engine, ann)
    assert await sees(engine, ann, note_id)
    assert await may_rename(engine, ann, note_id)
    assert not await sees(engine, ben, note_id)
    assert not await may_rename(engine, ben, note_id)
    with pytest.raises(NotFound):
        async with engine.bind(ben).write() as tx:
            tx.run(DELETE, {"id": note_id}, expect=1)


async def test_sharing_a_workspace_is_not_enough_without_a_grant(engine: Engine) -> None:
    ann = person()
    note_id = await note_of(engine, ann)
    assert not await sees(engine, person(ann.workspace), note_id)


async def test_the_owner_in_another_workspace_does_not_reach_it(engine: Engine) -> None:
    ann = person()
    note_id = await note_of(engine, ann)
    elsewhere = Principal(kind="user", subject=ann.subject, user=ann.user, workspace=new_id())
    assert not await sees(engine, elsewhere, note_id)


@pytest.mark.parametrize(("role", "writes"), [(Role.viewer, False), (Role.editor, True), (Role.manager, True)])
async def test_a_grant_on_the_row_gives_its_role(engine: Engine, role: Role, writes: bool) -> None:
    ann, ben = person(), person()
    note_id, other = await note_of(engine, ann), await note_of(engine, ann)
    await grant(engine, note_id, ben.user, role)
    assert await sees(engine, ben, note_id)
    assert await may_rename(engine, ben, note_id) is writes
    assert not await sees(engine, ben, other)
    async with engine.bind(ben).read() as db:
        assert await db.all(MINE) == []


async def test_a_grant_taken_back_ends_it(engine: Engine) -> None:
    ann, ben = person(), person()
    note_id = await note_of(engine, ann)
    await grant(engine, note_id, ben.user, Role.manager)
    async with engine.bind(SYSTEM).write() as tx:
        tx.run(REVOKE, {"id": note_id}, expect=1)
    assert not await sees(engine, ben, note_id)


async def test_a_grant_to_a_group_reaches_its_members_only(engine: Engine) -> None:
    ann, ben, eve = person(), person(), person()
    note_id = await note_of(engine, ann)
    await grant(engine, note_id, await group_with(engine, ben.user), Role.editor)
    assert await may_rename(engine, ben, note_id)
    assert not await sees(engine, eve, note_id)


async def test_a_grant_to_everyone_reaches_all_who_signed_in(engine: Engine) -> None:
    note_id = await note_of(engine, person())
    assert not await sees(engine, person(), note_id)
    await grant(engine, note_id, EVERYONE, Role.viewer)
    key = Principal(kind="key", subject=new_id(), user=new_id(), workspace=new_id())
    module = Principal(kind="module", subject=new_id(), workspace=new_id())
    for principal in (person(), key, module):
        assert await sees(engine, principal, note_id)
        assert not await may_rename(engine, principal, note_id)
    assert not await sees(engine, ANONYMOUS, note_id)


async def test_a_grant_on_the_workspace_opens_shared_tables(engine: Engine) -> None:
    ann, ben = person(), person()
    note_id = await note_of(engine, ann)
    await grant(engine, ann.workspace or new_id(), ben.user, Role.editor)
    assert await may_rename(engine, ben, note_id)


async def test_a_grant_on_the_workspace_opens_nothing_private(engine: Engine) -> None:
    ann, ben = person(), person()
    async with engine.bind(ann).write() as tx:
        tx.run(ADD_DIARY, {"id": (diary := new_id())})
    await grant(engine, ann.workspace or new_id(), ben.user, Role.manager)
    async with engine.bind(ben).read() as db:
        assert await db.all(VISIBLE_DIARIES) == []
    async with engine.bind(ann).read() as db:
        assert await db.all(VISIBLE_DIARIES) == [diary]


async def test_the_anonymous_own_and_reach_nothing(engine: Engine) -> None:
    note_id = await note_of(engine, person())
    assert not await sees(engine, ANONYMOUS, note_id)
    with pytest.raises(Exception, match=r"(?i)not.null"):
        await note_of(engine, ANONYMOUS)


async def test_callers_cannot_set_the_guards_parameters(engine: Engine) -> None:
    ann, ben = person(), person()
    note_id = await note_of(engine, ann)
    async with engine.bind(ben).read() as db:
        with pytest.raises(TypeError, match="unknown"):
            await db.first(GET, {"id": note_id, "p_user": ann.user})


async def test_the_systems_rows_are_in_its_workspace(engine: Engine) -> None:
    note_id = await note_of(engine, SYSTEM)
    assert await sees(engine, SYSTEM, note_id)
    admin = person()
    await grant(engine, SYSTEM_WORKSPACE, admin.user, Role.manager)
    assert await may_rename(engine, admin, note_id)
