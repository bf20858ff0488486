"""Full-text search, the same on both databases: words folded by us, found by an index of the database.

A searched table has `id`, a whole number that the database hands out, and `words`, the folded text (`fold`). Its
migration makes the index: on SQLite an FTS5 table `<name>_words` kept by triggers, on PostgreSQL a GIN index over
`to_tsvector('simple', words)`. `hits` finds ids, newest first; what a principal may see is decided by the guard of the
statement that joins them.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

from .types import Integer

MOST_PHRASES: Final = 12
LONGEST_WORD: Final = 80
MOST_BYTES: Final = 200_000
"""Of the folded words of one row: PostgreSQL holds no more than about a megabyte in one vector."""

# Written without spaces between words: each character counts as one, and several in a row as a phrase.
_SINGLE: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_MARKS: Final = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0980-\u0dff"
_WORD: Final = re.compile(f"[{_SINGLE}]|(?:(?![{_SINGLE}])[^\\W_]|[{_MARKS}])+")
_ACCENTS: Final = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")
_QUOTED: Final = re.compile('"([^"]*)"|[“„]([^”“]*)[”“]|«([^»]*)»|(\\S+)')


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand in a row; *prefix*: the last one may go on."""

    words: tuple[str, ...]
    prefix: bool


@dataclass(frozen=True, slots=True)
class Search:
    """All of *phrases*, in the rows of *scope* only (a word that `fold` was given for them)."""

    phrases: tuple[Phrase, ...]
    scope: str = ""


def words_of(text: str) -> Iterator[re.Match[str]]:
    """Where the words of *text* stand."""
    return _WORD.finditer(text)


def folded(word: str) -> str:
    """A word without case, accents and other forms of the same letters."""
    if word.isascii():
        return word.lower()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", word))
    return unicodedata.normalize("NFKC", bare).casefold()


def fold(text: str, scope: str = "") -> str:
    """What is stored of *text* for `hits`: its words, folded, up to `MOST_BYTES`."""
    kept = [scope] if scope else []
    left = MOST_BYTES
    for found in words_of(text):
        # folding one character may make several words of it, for example a ligature with a space
        for word in folded(found.group()).split():
            short = word[:LONGEST_WORD]
            left -= len(short.encode()) + 1
            if left < 0:
                return " ".join(kept)
            kept.append(short)
    return " ".join(kept)


def search_for(query: str, scope: str = "") -> Search:
    """What a person typed: every word must occur, as the beginning of one; "in quotes" exactly and in a row."""
    phrases: list[Phrase] = []
    for found in _QUOTED.finditer(query):
        text = next(group for group in found.groups() if group is not None)
        words = tuple(fold(text).split())
        if words and len(phrases) < MOST_PHRASES:
            phrases.append(Phrase(words, found.group(4) is not None))
    return Search(tuple(phrases), scope)


class Query(TypeDecorator[Search]):
    """A parameter that holds a `Search`, in the database's own words."""

    impl = sa.Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Any:
        return _tsquery if dialect.name == "postgresql" else _match


def _match(search: Search) -> str:
    asked = [f'"{" ".join(phrase.words)}"{" *" if phrase.prefix else ""}' for phrase in search.phrases]
    return " AND ".join([f'"{search.scope}"', *asked] if search.scope else asked)


def _tsquery(search: Search) -> str:
    asked = [
        " <-> ".join(f"'{word}'" for word in phrase.words) + (":*" if phrase.prefix else "")
        for phrase in search.phrases
    ]
    return " & ".join(f"({one})" for one in ([f"'{search.scope}'", *asked] if search.scope else asked))


class text_hits(FunctionElement[Any]):  # noqa: N801 - reads as the SQL function it is
    """Ids of rows of *table* that `query` finds and that are less than `before`, newest first, at most `limit`."""

    inherit_cache = False
    name = "text_hits"

    def __init__(self, table: str) -> None:
        super().__init__(
            sa.bindparam("query", type_=Query()),
            sa.bindparam("before", type_=Integer),
            sa.bindparam("limit", type_=Integer),
        )
        self.table = table


def hits(table: sa.Table) -> sa.TableValuedAlias:
    """A relation with the column `id`, to be joined with *table*; parameters `query`, `before` and `limit`."""
    return text_hits(table.name).table_valued(sa.column("id", Integer), name="hits")


__all__ = ["Phrase", "Query", "Search", "fold", "folded", "hits", "search_for", "text_hits", "words_of"]
