"""Prices in a list of models: OpenRouter's are read, what may mean something else is not."""

from typing import Any

import pytest

from modulon.modules.providers.backend.wire.listing import models_of
from modulon.modules.providers.backend.wire.prices import listed_price
from modulon.sdk.inference import ModelPrice

FREE = {"prompt": "0", "completion": "0"}
UNREADABLE: list[Any] = [
    None,
    [],
    "0",
    {},
    {"prompt": "0"},
    {"prompt": "-1", "completion": "-1"},
    {"prompt": 0.3, "completion": 0.9},
    {"input": "0.3", "output": "0.9"},
    FREE | {"request": "0.01"},
    FREE | {"request": "a little"},
    FREE | {"prompt": "NaN"},
    FREE | {"prompt": "1e999999999"},
    FREE | {"prompt": "101"},
    FREE | {"prompt": "1e-99999"},
]


def test_dollars_for_a_token_become_micro_dollars_for_a_million() -> None:
    told = {"prompt": "0.00000015", "completion": "6e-7", "image": "0.001", "input_cache_read": "0.000000075"}
    assert listed_price(told) == ModelPrice(150_000, 600_000, 75_000, "USD")
    assert listed_price(FREE) == ModelPrice(0, 0, None, "USD")


@pytest.mark.parametrize("told", UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_is_not_sure_is_not_known(told: Any) -> None:
    assert listed_price(told) is None


def test_a_list_with_a_strange_price_is_a_list_all_the_same() -> None:
    one, other = models_of(b'{"data": [{"id": "a", "pricing": [1]}, {"id": "b", "pricing": {"prompt": "0.000001", '
                           b'"completion": "0.000002"}}]}')  # fmt: skip
    assert (one.price, other.price) == (None, ModelPrice(1_000_000, 2_000_000, None, "USD"))
