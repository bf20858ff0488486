"""How each database looks up the words of `sdk.storage.search`."""

from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from modulon.sdk.storage.search import text_hits


@compiles(text_hits, "sqlite")
def _sqlite(element: text_hits, compiler: SQLCompiler, **options: Any) -> str:
    query, before, limit = (compiler.process(one, **options) for one in element.clauses)
    words = f"{element.table}_words"
    found = f"{words} MATCH {query} AND rowid < {before}"
    return f"(SELECT rowid AS id FROM {words} WHERE {found} ORDER BY rowid DESC LIMIT {limit})"  # noqa: S608 - a name of ours


@compiles(text_hits, "postgresql")
def _postgresql(element: text_hits, compiler: SQLCompiler, **options: Any) -> str:
    query, before, limit = (compiler.process(one, **options) for one in element.clauses)
    found = f"to_tsvector('simple', words) @@ to_tsquery('simple', {query})"
    # Sorted outside: asked for the newest at once, PostgreSQL would read backwards and fold every row it passes.
    matching = f"SELECT id FROM {element.table} WHERE {found} AND id < {before} OFFSET 0"  # noqa: S608 - as above
    return f"(SELECT id FROM ({matching}) AS matching ORDER BY id DESC LIMIT {limit})"  # noqa: S608 - as above
