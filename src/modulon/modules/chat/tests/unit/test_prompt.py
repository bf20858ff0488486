"""What is left out of a prompt that is too long."""

from hypothesis import given
from hypothesis import strategies as st

from modulon.modules.chat.backend.runs.prompt import CHARACTERS_PER_TOKEN, fitting
from modulon.sdk.inference import ModelMessage


def talk(*sizes: int) -> list[ModelMessage]:
    return [ModelMessage("user" if n % 2 == 0 else "assistant", "x" * size) for n, size in enumerate(sizes)]


def test_everything_fits_an_unknown_window() -> None:
    history = talk(10, 20, 30)
    assert fitting(history, None) == tuple(history)


def test_the_newest_stay() -> None:
    history = talk(300, 300, 300, 300, 30)
    assert [len(m.text) for m in fitting(history, 200)] == [30]
    assert [len(m.text) for m in fitting(history, 400)] == [300, 300, 30]


def test_the_last_one_always_stays() -> None:
    assert len(fitting(talk(10_000), 10)) == 1


@given(st.lists(st.integers(0, 500), min_size=1, max_size=20), st.integers(1, 3000))
def test_a_prompt_is_the_end_of_the_branch_and_begins_with_a_person(sizes: list[int], window: int) -> None:
    history = talk(*sizes)
    kept = fitting(history, window)
    assert kept == tuple(history[len(history) - len(kept) :])
    assert len(kept) == 1 or kept[0].role == "user"
    budget = window * 3 // 4 * CHARACTERS_PER_TOKEN
    assert len(kept) == 1 or sum(len(m.text) for m in kept) <= budget
