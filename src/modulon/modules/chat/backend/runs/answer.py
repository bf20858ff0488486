"""An answer as it grows: deltas of a provider become run events, run events become parts. No input or output here."""

from collections.abc import Iterable, Sequence
from typing import Literal
from uuid import UUID

from modulon.modules.chat.backend.schemas import Fault, PartRow, PartType
from modulon.sdk import Money, new_id
from modulon.sdk.inference import (
    Finish,
    FinishReason,
    ModelDelta,
    ModelPrice,
    ReasoningDelta,
    TextDelta,
    ToolCallDelta,
    Usage,
)
from modulon.sdk.money import micros_of

from .usage import cost_read
from .vocabulary import PartDelta, PartFinished, PartStarted, RunEvent, UsageCounted

Growing = Literal["text", "reasoning", "tool_call"]
_TEXT_FIELD = {"text": "text", "reasoning": "text", "tool_call": "arguments"}


class GrowingPart:
    """One part: what is fixed about it, and the pieces of its text."""

    __slots__ = ("fixed", "id", "index", "pieces", "type")

    def __init__(self, part_id: UUID, index: int, type: PartType, fixed: dict[str, str]) -> None:
        self.id = part_id
        self.index = index
        self.type: PartType = type
        self.fixed = fixed
        self.pieces: list[str] = []

    def row(self) -> PartRow:
        """The part as it is stored."""
        name = _TEXT_FIELD.get(self.type)
        content = self.fixed if name is None else {**self.fixed, name: "".join(self.pieces)}
        return PartRow(self.id, self.index, self.type, content)


class Answer:
    """What one run brought to a message. *first_index* is the index its first part gets."""

    def __init__(self, message_id: UUID, first_index: int = 0) -> None:
        self.parts: list[GrowingPart] = []
        self.size = 0
        """Characters of content so far."""
        self.usage: Usage | None = None
        self.price: ModelPrice | None = None
        """What tokens cost while it is written, as far as that is known."""
        self.cost: Money | None = None
        self.finish: FinishReason | None = None
        self._message_id = message_id
        self._next = first_index
        self._open: GrowingPart | None = None
        self._call: int | None = None

    @classmethod
    def replayed(cls, message_id: UUID, first_index: int, events: Iterable[RunEvent]) -> "Answer":
        """The answer a journal tells of."""
        answer = cls(message_id, first_index)
        for event in events:
            answer._apply(event)
        return answer

    def take(self, batch: Sequence[ModelDelta]) -> list[RunEvent]:
        """Add what one network read brought; neighbouring texts become one event."""
        events: list[RunEvent] = []
        texts: list[str] = []
        for delta in batch:
            if isinstance(delta, TextDelta):
                if not delta.text:
                    continue
                if self._open is None or self._open.type != "text":
                    self._flush(texts, events)
                    self._begin("text", {}, events)
                texts.append(delta.text)
            else:
                self._flush(texts, events)
                self._take_other(delta, texts, events)
        self._flush(texts, events)
        return events

    def close(self) -> list[RunEvent]:
        """Finish the part that is still open."""
        events: list[RunEvent] = []
        self._close(events)
        return events

    def add_error(self, fault: Fault) -> list[RunEvent]:
        """Say in the message why it ends here."""
        events: list[RunEvent] = []
        self._begin("error", {"code": fault.code, "detail": fault.detail}, events)
        self._close(events)
        return events

    def rows(self) -> list[PartRow]:
        """The parts as they are stored."""
        return [part.row() for part in self.parts]

    def _take_other(self, delta: ModelDelta, texts: list[str], events: list[RunEvent]) -> None:
        match delta:
            case ReasoningDelta(text=text) if text:
                if self._open is None or self._open.type != "reasoning":
                    self._begin("reasoning", {}, events)
                texts.append(text)
                self._flush(texts, events)
            case ToolCallDelta():
                self._take_call(delta, texts, events)
            case Usage():
                self.usage = delta
                self.cost = None if self.price is None else self.price.cost(delta)
                events.append(UsageCounted(delta.input_tokens, delta.output_tokens, cost_read(self.cost)))
            case Finish(reason=reason):
                self.finish = reason
            case _:
                pass

    def _take_call(self, delta: ToolCallDelta, texts: list[str], events: list[RunEvent]) -> None:
        if self._open is None or self._open.type != "tool_call" or self._call != delta.index:
            self._begin("tool_call", {"call_id": clean(delta.id), "name": clean(delta.name)}, events)
            self._call = delta.index
        if delta.arguments:
            texts.append(delta.arguments)
            self._flush(texts, events)

    def _flush(self, texts: list[str], events: list[RunEvent]) -> None:
        if not texts:
            return
        part = self._open
        assert part is not None  # noqa: S101 - a text is only gathered for an open part
        text = clean("".join(texts)) if len(texts) > 1 else clean(texts[0])
        texts.clear()
        part.pieces.append(text)
        self.size += len(text)
        events.append(PartDelta(part.index, text))

    def _begin(self, type: PartType, fixed: dict[str, str], events: list[RunEvent]) -> None:
        self._close(events)
        part = self._open = GrowingPart(new_id(), self._next, type, fixed)
        self._next += 1
        self.parts.append(part)
        events.append(PartStarted(self._message_id, {"id": str(part.id), "index": part.index, "type": type, **fixed}))

    def _close(self, events: list[RunEvent]) -> None:
        if self._open is not None:
            events.append(PartFinished(self._open.index))
            self._open = None

    def _apply(self, event: RunEvent) -> None:
        """Repeat what *event* says was done."""
        match event:
            case PartStarted(part=told):
                fixed = {name: str(value) for name, value in told.items() if name not in ("id", "index", "type")}
                part = GrowingPart(UUID(str(told["id"])), int(told["index"]), _type(told["type"]), fixed)
                self.parts.append(part)
                self._open = part
                self._next = part.index + 1
            case PartDelta(text=text):
                if self._open is not None:
                    self._open.pieces.append(text)
                    self.size += len(text)
            case PartFinished():
                self._open = None
            case UsageCounted(input_tokens=read, output_tokens=written, cost=cost):
                self.usage = Usage(read, written)
                self.cost = None if cost is None else Money(micros_of(cost.amount), cost.currency)
            case _:
                pass


def clean(text: str) -> str:
    """*text* without NUL, which PostgreSQL can hold neither in text nor in JSON."""
    return text.replace("\x00", "\ufffd") if "\x00" in text else text


def _type(value: str | int) -> PartType:
    match value:
        case "text" | "reasoning" | "tool_call" | "error" | "notice":
            return value
        case _:
            raise ValueError(f"the journal tells of a part of the unknown type {value!r}")
