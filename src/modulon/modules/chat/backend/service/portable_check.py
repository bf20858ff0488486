"""Conversations that come from a file, compared with their shape some messages at a time: all at once would keep every
other request waiting for as long as it takes, and a thread would hold the interpreter all the same."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Final
from uuid import UUID

from fastapi.exceptions import RequestValidationError
from pydantic import Field, ValidationError

from modulon.modules.chat.backend.errors import MessageOutOfTurn, MessageTwice, MessageUnplaced, ShownMissing
from modulon.modules.chat.backend.schemas import Role
from modulon.modules.chat.backend.service.portable_file import (
    AS_IT_CAME,
    MOST_MESSAGES,
    ImportRequest,
    PortableConversation,
    PortableMessage,
)
from modulon.sdk import Invalid

OTHERS_TURN: Final = 200
"""After so many messages of a file other requests have their turn."""

_Place = tuple[str | int, ...]


class _Headed(PortableConversation):
    """A conversation whose messages are as they came."""

    messages: Annotated[tuple[Annotated[PortableMessage, AS_IT_CAME], ...], Field(max_length=MOST_MESSAGES)]


async def checked(given: ImportRequest) -> tuple[PortableConversation, ...]:
    """The conversations, all of which are as they must be; `RequestValidationError` with where the first is not."""
    return tuple([await _checked(one, ("body", "conversations", at)) for at, one in enumerate(given.conversations)])


async def _checked(given: object, place: _Place) -> PortableConversation:
    with _complaining(place):
        headed = _Headed.model_validate(given)
    messages: list[PortableMessage] = []
    for index, message in enumerate(headed.messages):
        if index % OTHERS_TURN == 0:
            await asyncio.sleep(0)
        with _complaining((*place, "messages", index)):
            messages.append(PortableMessage.model_validate(message))
    with _complaining(place):
        _is_a_tree(messages, headed.active_message_id)
    return headed.model_copy(update={"messages": tuple(messages)})


def _is_a_tree(messages: Sequence[PortableMessage], active: UUID | None) -> None:
    roles: dict[UUID, Role] = {}
    for message in messages:
        if message.id in roles:
            raise MessageTwice(params={"message": str(message.id)})
        if message.parent_id is not None and message.parent_id not in roles:
            raise MessageUnplaced(params={"message": str(message.id), "parent": str(message.parent_id)})
        before = None if message.parent_id is None else roles[message.parent_id]
        if (message.role == "assistant") != (before == "user"):
            raise MessageOutOfTurn(params={"message": str(message.id)})
        roles[message.id] = message.role
    if active is not None and active not in roles:
        raise ShownMissing


@contextmanager
def _complaining(place: _Place) -> Iterator[None]:
    """What is wrong is said of its place in the request, as FastAPI does it."""
    try:
        yield
    except ValidationError as error:
        found = [{**one, "loc": (*place, *one["loc"])} for one in error.errors(include_url=False)]
        raise RequestValidationError(found) from error
    except Invalid as error:
        found = {"type": "value_error", "loc": place, "msg": error.message, "ctx": {"error": error}}
        raise RequestValidationError([found]) from error
