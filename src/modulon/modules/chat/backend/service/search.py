"""Search over titles and messages: pages of hits with the passage around them."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import Final
from uuid import UUID

from modulon.modules.chat.backend.schemas import Piece, SearchHit, SearchPage
from modulon.modules.chat.backend.store import search as store
from modulon.sdk import Context, Invalid
from modulon.sdk.storage.search import Phrase, Search, folded, search_for, words_of

from .acceptance import acting
from .indexing import scope_of

FROM_THE_NEWEST: Final = 2**31 - 1
WINDOWS: Final = 4
"""Windows looked through for one page before it says that there may be more."""

BEFORE: Final = 48
AFTER: Final = 132
"""Characters of a passage before and after the first hit."""


async def search(
    ctx: Context, query: str, cursor: str | None, limit: int, folder: UUID | None = None, archived: bool = False
) -> SearchPage:
    """What the person's own conversations say about *query*, the newest first, each conversation once on a page."""
    wanted = search_for(query, scope_of(*acting(ctx)))
    if not wanted.phrases:
        return SearchPage((), None)
    before = _place(cursor) if cursor else FROM_THE_NEWEST
    items: dict[UUID, SearchHit] = {}
    window = limit * 2
    async with ctx.db.read() as db:
        for _ in range(WINDOWS):
            asked = {"query": wanted, "before": before, "limit": window}
            rows = await db.all(store.FOUND, {**asked, "folder": folder, "archived": archived})
            entries = [list(texts) for _, texts in groupby(rows, key=lambda row: row.entry)]
            for texts in entries:
                if len(items) == limit and texts[0].conversation_id not in items:
                    return SearchPage(tuple(items.values()), _cursor(before))
                before = texts[0].entry
                _take(items, texts, wanted)
            if len(entries) < window:
                reach = await db.one(store.REACH, asked)
                if reach.count < window or reach.least is None:
                    return SearchPage(tuple(items.values()), None)
                before = reach.least
    return SearchPage(tuple(items.values()), _cursor(before))


def _take(items: dict[UUID, SearchHit], rows: list[store.FoundRow], wanted: Search) -> None:
    """A conversation comes once: by a message rather than by its title, which says less."""
    one = rows[0]
    known = items.get(one.conversation_id)
    if known is None or (known.message_id is None and one.message_id is not None):
        items[one.conversation_id] = _hit(rows, wanted)


def _hit(rows: list[store.FoundRow], wanted: Search) -> SearchHit:
    one = rows[0]
    text = "\n".join(row.content["text"] for row in rows if row.content is not None)
    return SearchHit(
        one.conversation_id,
        marked(one.title, wanted),
        one.message_id,
        one.role,
        passage(text, wanted) if one.message_id else (),
        one.created_at or one.updated_at,
        one.pinned,
        one.archived,
        one.folder_id,
    )


def passage(text: str, wanted: Search) -> tuple[Piece, ...]:
    """The text around the first hit, in one line."""
    spans = _spans(text, wanted)
    first = next(spans, (0, 0))
    start = max(0, first[0] - BEFORE)
    if start > 0:
        space = text.find(" ", start, first[0])
        start = space + 1 if space >= 0 else start
    end = min(len(text), first[1] + AFTER)
    shown = " ".join(text[start:end].split())
    pieces = marked(shown, wanted)
    lead, tail = (Piece("…", hit=False),) * (start > 0), (Piece("…", hit=False),) * (end < len(text))
    return (*lead, *pieces, *tail)


def marked(text: str, wanted: Search) -> tuple[Piece, ...]:
    """*text* in pieces, with the words that were searched for apart."""
    pieces: list[Piece] = []
    at = 0
    for start, end in _spans(text, wanted):
        if start > at:
            pieces.append(Piece(text[at:start], hit=False))
        pieces.append(Piece(text[start:end], hit=True))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:], hit=False))
    return tuple(pieces)


def _spans(text: str, wanted: Search) -> Iterator[tuple[int, int]]:
    """Where the phrases stand in *text*, one after the other; reads no further than it is asked for."""
    ahead = max(len(phrase.words) for phrase in wanted.phrases)
    words = words_of(text)
    near = deque(_word(match) for match in islice(words, ahead))
    while near:
        length = max((len(p.words) for p in wanted.phrases if _begins(p, near)), default=0)
        if length:
            yield near[0][0], near[length - 1][1]
        for _ in range(length or 1):
            near.popleft()
        near.extend(_word(match) for match in islice(words, length or 1))


def _word(match: re.Match[str]) -> tuple[int, int, str]:
    return match.start(), match.end(), folded(match.group())


def _begins(phrase: Phrase, near: Sequence[tuple[int, int, str]]) -> bool:
    """Whether *phrase* stands at the first of these words."""
    *before, last = phrase.words
    if len(near) < len(phrase.words) or any(near[n][2] != word for n, word in enumerate(before)):
        return False
    word = near[len(before)][2]
    return word.startswith(last) if phrase.prefix else word == last


def _cursor(entry: int) -> str:
    return urlsafe_b64encode(entry.to_bytes(4)).rstrip(b"=").decode()


def _place(cursor: str) -> int:
    try:
        return int.from_bytes(urlsafe_b64decode(cursor + "==")[:4]) & FROM_THE_NEWEST
    except (ValueError, Error):
        raise Invalid("This cursor is not one of ours. Begin again without it.") from None
