"""HTTP as uvicorn speaks it, with what one turn of the event loop writes sent in one piece."""

import asyncio
from typing import Any, cast

from .patience import PatientProtocol


class JoinedWrites(asyncio.Transport):
    """A transport that gathers writes until the turn of the loop ends.

    A response's head and body, or several events of a stream, are then one system call and one packet in place of two
    or more; on a virtual machine each costs more than everything else that is done for a token.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._transport = transport
        self._loop = loop
        self._waiting: list[bytes] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if not self._waiting:
            self._loop.call_soon(self._flush)
        self._waiting.append(bytes(data))

    def _flush(self) -> None:
        if self._waiting:
            data = self._waiting[0] if len(self._waiting) == 1 else b"".join(self._waiting)
            self._waiting.clear()
            self._transport.write(data)

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def abort(self) -> None:
        self._waiting.clear()
        self._transport.abort()

    def is_closing(self) -> bool:
        return self._transport.is_closing()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return self._transport.get_extra_info(name, default)

    def pause_reading(self) -> None:
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        self._transport.resume_reading()

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self._transport.set_protocol(protocol)

    def get_protocol(self) -> asyncio.BaseProtocol:
        return self._transport.get_protocol()


class Protocol(PatientProtocol):
    """One connection of a client."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(cast("Any", JoinedWrites(transport, self.loop)))
