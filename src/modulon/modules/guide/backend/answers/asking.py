"""From the messages of a conversation to an answer."""

import re
from collections.abc import Sequence
from typing import Final

from modulon.sdk.inference import ModelMessage

from .compose import about, answer, not_english
from .language import foreign, perhaps
from .ranking import Index
from .terms import terms
from .words import folded

_GO_ON: Final = re.compile(r"(please )?(continue|go on)\b", re.IGNORECASE)

_ITSELF: Final = frozenset(folded("ai bot chatbot chatgpt gpt claude assistant human robot real person guide"))
"""What people take the guide for, or call it."""

_ADDRESSED: Final = frozenset(folded("you your this guide"))
"""With one of these, *model* is the guide; alone, it is any."""

LONGEST_QUESTION: Final = 2_000
"""Characters of a question that are looked at."""


def reply(index: Index, messages: Sequence[ModelMessage]) -> str:
    """The whole answer to the last message; the rest of the last answer, if it is to be continued."""
    asked = [at for at, message in enumerate(messages) if message.role == "user"]
    if not asked:
        return about()
    last = asked[-1]
    if len(asked) > 1 and _GO_ON.match(messages[last].text) and messages[last - 1].role == "assistant":
        before = [*messages[: last - 1]]
        whole, said = reply(index, before), messages[last - 1].text
        if whole.startswith(said):
            return whole[len(said) :]
    first = not any(message.role == "assistant" for message in messages[:last])
    return _to(index, messages[last].text[:LONGEST_QUESTION], first=first)


def _to(index: Index, question: str, *, first: bool) -> str:
    sure, language = foreign(question), perhaps(question)
    if sure is None and language is None and _is_about_itself(question):
        return about()
    hits = index.search(question)
    return not_english(hits, sure) if sure else answer(hits, index.worth(question), first=first, language=language)


def _is_about_itself(question: str) -> bool:
    """Who are you, what can you do, hello: nothing else is left of it."""
    words = folded(question)
    itself = _ITSELF | {"model"} if _ADDRESSED & {*words} else _ITSELF
    left = [word for word in words if terms(word) and word not in itself]
    return bool(words) and not left
