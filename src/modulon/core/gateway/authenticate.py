"""Who asks: a browser by its cookie, a program by its key; in which workspace; and never on another site's behalf."""

from typing import Final
from uuid import UUID

from modulon.core.identity import cookies
from modulon.core.identity.authority import Authority
from modulon.core.identity.errors import CrossSite, KeyInAddress, WorkspaceUnknown
from modulon.core.identity.keytext import KEY
from modulon.sdk.errors import NotFound, Unauthenticated
from modulon.sdk.identity import ANONYMOUS, Connection, Principal
from modulon.sdk.routes import Scope

_WANTED: Final = frozenset(
    {b"authorization", b"x-api-key", b"cookie", b"origin", b"sec-fetch-site", b"modulon-workspace"}
)
_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITE: Final = frozenset({"same-origin", "none"})


class Authenticator:
    """Finds the principal of a request. Keys count alike in `Authorization: Bearer` and `x-api-key`, nowhere else."""

    def __init__(self, authority: Authority) -> None:
        self._credentials = authority.credentials

    async def __call__(self, scope: Scope, connection: Connection, *, optional: bool = False) -> Principal:
        """The principal; with *optional* the anonymous one if there are no valid credentials.

        Raises `Unauthenticated`, `NotFound` for a foreign workspace, `Denied` for what another site sent.
        """
        headers = {name: value.decode("latin-1") for name, value in scope["headers"] if name in _WANTED}
        _refuse_key_in_address(scope["query_string"])
        key = _key(headers)
        token = "" if key else _token(headers, connection)
        if not key and scope["method"] not in _READS:
            _refuse_other_sites(headers, connection, browser=bool(token))
        try:
            principal = await self._verified(key, token)
            return await self._in_workspace(principal, headers.get(b"modulon-workspace"))
        except (Unauthenticated, NotFound):
            if optional:
                return ANONYMOUS
            raise

    async def _verified(self, key: str, token: str) -> Principal:
        if key:
            return await self._credentials.by_key(key)
        if token:
            return await self._credentials.by_access_token(token)
        raise Unauthenticated

    async def _in_workspace(self, principal: Principal, chosen: str | None) -> Principal:
        if chosen is None:
            return principal
        try:
            workspace = UUID(chosen)
        except ValueError as error:
            raise WorkspaceUnknown from error
        return await self._credentials.in_workspace(principal, workspace)


def _key(headers: dict[bytes, str]) -> str:
    """The API key of the request. Schemes other than Bearer are not for us: a proxy in front may ask for its own."""
    scheme, _, value = headers.get(b"authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else headers.get(b"x-api-key", "")


def _token(headers: dict[bytes, str], connection: Connection) -> str:
    return cookies.read(headers.get(b"cookie", ""), cookies.ACCESS, encrypted=connection.encrypted)


def _refuse_key_in_address(query: bytes) -> None:
    if b"mdl_" in query and KEY.search(query.decode("latin-1")):
        raise KeyInAddress


def _refuse_other_sites(headers: dict[bytes, str], connection: Connection, *, browser: bool) -> None:
    """Refuse a write that a browser sent for another site.

    Browsers say it by `Sec-Fetch-Site`, older ones and those on plain HTTP by `Origin`; pages can set neither. A
    *browser*, known by its cookie, must send one of them; a program without cookies need not.
    """
    site = headers.get(b"sec-fetch-site")
    origin = headers.get(b"origin")
    if site is not None:
        own = site in _OWN_SITE
    elif origin is not None:
        own = origin == f"{'https' if connection.encrypted else 'http'}://{connection.host}"
    else:
        own = not browser
    if not own:
        raise CrossSite
