"""The encrypted file: a clear header, then chunks sealed one by one (AES-256-GCM): nothing has to be held whole.

    MODULON BACKUP 1\\n | length of the header, 4 bytes | header, JSON | SHA-256 of all before | chunk | chunk | …

Each chunk is `chunk` bytes of content and a tag of 16, the last one may be shorter. The key is the file's own, so a
chunk's number is nonce enough. Authenticated with each chunk are the header's SHA-256, its number, and whether it is
the last: a chunk that was changed, moved, repeated, left out or cut off does not open, and neither does one below
another header.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, Final, Literal

import msgspec

from .errors import BackupDamaged, BackupRefused

MAGIC: Final = b"MODULON BACKUP 1\n"
CHUNK: Final = 1024 * 1024
TAG: Final = 16
_LARGEST_CHUNK: Final = 16 * CHUNK
_LARGEST_HEADER: Final = 64 * 1024
_DIGEST: Final = 32

Engine = Literal["sqlite", "postgresql"]


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What may be read without a key. *wrapped_key* is the file's key, readable with the master key *master_key* names;
    *recovery* is that master key, readable with the recovery key of that time."""

    version: str
    instance: str
    created_at: datetime
    database: Engine
    master_key: str
    wrapped_key: bytes
    recovery: str | None
    chunk: int = CHUNK


class ChunkWriter:
    """Seals what is written, chunk by chunk. Without `close` the file has no last chunk and never opens."""

    def __init__(self, file: BinaryIO, header: Header, key: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        text = msgspec.json.encode(header)
        clear = MAGIC + len(text).to_bytes(4) + text
        self._file = file
        self._cipher = AESGCM(key)
        self._digest = hashlib.sha256(clear).digest()
        self._size = header.chunk
        self._waiting = bytearray()
        self._number = 0
        file.write(clear + self._digest)

    def write(self, data: bytes) -> None:
        """Add *data*."""
        self._waiting += data
        # A full chunk waits for what follows: it may turn out to be the last.
        while len(self._waiting) > self._size:
            self._seal(self._size, last=False)

    def close(self) -> None:
        """Seal the rest as the last chunk."""
        self._seal(len(self._waiting), last=True)

    def _seal(self, size: int, *, last: bool) -> None:
        bound = _bound(self._digest, self._number, last=last)
        content = bytes(self._waiting[:size])
        del self._waiting[:size]
        self._file.write(self._cipher.encrypt(_nonce(self._number), content, bound))
        self._number += 1


def read_header(file: BinaryIO) -> Header:
    """The header at the beginning of *file*, which stands at the first chunk afterwards."""
    return _read_header(file)[0]


def chunks(file: BinaryIO, key: bytes) -> Iterator[bytes]:
    """The content of *file* from its beginning, chunk by chunk. Raises `BackupDamaged`, naming the chunk."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    header, digest = _read_header(file)
    return _opened(file, AESGCM(key), digest, header.chunk + TAG)


def _read_header(file: BinaryIO) -> tuple[Header, bytes]:
    start = file.read(len(MAGIC) + 4)
    if start[: len(MAGIC)] != MAGIC:
        raise BackupDamaged("This is not a backup that this Modulon can read: it does not begin like one.")
    length = int.from_bytes(start[len(MAGIC) :])
    text, digest = file.read(min(length, _LARGEST_HEADER)), file.read(_DIGEST)
    if hashlib.sha256(start + text).digest() != digest:
        raise BackupDamaged(f"The backup's header, the first bytes up to {file.tell():,}, was changed or cut off.")
    try:
        header = msgspec.json.decode(text, type=Header)
    except msgspec.DecodeError as error:
        raise BackupRefused(f"The backup's header is not of this Modulon: {error}.") from error
    if not 0 < header.chunk <= _LARGEST_CHUNK:
        raise BackupDamaged("The backup's header is not one that Modulon has written.")
    return header, digest


def _opened(file: BinaryIO, cipher: object, digest: bytes, size: int) -> Iterator[bytes]:
    number, sealed = 0, file.read(size)
    while True:
        following = file.read(size) if len(sealed) == size else b""
        last = not following
        content = _open(cipher, digest, number, sealed, last=last)
        if content is None:
            raise _damage(cipher, digest, number, sealed, last=last, end=file.tell() - len(following))
        yield content
        if last:
            return
        number, sealed = number + 1, following


def _open(cipher: object, digest: bytes, number: int, sealed: bytes, *, last: bool) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    assert isinstance(cipher, AESGCM)  # noqa: S101 - its type is imported only where it is needed
    try:
        return cipher.decrypt(_nonce(number), sealed, _bound(digest, number, last=last))
    except InvalidTag:
        return None


def _damage(cipher: object, digest: bytes, number: int, sealed: bytes, *, last: bool, end: int) -> BackupDamaged:
    """What is wrong with the chunk that ends at the byte *end*."""
    where = f"chunk {number + 1} (bytes {end - len(sealed):,} to {end:,})"
    if _open(cipher, digest, number, sealed, last=not last) is None:
        return BackupDamaged(f"The backup is damaged: {where} was changed, moved or cut off.")
    if last:
        return BackupDamaged(f"The backup is damaged: it was cut off after {where}.")
    return BackupDamaged(f"The backup is damaged: something was added after its end, {where}.")


def _nonce(number: int) -> bytes:
    return number.to_bytes(12)


def _bound(digest: bytes, number: int, *, last: bool) -> bytes:
    return digest + number.to_bytes(8) + bytes([last])
