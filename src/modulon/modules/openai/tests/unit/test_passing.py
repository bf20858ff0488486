"""Events that pass through: nothing is lost, only the usage nobody asked for is left out, and it is always counted."""

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modulon.modules.openai.backend.completions.usage import LONGEST_HELD, PassingStream, usage_of
from modulon.sdk import NOT_JSON
from modulon.sdk.inference import Usage

COUNTED = {"prompt_tokens": 7, "completion_tokens": 2, "prompt_tokens_details": {"cached_tokens": 3}}


def event(value: Any) -> bytes:
    return b"data: " + json.dumps(value).encode() + b"\n\n"


def text(content: str, **more: Any) -> bytes:
    return event({"choices": [{"index": 0, "delta": {"content": content}}], **more})


WORDS = [text("Hello"), text(' "choices":[] "usage":{'), text("寿司 🦊", usage=None)]
USAGE = event({"choices": [], "usage": COUNTED})
DONE = b"data: [DONE]\n\n"


def passed(stream: PassingStream, pieces: list[bytes]) -> bytes:
    return b"".join(stream.take(piece) for piece in pieces) + stream.end()


def cut(data: bytes, places: list[int]) -> list[bytes]:
    at = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[a:b] for a, b in pairwise(at)]


@given(st.lists(st.integers(min_value=0), max_size=12))
def test_however_it_is_cut_the_usage_is_stripped_and_counted(places: list[int]) -> None:
    stream = PassingStream(strip=True)
    out = passed(stream, cut(b"".join([*WORDS, USAGE, DONE]), places))
    assert out.replace(b"\n", b"") == b"".join([*WORDS, DONE]).replace(b"\n", b"")
    assert stream.usage == Usage(7, 2, 3)


def test_who_asked_for_usage_gets_every_byte() -> None:
    data = [*WORDS, USAGE, DONE]
    stream = PassingStream(strip=False)
    assert passed(stream, data) == b"".join(data)
    assert stream.usage == Usage(7, 2, 3)


def test_usage_cut_by_the_network_is_counted_for_who_asked_too() -> None:
    stream = PassingStream(strip=False)
    assert passed(stream, [*WORDS, USAGE[:30], USAGE[30:] + DONE]).endswith(USAGE + DONE)
    assert stream.usage == Usage(7, 2, 3)


def test_an_event_without_choices_and_usage_stays() -> None:
    filters = event({"choices": [], "prompt_filter_results": [1], "usage": None})
    assert passed(PassingStream(strip=True), [filters, *WORDS]) == b"".join([filters, *WORDS])


def test_usage_in_the_event_that_ends_the_answer_is_counted_and_stays() -> None:
    last = event({"choices": [{"delta": {}, "finish_reason": "stop"}], "usage": COUNTED})
    stream = PassingStream(strip=True)
    assert passed(stream, [*WORDS, last + DONE]) == b"".join([*WORDS, last, DONE])
    assert stream.usage == Usage(7, 2, 3)


def test_crlf_line_ends_are_kept() -> None:
    data = b"".join([*WORDS, USAGE, DONE]).replace(b"\n", b"\r\n")
    out = passed(PassingStream(strip=True), [data])
    assert b'"usage": {' not in out
    assert out.endswith(DONE.replace(b"\n", b"\r\n"))


def test_whole_events_are_not_held_back() -> None:
    stream = PassingStream(strip=True)
    assert [stream.take(word) for word in WORDS] == WORDS


def test_a_very_long_line_passes_before_it_has_ended() -> None:
    long = text("x" * (3 * LONGEST_HELD))
    stream = PassingStream(strip=True)
    pieces = cut(long, list(range(0, len(long), 16_000)))
    sent = [stream.take(piece) for piece in pieces]
    assert b"".join(sent) == long
    assert max(i for i, piece in enumerate(sent) if piece) == len(pieces) - 1
    assert sum(1 for piece in sent if piece) > 3
    assert passed(stream, [USAGE, DONE]).replace(b"\n", b"") == DONE.replace(b"\n", b"")
    assert stream.usage == Usage(7, 2, 3)


@pytest.mark.parametrize("body", [b"[]", b'{"usage": 3}', b'{"usage": null}'])
def test_an_answer_without_usage(body: bytes) -> None:
    assert usage_of(body) is None


@pytest.mark.parametrize("body", [b"", b"{", b"\xff"])
def test_an_answer_that_is_none(body: bytes) -> None:
    with pytest.raises(NOT_JSON):
        usage_of(body)
