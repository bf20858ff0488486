"""Titles by a model: after the first answer of a conversation it is asked, in a few words, what this is about.

The first words of the first message are the title until then, and for good if the model does not say something
usable. Nothing waits for it, and what a person named stays.
"""

import asyncio
import re
from contextlib import aclosing
from typing import Final
from weakref import WeakKeyDictionary

from modulon.modules.chat.backend.contract import REQUEST, ConversationRenamed
from modulon.modules.chat.backend.runs.engine import engine_of
from modulon.modules.chat.backend.settings import Settings
from modulon.modules.chat.backend.store import conversations as store
from modulon.modules.chat.backend.store import messages as messages_store
from modulon.modules.chat.backend.store import runs as runs_store
from modulon.modules.chat.backend.store.engine import Assignment
from modulon.modules.providers.backend.contract import ModelsService
from modulon.sdk import Context, Problem, shown_name
from modulon.sdk.inference import SCRIPTED, ModelMessage, ModelRequest, TextDelta
from modulon.sdk.node import Node
from modulon.sdk.storage import name_key, now

EXCERPT: Final = 2_000
"""Characters of the question and of the answer that are shown to the model."""

SECONDS: Final = 30.0
LONGEST: Final = 60
MOST_WORDS: Final = 10
READ_UP_TO: Final = 400
"""Characters after which nobody listens any more."""

ASK: Final = (
    "Write a title for the conversation below: three to six words, in the language of the conversation, "
    "without quotation marks and without a full stop. Answer with the title alone.\n\n"
    "<question>\n{question}\n</question>\n<answer>\n{answer}\n</answer>"
)

WRAPPING: Final = " *_`\"'“”„«»\u2018\u2019「」"

_tasks: WeakKeyDictionary[Node, set["asyncio.Task[None]"]] = WeakKeyDictionary()


def title_later(ctx: Context, task: Assignment) -> None:
    """Have a title made when *task*, the first answer of its conversation, has ended."""
    module = ctx.acting_as_module(task.workspace_id)
    mine = _tasks.setdefault(ctx.node, set())
    made = asyncio.create_task(_title(module, task))
    mine.add(made)
    made.add_done_callback(mine.discard)


async def forget_titles(ctx: Context) -> None:
    """Hook: the process ends; first words stay where no title has come."""
    tasks = tuple(_tasks.pop(ctx.node, ()))
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _title(ctx: Context, task: Assignment) -> None:
    try:
        person = await ctx.on_behalf_of(task.on_behalf_of, task.workspace_id)
        settings = await person.settings.read(Settings)
        if not settings.title_by_model:
            return
        await engine_of(ctx).ended(task.run_id, settings.max_seconds)
        began = now()
        person = await ctx.on_behalf_of(task.on_behalf_of, task.workspace_id)
        async with asyncio.timeout(SECONDS):
            said = await _ask(person, task)
        if title := usable(said):
            await _keep(person, task, title, began)
    except (Problem, TimeoutError) as problem:
        ctx.log.info("no title made", conversation=str(task.conversation_id), why=type(problem).__name__)
    except Exception:
        ctx.log.exception("no title made", conversation=str(task.conversation_id))


async def _ask(ctx: Context, task: Assignment) -> str:
    """What the model that answered calls the conversation; empty if it should not be asked."""
    branch = {"conversation": task.conversation_id, "leaf": task.message_id, "limit": 2}
    async with ctx.db.read() as db:
        conversation = await db.first(store.READ, {"id": task.conversation_id})
        run = await db.first(runs_store.READ, {"id": task.run_id})
        rows = await db.all(messages_store.HISTORY, branch)
    if conversation is None or conversation.title_by != "words" or run is None or run.state != "succeeded":
        return ""
    models = ctx.use(ModelsService)
    model = await models.resolve(task.model)
    if SCRIPTED in model.capabilities:
        return ""
    question, answer = (
        "".join(row.content["text"] for row in rows if row.role == role)[:EXCERPT] for role in ("user", "assistant")
    )
    asked = ModelMessage("user", ASK.format(question=question, answer=answer))
    request = await ctx.filter(REQUEST, ModelRequest(task.model, (asked,)))
    said = ""
    async with aclosing(models.stream(model, request)) as stream:
        async for batch in stream:
            said += "".join(delta.text for delta in batch if isinstance(delta, TextDelta))
            if len(said) > READ_UP_TO:
                break
    return said


async def _keep(ctx: Context, task: Assignment, title: str, began: object) -> None:
    """Write the title and the step it took, unless a person was quicker."""
    step = {"run_id": task.run_id, "n": 2, "kind": "title", "state": "succeeded", "input_hash": b"", "attempt": 1}
    values = {"id": task.conversation_id, "new_title": title, "new_key": name_key(title)}
    async with ctx.db.write() as tx:
        tx.run(store.TITLE, values, expect=1)
        tx.run(runs_store.ADD_STEP, {**step, "started_at": began, "finished_at": now()})
        tx.emit(ConversationRenamed(task.conversation_id), key=str(task.conversation_id))


def usable(said: str) -> str:
    """The title in what a model said, or nothing if it talked instead of naming."""
    lines = [line for line in said.splitlines() if line.strip()]
    if len(lines) != 1:
        return ""
    bare = re.sub(r"^(?:#+\s|\*\*|title:)+", "", shown_name(lines[0]), flags=re.IGNORECASE)
    title = " ".join(bare.split()).strip(WRAPPING).rstrip(".。")
    fits = len(title) <= LONGEST and len(title.split()) <= MOST_WORDS
    return title if fits else ""
