"""Signing in, exchanging tokens, signing out."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from modulon.core.identity import cookies, sessions
from modulon.core.identity.errors import PlainHttp, SessionEnded, SignInFailed, SignInPaused, Suspended
from modulon.core.identity.tokens import AccessTokens
from modulon.sdk.errors import NotFound, Problem, Unauthenticated
from modulon.sdk.identity import Connection, Principal, SignedIn
from modulon.sdk.ids import new_id
from modulon.sdk.storage import now

from .conftest import BROWSER, PASSWORD, SYSTEM, Server, cookie, cookie_header

Travel = Callable[[timedelta], None]


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Travel:
    """Set the clock of sessions forward."""

    def later(by: timedelta) -> None:
        monkeypatch.setattr(sessions, "now", lambda: now() + by)

    return later


async def refresh(server: Server, header: str, connection: Connection = BROWSER) -> SignedIn:
    return await server.anonymous.refresh(cookie_header=header, connection=connection)


async def failure(server: Server, email: str, password: str, connection: Connection = BROWSER) -> Problem:
    with pytest.raises(Problem) as caught:
        await server.anonymous.sign_in(email=email, password=password, connection=connection)
    return caught.value


async def test_the_right_password_signs_in_however_the_address_is_spelled(server: Server) -> None:
    user = await server.user("Ada@Example.org")
    signed_in = await server.sign_in(" ada@EXAMPLE.org ")
    assert signed_in.user == user
    principal = await server.principal(signed_in)
    assert principal.kind == "user"
    assert principal.user == user.id
    assert "admin" not in principal.scopes


async def test_b07_an_unknown_account_gets_the_same_answer_for_the_same_work(server: Server) -> None:
    await server.user()
    passwords = server.authority._parts.passwords
    known, unknown = [], []
    for answers, email in ((known, "user@example.org"), (unknown, "nobody@example.org")):
        before = passwords.work
        problem = await failure(server, email, "wrong")
        answers.append((type(problem), problem.message, problem.params, problem.headers, passwords.work - before))
    assert known == unknown
    assert known[0][0] is SignInFailed
    assert known[0][-1] == 1


async def test_b07_the_pause_comes_alike_for_unknown_accounts(server: Server) -> None:
    await server.user()
    for email in ("user@example.org", "nobody@example.org"):
        answers = [await failure(server, email, "wrong") for _ in range(6)]
        assert [type(answer) for answer in answers] == [SignInFailed] * 5 + [SignInPaused]
        assert [answer.params.get("tries") for answer in answers[:5]] == [4, 3, 2, 1, 0]
        assert answers[5].params == {"minutes": 15}
        assert answers[5].headers == {"Retry-After": "900"}
    paused = await failure(server, "user@example.org", PASSWORD)
    assert isinstance(paused, SignInPaused)
    elsewhere = Connection("192.0.2.7", encrypted=True, host="chat.example.org", user_agent="")
    assert (await server.sign_in(connection=elsewhere)).user.email == "user@example.org"


async def test_a_thousand_guesses_at_once_are_not_a_thousand_tries(server: Server) -> None:
    await server.user()
    before = server.authority._parts.passwords.work
    answers = await asyncio.gather(*(failure(server, "user@example.org", f"guess {n}") for n in range(1000)))
    assert sum(isinstance(answer, SignInFailed) for answer in answers) == 5
    assert server.authority._parts.passwords.work - before == 5


async def test_a_suspended_person_learns_it_only_with_the_right_password(server: Server) -> None:
    user = await server.user()
    await server.authority.suspend(user.id)
    assert isinstance(await failure(server, user.email, "wrong"), SignInFailed)
    assert isinstance(await failure(server, user.email, PASSWORD), Suspended)
    await server.authority.restore(user.id)
    assert (await server.sign_in()).user.id == user.id


async def test_a_hash_with_old_parameters_is_replaced(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    user = await server.user()
    before = (await server.authority.users.account(user.id)).password_hash
    monkeypatch.setattr(server.authority._parts.passwords, "outdated", lambda stored: True)
    await server.sign_in()
    after = (await server.authority.users.account(user.id)).password_hash
    assert after != before
    assert (await server.sign_in()).user.id == user.id


async def test_plain_http_on_a_public_address_is_refused_with_the_instruction(server: Server) -> None:
    await server.user()
    public = Connection("203.0.113.9", encrypted=False, host="chat.example.org", user_agent="")
    assert isinstance(await failure(server, "user@example.org", PASSWORD, public), PlainHttp)
    with pytest.raises(PlainHttp):
        await refresh(server, "", public)


async def test_exchanging_gives_a_new_pair_for_the_same_session(server: Server) -> None:
    await server.user()
    first = await server.sign_in()
    second = await refresh(server, cookie_header(first))
    assert cookie(second, "refresh") != cookie(first, "refresh")
    assert (await server.principal(second)).session == (await server.principal(first)).session
    third = await refresh(server, cookie_header(second))
    assert cookie(third, "refresh") not in (cookie(first, "refresh"), cookie(second, "refresh"))


async def test_ten_tabs_that_wake_together_stay_signed_in(server: Server) -> None:
    await server.user()
    first = await server.sign_in()
    servers = [server, server.another()]
    results = await asyncio.gather(*(refresh(servers[n % 2], cookie_header(first)) for n in range(10)))
    assert len({cookie(result, "refresh") for result in results}) == 1
    assert cookie(results[0], "refresh") != cookie(first, "refresh")
    again = await refresh(server, cookie_header(results[7]))
    assert (await server.principal(again)).user == first.user.id


async def test_a_repetition_within_30_seconds_gets_the_same_successor(server: Server, travel: Travel) -> None:
    await server.user()
    first = await server.sign_in()
    second = await refresh(server, cookie_header(first))
    travel(timedelta(seconds=29))
    assert cookie(await refresh(server, cookie_header(first)), "refresh") == cookie(second, "refresh")


async def test_a_replay_after_30_seconds_ends_the_session(server: Server, travel: Travel) -> None:
    await server.user()
    first = await server.sign_in()
    second = await refresh(server, cookie_header(first))
    travel(timedelta(seconds=31))
    with pytest.raises(SessionEnded):
        await refresh(server, cookie_header(first))
    with pytest.raises(SessionEnded):
        await refresh(server, cookie_header(second))


async def test_a_replay_of_an_older_token_ends_the_session_at_any_time(server: Server) -> None:
    await server.user()
    tokens = [await server.sign_in()]
    for _ in range(3):
        tokens.append(await refresh(server, cookie_header(tokens[-1])))
    with pytest.raises(SessionEnded):
        await refresh(server, cookie_header(tokens[0]))
    with pytest.raises(SessionEnded):
        await refresh(server, cookie_header(tokens[-1]))


async def test_another_session_lives_on_when_one_was_replayed(server: Server, travel: Travel) -> None:
    await server.user()
    stolen, other = await server.sign_in(), await server.sign_in()
    await refresh(server, cookie_header(stolen))
    travel(timedelta(minutes=1))
    with pytest.raises(SessionEnded):
        await refresh(server, cookie_header(stolen))
    assert (await refresh(server, cookie_header(other))).user == other.user


@pytest.mark.parametrize("header", ["", "modulon-refresh=", "modulon-refresh=invented", "another=cookie"])
async def test_without_a_token_of_ours_nothing_is_exchanged(server: Server, header: str) -> None:
    with pytest.raises(SessionEnded):
        await refresh(server, header)


async def test_a_token_of_a_deleted_session_is_refused(server: Server) -> None:
    token = server.authority._parts.refresh.first(new_id())
    with pytest.raises(SessionEnded):
        await refresh(server, f"{cookies.REFRESH}={token}")


async def test_a_session_ends_when_it_is_not_used_for_two_weeks(server: Server, travel: Travel) -> None:
    await server.user()
    first = await server.sign_in()
    travel(timedelta(days=13))
    second = await refresh(server, cookie_header(first))
    travel(timedelta(days=26))
    third = await refresh(server, cookie_header(second))
    travel(timedelta(days=41))
    with pytest.raises(SessionEnded):
        await refresh(server, cookie_header(third))


async def test_a_session_ends_after_three_months_of_use(server: Server, travel: Travel) -> None:
    await server.user()
    current = await server.sign_in()
    for day in range(10, 90, 10):
        travel(timedelta(days=day))
        current = await refresh(server, cookie_header(current))
    seconds = int(current.cookies[1].header.partition("Max-Age=")[2].partition(";")[0])
    assert timedelta(days=9, hours=23) < timedelta(seconds=seconds) <= timedelta(days=10)
    travel(timedelta(days=91))
    with pytest.raises(SessionEnded):
        await refresh(server, cookie_header(current))


async def test_b11_signing_out_ends_both_tokens_and_clears_the_cookies(server: Server) -> None:
    await server.user()
    signed_in = await server.sign_in()
    principal = await server.principal(signed_in)
    cleared = await server.authority.bound(principal).sign_out(connection=BROWSER)
    with pytest.raises(SessionEnded):
        await server.principal(signed_in)
    with pytest.raises(SessionEnded):
        await refresh(server, cookie_header(signed_in))
    for given, taken in zip(signed_in.cookies, cleared, strict=True):
        assert _attributes(given.header) == _attributes(taken.header)
        assert "Max-Age=0" in taken.header
    again = await server.authority.bound(principal).sign_out(connection=BROWSER)
    assert again == cleared


def _attributes(header: str) -> list[str]:
    pair, *attributes = header.split("; ")
    return [pair.partition("=")[0], *(part for part in attributes if not part.startswith("Max-Age"))]


async def test_b11_a_key_has_no_session_to_end(server: Server) -> None:
    cleared = await server.anonymous.sign_out(connection=BROWSER)
    assert len(cleared) == 2


async def test_sessions_are_listed_and_ended_by_their_owner_alone(server: Server) -> None:
    await server.user()
    await server.user("other@example.org")
    firefox = Connection("127.0.0.1", encrypted=False, host="localhost", user_agent="Firefox" * 100)
    first, second = await server.sign_in(), await server.sign_in(connection=firefox)
    mine = server.authority.bound(await server.principal(second))
    listed = await mine.sessions()
    assert [session.id for session in listed] == [
        (await server.principal(second)).session,
        (await server.principal(first)).session,
    ]
    assert len(listed[0].user_agent) == 200
    other = server.authority.bound(await server.principal(await server.sign_in("other@example.org")))
    for unreachable in (listed[1].id, new_id()):
        with pytest.raises(NotFound):
            await other.end_session(unreachable)
    await mine.end_session(listed[1].id)
    with pytest.raises(SessionEnded):
        await server.principal(first)
    assert [session.id for session in await mine.sessions()] == [listed[0].id]


async def test_nobody_and_the_system_have_no_sessions(server: Server) -> None:
    for service in (server.anonymous, server.system):
        with pytest.raises(Unauthenticated):
            await service.sessions()


async def test_suspension_ends_sessions_here_at_once_and_elsewhere_within_a_second(
    server: Server, a_second_later: Callable[[], None]
) -> None:
    user = await server.user()
    signed_in = await server.sign_in()
    elsewhere = server.another()
    token = cookie(signed_in, "access")
    await elsewhere.authority.credentials.by_access_token(token)
    await server.authority.suspend(user.id, actor=SYSTEM)
    with pytest.raises(SessionEnded):
        await server.principal(signed_in)
    a_second_later()
    with pytest.raises(SessionEnded):
        await elsewhere.authority.credentials.by_access_token(token)
    with pytest.raises(SessionEnded):
        await refresh(server, cookie_header(signed_in))
    await server.authority.restore(user.id)
    with pytest.raises(SessionEnded):
        await server.principal(signed_in)


async def test_suspending_nobody_is_not_found(server: Server) -> None:
    for change in (server.authority.suspend, server.authority.restore):
        with pytest.raises(NotFound):
            await change(new_id())


async def test_an_expired_access_token_is_refused_also_when_it_was_known(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    await server.user()
    signed_in = await server.sign_in()
    principal = await server.principal(signed_in)
    assert isinstance(principal, Principal)
    later = datetime.now().timestamp() + 601  # noqa: DTZ005
    monkeypatch.setattr("time.time", lambda: later)
    with pytest.raises(SessionEnded):
        await server.principal(signed_in)


async def test_b04_a_true_token_for_another_users_session_is_refused(server: Server) -> None:
    """Even whoever could sign would have to name a session of that very user, in that user's present epoch."""
    user, other = await server.user(), await server.user("other@example.org")
    session = (await server.principal(await server.sign_in())).session
    assert session is not None
    tokens: AccessTokens = server.authority._parts.access
    for user_id, epoch in ((other.id, 1), (user.id, 2), (user.id, 0)):
        with pytest.raises(SessionEnded):
            await server.authority.credentials.by_access_token(tokens.issue(user_id, session, epoch, now()))
