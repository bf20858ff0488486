"""Deltas become run events, run events become parts; the same parts again from a journal."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from modulon.modules.chat.backend.runs.answer import Answer
from modulon.modules.chat.backend.runs.vocabulary import Item, PartDelta, frames, item, joined, pack, unpack
from modulon.modules.chat.backend.schemas import Fault
from modulon.sdk import Money, new_id
from modulon.sdk.inference import Finish, ModelDelta, ModelPrice, ReasoningDelta, TextDelta, ToolCallDelta, Usage

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
deltas: st.SearchStrategy[ModelDelta] = st.one_of(
    st.builds(TextDelta, texts),
    st.builds(ReasoningDelta, texts),
    st.builds(ToolCallDelta, st.integers(0, 2), id=texts, name=texts, arguments=texts),
    st.builds(Usage, st.integers(0, 9), st.integers(0, 9)),
    st.just(Finish()),
)
batches = st.lists(st.lists(deltas, max_size=6), max_size=12)


def play(batches: list[list[ModelDelta]], answer: Answer) -> list[Item]:
    items: list[Item] = []
    for events in [*(answer.take(batch) for batch in batches), answer.close()]:
        items += [item(len(items) + number, event) for number, event in enumerate(events, 1)]
    return items


@given(batches)
def test_a_journal_tells_the_whole_answer(batches: list[list[ModelDelta]]) -> None:
    answer = Answer(new_id(), 3)
    items = play(batches, answer)

    read = unpack(1, pack(items))
    again = Answer.replayed(new_id(), 3, [one.event for one in read])

    assert read == items
    assert again.rows() == answer.rows()
    assert again.size == answer.size


@given(batches)
def test_nothing_is_lost_or_added(batches: list[list[ModelDelta]]) -> None:
    answer = Answer(new_id())
    play(batches, answer)

    said = [d.text for batch in batches for d in batch if isinstance(d, TextDelta)]
    thought = [d.text for batch in batches for d in batch if isinstance(d, ReasoningDelta)]
    kept = answer.rows()
    assert "".join(said).replace("\x00", "\ufffd") == "".join(r.content["text"] for r in kept if r.type == "text")
    assert "".join(thought).replace("\x00", "\ufffd") == "".join(
        r.content["text"] for r in kept if r.type == "reasoning"
    )
    assert [row.index for row in kept] == list(range(len(kept)))


@given(batches)
def test_joining_changes_no_text_and_keeps_the_last_number(batches: list[list[ModelDelta]]) -> None:
    items = play(batches, Answer(new_id()))

    short = joined(items)

    assert [row.content for row in Answer.replayed(new_id(), 0, [one.event for one in short]).rows()] == [
        row.content for row in Answer.replayed(new_id(), 0, [one.event for one in items]).rows()
    ]
    assert [one.seq for one in short][-1:] == [one.seq for one in items][-1:]
    assert all(
        not (isinstance(a.event, PartDelta) and isinstance(b.event, PartDelta) and a.event.index == b.event.index)
        for a, b in pairwise(short)
    )


def test_one_network_read_is_one_event() -> None:
    answer = Answer(new_id())
    assert [type(e).__name__ for e in answer.take([TextDelta("a"), TextDelta("b"), TextDelta("c")])] == [
        "PartStarted",
        "PartDelta",
    ]
    assert answer.take([TextDelta("d"), TextDelta("e")]) == [PartDelta(0, "de")]


def test_parts_follow_the_kind_of_what_is_said() -> None:
    answer = Answer(new_id())
    answer.take([ReasoningDelta("hm"), TextDelta("so"), ToolCallDelta(0, id="c1", name="look", arguments='{"a"')])
    answer.take([ToolCallDelta(0, arguments=":1}"), ToolCallDelta(1, id="c2", name="see")])
    answer.close()
    answer.add_error(Fault("chat.model_network", "It broke."))

    assert [(row.type, row.content) for row in answer.rows()] == [
        ("reasoning", {"text": "hm"}),
        ("text", {"text": "so"}),
        ("tool_call", {"call_id": "c1", "name": "look", "arguments": '{"a":1}'}),
        ("tool_call", {"call_id": "c2", "name": "see", "arguments": ""}),
        ("error", {"code": "chat.model_network", "detail": "It broke."}),
    ]


def test_what_a_database_cannot_hold_is_replaced() -> None:
    answer = Answer(new_id())
    answer.take([TextDelta("a\x00b")])
    assert answer.rows()[0].content == {"text": "a\ufffdb"}


def test_an_event_is_framed_for_a_browser() -> None:
    assert frames(2, [item(7, PartDelta(0, "a\nb"))]) == (
        b'id: 2.7\nevent: part.delta\ndata: {"type":"part.delta","index":0,"text":"a\\nb"}\n\n'
    )


def test_what_it_cost_is_in_the_journal_and_one_of_before_costs_had_none() -> None:
    answer = Answer(new_id())
    answer.price = ModelPrice(1_000_000, 2_000_000, None, "EUR")
    items = play([[TextDelta("a"), Usage(7, 3)]], answer)
    assert answer.cost == Money(13, "EUR")
    read = unpack(1, pack(items))
    assert Answer.replayed(new_id(), 0, [one.event for one in read]).cost == answer.cost
    (old,) = unpack(1, b'[{"type":"usage","input_tokens":7,"output_tokens":3}]')
    again = Answer.replayed(new_id(), 0, [old.event])
    assert (again.usage, again.cost) == (Usage(7, 3), None)
