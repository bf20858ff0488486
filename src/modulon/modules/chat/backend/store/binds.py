"""Parameters and inserts, written once."""

from typing import Any

import sqlalchemy as sa

from modulon.sdk.storage import BigInteger, Id, Integer, Text, Time


def an_id(name: str) -> "sa.BindParameter[Any]":
    """An id given as *name*."""
    return sa.bindparam(name, type_=Id)


def a_text(name: str) -> "sa.BindParameter[Any]":
    """A text given as *name*."""
    return sa.bindparam(name, type_=Text)


def a_number(name: str) -> "sa.BindParameter[Any]":
    """A whole number given as *name*."""
    return sa.bindparam(name, type_=Integer)


def an_amount(name: str) -> "sa.BindParameter[Any]":
    """Micro-units of a currency given as *name*."""
    return sa.bindparam(name, type_=BigInteger)


def a_time(name: str) -> "sa.BindParameter[Any]":
    """A time given as *name*."""
    return sa.bindparam(name, type_=Time)


def insert(table: sa.Table, **computed: Any) -> sa.Insert:
    """An insert that takes every column by its name, save those *computed* in the database."""
    given = {column.name: sa.bindparam(column.name, type_=column.type) for column in table.c}
    return sa.insert(table).values({**given, **computed})
