"""Money is exact: what is written is what is read."""

import pytest

from modulon.sdk.inference import ModelPrice, Usage
from modulon.sdk.money import Money, amount_of, micros_of

EXACT = [("0", 0), ("0.0004", 400), ("0.000001", 1), ("1", 1_000_000), ("10", 10_000_000), ("100.05", 100_050_000)]


@pytest.mark.parametrize(("text", "micros"), EXACT)
def test_amounts_go_there_and_back(text: str, micros: int) -> None:
    assert (micros_of(text), amount_of(micros), Money(micros, "EUR").amount) == (micros, text, text)


@pytest.mark.parametrize("wrong", ["", "-1", "1,5", "1.", ".5", "1e3", "0.0000001", "\u0661", "1\n", "1" * 13])
def test_what_is_no_amount_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        micros_of(wrong)


def test_an_answer_costs_what_its_tokens_do() -> None:
    price = ModelPrice(3_000_000, 15_000_000, 300_000, "USD")
    assert price.cost(Usage(1_000, 200, 400)) == Money(1_800 + 3_000 + 120, "USD")
    assert ModelPrice(3_000_000, 0, None, "USD").cost(Usage(1_000, 200, 400)) == Money(3_000, "USD")


def test_what_costs_something_is_never_free_and_what_is_free_costs_nothing() -> None:
    assert ModelPrice(50_000, 0, None, "USD").cost(Usage(1, 0)) == Money(1, "USD")
    assert ModelPrice(0, 0, None, "EUR").cost(Usage(9_000, 9_000)) == Money(0, "EUR")


def test_counts_that_cannot_be_do_not_make_a_cost_negative() -> None:
    assert ModelPrice(1_000_000, 0, 0, "USD").cost(Usage(10, 0, 50)) == Money(0, "USD")
