"""What a model is asked: the text of the branch up to the message, the newest of it if all is too much."""

from collections.abc import Iterable
from typing import Final

from modulon.modules.chat.backend.contract import REQUEST
from modulon.modules.chat.backend.store import messages as store
from modulon.modules.chat.backend.store.engine import Assignment
from modulon.sdk import Context
from modulon.sdk.inference import ModelMessage, ModelRequest

MAX_MESSAGES: Final = 400
"""Messages looked at: what a message costs must not grow with its conversation."""

CHARACTERS_PER_TOKEN: Final = 3
"""A careful guess: most text has about four."""

GO_ON: Final = "Continue your last answer exactly where it broke off. Do not repeat any of it and do not comment on it."


async def prompt(
    ctx: Context, task: Assignment, window: int | None, history: list[ModelMessage] | None = None
) -> ModelRequest:
    """The request for *task*, as the person *ctx* acts for may see the branch. *window* is the model's, in tokens;
    *history* the branch, if it is known already."""
    kept = fitting(await _history(ctx, task) if history is None else history, window)
    return await ctx.filter(REQUEST, ModelRequest(task.model, kept))


async def _history(ctx: Context, task: Assignment) -> list[ModelMessage]:
    leaf = task.message_id if task.trigger == "continue" else task.parent_id
    async with ctx.db.read() as db:
        rows = await db.all(store.HISTORY, {"conversation": task.conversation_id, "leaf": leaf, "limit": MAX_MESSAGES})
    history = list(_messages(rows))
    if task.trigger == "continue" and history and history[-1].role == "assistant":
        history.append(ModelMessage("user", GO_ON))
    return history


def said(texts: Iterable[str]) -> ModelMessage:
    """What a person wrote, as the model is told."""
    return ModelMessage("user", "\n\n".join(texts))


def fitting(history: list[ModelMessage], window: int | None) -> tuple[ModelMessage, ...]:
    """The newest messages that leave a quarter of *window* to the answer, beginning with a person's; the last one
    always."""
    if window is None or not history:
        return tuple(history)
    left = window * 3 // 4 * CHARACTERS_PER_TOKEN
    first = len(history) - 1
    left -= len(history[first].text)
    while first > 0 and left >= len(history[first - 1].text):
        first -= 1
        left -= len(history[first].text)
    while first < len(history) - 1 and history[first].role != "user":
        first += 1
    return tuple(history[first:])


def _messages(rows: Iterable[store.HistoryRow]) -> Iterable[ModelMessage]:
    """One message for each run of rows of the same one. An answer continued is one text; what a person wrote in
    several parts stays apart."""
    current: store.HistoryRow | None = None
    texts: list[str] = []
    for row in rows:
        if current is not None and row.message_id != current.message_id:
            yield _message(current, texts)
            texts = []
        current = row
        texts.append(row.content["text"])
    if current is not None:
        yield _message(current, texts)


def _message(row: store.HistoryRow, texts: list[str]) -> ModelMessage:
    return ModelMessage(row.role, "".join(texts)) if row.role == "assistant" else said(texts)
