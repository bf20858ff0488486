"""The column types a module may use, the same on SQLite and PostgreSQL.

| type | Python | PostgreSQL | SQLite |
|---|---|---|---|
| `Id` | `uuid.UUID` | `uuid` | BLOB(16) |
| `Time` | aware `datetime`, UTC | `timestamptz` | INTEGER, µs since 1970 |
| `Json` | JSON value | `jsonb` | TEXT |

Beside these: Text, Integer, BigInteger, Boolean, Float, LargeBinary. Money is a BigInteger of micro-units with a
Text currency. Every other type is refused by an architecture test.
"""

import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy import BigInteger, Boolean, Float, Integer, LargeBinary, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

__all__ = ["BigInteger", "Boolean", "Float", "Id", "Integer", "Json", "LargeBinary", "Text", "Time", "name_key"]

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)

_encode = msgspec.json.Encoder(decimal_format="string").encode
_decode = msgspec.json.Decoder().decode


class Id(TypeDecorator[UUID]):
    """An identifier (UUIDv7 from `sdk.ids.new_id`)."""

    impl = sa.LargeBinary(16)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(sa.Uuid() if dialect.name == "postgresql" else sa.LargeBinary(16))

    def bind_processor(self, dialect: Dialect) -> Any:
        return None if dialect.name == "postgresql" else _id_bytes

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return None if dialect.name == "postgresql" else _id_from


class Time(TypeDecorator[datetime]):
    """A point in time, to the microsecond, always UTC. Order by sequence or id, never by clock alone."""

    impl = sa.BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(sa.TIMESTAMP(timezone=True) if dialect.name == "postgresql" else sa.BigInteger())

    def bind_processor(self, dialect: Dialect) -> Any:
        return _checked_time if dialect.name == "postgresql" else _microseconds

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return None if dialect.name == "postgresql" else _time_from


class Json(TypeDecorator[Any]):
    """A JSON value: whatever `msgspec` encodes; decoded into plain dictionaries, lists and scalars."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(JSONB() if dialect.name == "postgresql" else sa.Text())

    def bind_processor(self, dialect: Dialect) -> Any:
        # Both drivers take the encoded text; SQLAlchemy's own JSONB would encode it a second time.
        return _json_text

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return _json_value


def _id_bytes(value: UUID | None) -> bytes | None:
    return None if value is None else value.bytes


def _id_from(value: bytes | None) -> UUID | None:
    return None if value is None else UUID(bytes=value)


def _checked_time(value: datetime | None) -> datetime | None:
    if value is not None and value.tzinfo is None:
        raise TypeError("a time needs its zone: use sdk.storage.now() or datetime(..., tzinfo=UTC)")
    return value


def _microseconds(value: datetime | None) -> int | None:
    return None if value is None else (value - EPOCH) // MICROSECOND


def _time_from(value: int | None) -> datetime | None:
    return None if value is None else EPOCH + value * MICROSECOND


def _json_text(value: object) -> str | None:
    return None if value is None else _encode(value).decode()


def _json_value(value: object) -> object:
    return _decode(value) if isinstance(value, str | bytes) else value


def now() -> datetime:
    """The current time, UTC."""
    return datetime.now(UTC)


def name_key(name: str) -> str:
    """The stored key that names are ordered and kept unique by: NFKC, case folded, spaces collapsed."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
