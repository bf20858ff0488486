"""Every page that the modules' manifests name, so that a new one is looked at without being listed."""

import aiohttp

from modulon.core.modules.discover import discover
from tests.rig.conversing import Chatter
from tests.rig.server import Server

from .people import EMAIL

_ALL = [page for found in discover() for page in found.manifest.contributes.page]
PAGES = tuple(sorted(page.path for page in _ALL if not page.public and ":" not in page.path))
"""For people who are signed in, without those of one conversation and the like."""
_PUBLIC = {page.path for page in _ALL if page.public} - {"/setup"}


async def public_pages(server: Server) -> dict[str, str]:
    """Makes the admin, and tells the pages for whoever is not signed in, by path, with links that work."""
    await server.create_user(EMAIL, admin=True)
    key = await server.create_key(EMAIL, "read", "write", "admin")
    async with aiohttp.ClientSession() as session:
        admin = Chatter(server, session, {"authorization": f"Bearer {key}"})
        (user,) = (await admin.call("GET", "/api/users"))["items"]
        invitation = await admin.call("POST", "/api/invitations", {"email": "bo@example.org", "admin": False})
        reset = await admin.call("POST", f"/api/users/{user['id']}/reset")
    found = {
        "/signin": f"{server.url}/signin",
        "/join": f"{server.url}/join#token={invitation['token']}",
        "/reset": f"{server.url}/reset#token={reset['token']}",
    }
    assert set(found) == _PUBLIC
    return found
