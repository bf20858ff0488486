"""Titles, cursors, outcomes."""

import pytest

from modulon.modules.chat.backend.runs import outcome
from modulon.modules.chat.backend.runs.answer import Answer
from modulon.modules.chat.backend.service.conversations import TITLE_LENGTH, title_from
from modulon.modules.chat.backend.service.cursors import cursor_of, place_of
from modulon.sdk import Invalid, NotFound, new_id
from modulon.sdk.inference import Finish, ModelFailed, TextDelta


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Hello", "Hello"),
        ("  a\n\nb\tc ", "a b c"),
        ("word " * 40, ("word " * 12).strip() + "…"),
        ("x" * 500, "x" * TITLE_LENGTH + "…"),
    ],
)
def test_a_title_is_the_first_words(text: str, title: str) -> None:
    assert title_from(text) == title
    assert len(title_from(text)) <= TITLE_LENGTH + 1


def test_a_cursor_leads_back() -> None:
    place = new_id()
    assert place_of(cursor_of(place)) == place


@pytest.mark.parametrize("cursor", ["", "x", "zzzz", "AAAA" * 8, "ä" * 22])
def test_a_foreign_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(Invalid):
        place_of(cursor)


def said(*words: str, finish: Finish | None = None) -> Answer:
    answer = Answer(new_id())
    answer.take([*(TextDelta(word) for word in words), *([finish] if finish else [])])
    return answer


def test_how_a_provider_ends_an_answer() -> None:
    assert outcome.of_answer(said("a", finish=Finish("stop"))) == outcome.SUCCEEDED
    assert outcome.of_answer(said("a", finish=Finish("length"))).state == "limited"
    filtered = outcome.of_answer(said("a", finish=Finish("content_filter")))
    assert (filtered.state, filtered.fault and filtered.fault.code) == ("failed", "chat.model_policy")
    empty = outcome.of_answer(said(finish=Finish("stop")))
    assert (empty.status, empty.fault and empty.fault.code) == ("failed", "chat.empty_answer")


def test_a_fault_keeps_what_was_said() -> None:
    failure = ModelFailed("network", "a provider's own words")
    assert outcome.of_problem(failure, said("a")).status == "interrupted"
    told = outcome.of_problem(failure, said())
    assert told.status == "failed"
    assert told.fault is not None
    assert "own words" not in told.fault.detail


def test_other_problems_keep_their_sentence() -> None:
    told = outcome.of_problem(NotFound("This is gone."), said())
    assert told.fault is not None
    assert (told.fault.code, told.fault.detail) == ("not_found", "This is gone.")
