"""A whole server with an admin and a simulated provider, for journeys that begin after set-up."""

from dataclasses import dataclass

import pytest

from tests.rig.provider import Provider
from tests.rig.server import Server

from .people import EMAIL


@dataclass
class House:
    """A server that is set up."""

    server: Server
    provider: Provider


@pytest.fixture
async def house(server: Server, provider: Provider) -> House:
    await server.create_user(EMAIL, admin=True)
    await server.add_provider("Sim", provider.url)
    return House(server, provider)
