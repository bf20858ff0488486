"""Run events: what a stream says, in the words of its wire form. Version 1.

One encoding serves the journal and every follower: the JSON of an event is made once and copied from there on.
"""

from typing import Final
from uuid import UUID

import msgspec

from modulon.modules.chat.backend.schemas import Fault, MessageRead, MessageStatus, RunRead

from .usage import CostRead


class RunBegan(msgspec.Struct, frozen=True, tag="run.started"):
    """A process works on the run; said again by another one that takes over."""

    run: RunRead


class PartStarted(msgspec.Struct, frozen=True, tag="part.started"):
    """A new part. What grows comes by `part.delta`; the other parts are whole here."""

    message_id: UUID
    part: dict[str, str | int]


class PartDelta(msgspec.Struct, frozen=True, gc=False, tag="part.delta"):
    """More text of the part at *index* (of a tool call: of its arguments)."""

    index: int
    text: str


class PartFinished(msgspec.Struct, frozen=True, gc=False, tag="part.finished"):
    """The part at *index* grows no more."""

    index: int


class UsageCounted(msgspec.Struct, frozen=True, gc=False, tag="usage"):
    """Tokens as the provider counts them so far, and what they cost; `null` if no price is known."""

    input_tokens: int
    output_tokens: int
    cost: CostRead | None = None


class MessageReset(msgspec.Struct, frozen=True, tag="message.reset"):
    """Forget what this stream said before: the message stands so, and goes on from here. Never journalled."""

    message: MessageRead


class RunEnded(msgspec.Struct, frozen=True, tag="run.finished"):
    """The last event of a stream."""

    run: RunRead
    message_status: MessageStatus
    error: Fault | None = None


RunEvent = RunBegan | PartStarted | PartDelta | PartFinished | UsageCounted | RunEnded
"""What a journal holds."""

_encode: Final = msgspec.json.Encoder().encode
_decode: Final = msgspec.json.Decoder(RunEvent).decode
_split: Final = msgspec.json.Decoder(list[msgspec.Raw]).decode


class Item(msgspec.Struct, frozen=True, gc=False):
    """A run event with its number and its JSON."""

    seq: int
    event: RunEvent
    data: bytes


def item(seq: int, event: RunEvent) -> Item:
    """Encode *event*."""
    return Item(seq, event, _encode(event))


def pack(items: list[Item]) -> bytes:
    """The body of a journal's row."""
    return b"[" + b",".join([one.data for one in items]) + b"]"


def unpack(first: int, body: bytes) -> list[Item]:
    """The items of a journal's row whose first has the number *first*."""
    return [Item(seq, _decode(raw), bytes(raw)) for seq, raw in enumerate(_split(body), first)]


def frame(epoch: int, one: Item) -> bytes:
    """An item as a server-sent event."""
    return b"id: %d.%d\nevent: %b\ndata: %b\n\n" % (epoch, one.seq, _NAMES[type(one.event)], one.data)


def frames(epoch: int, items: list[Item]) -> bytes:
    """Many items, neighbouring deltas of one part joined: who was away gets a long text in one piece."""
    return b"".join([frame(epoch, one) for one in joined(items)])


def reset_frame(epoch: int, seq: int, message: MessageRead) -> bytes:
    """A `message.reset` after which the stream goes on from *seq*."""
    return b"id: %d.%d\nevent: message.reset\ndata: %b\n\n" % (epoch, seq, _encode(MessageReset(message)))


def joined(items: list[Item]) -> list[Item]:
    """*items* with each run of deltas of one part as a single one that has the last number."""
    result: list[Item] = []
    texts: list[str] = []
    index, seq = -1, 0

    def flush() -> None:
        if texts:
            result.append(item(seq, PartDelta(index, "".join(texts))))
            texts.clear()

    for one in items:
        event = one.event
        if isinstance(event, PartDelta):
            if event.index != index:
                flush()
            texts.append(event.text)
            index, seq = event.index, one.seq
        else:
            flush()
            result.append(one)
    flush()
    return result


_NAMES: Final[dict[type[RunEvent], bytes]] = {
    RunBegan: b"run.started",
    PartStarted: b"part.started",
    PartDelta: b"part.delta",
    PartFinished: b"part.finished",
    UsageCounted: b"usage",
    RunEnded: b"run.finished",
}
