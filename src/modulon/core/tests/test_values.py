"""What is wrong with a value has a code that people's languages have words for, and never repeats the value."""

from datetime import datetime
from enum import Enum
from typing import Annotated, Any, Literal, get_args
from uuid import UUID

import pytest
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_core.core_schema import ErrorType

from modulon.core.values import COMPLAINTS, wrong_values
from modulon.sdk import Invalid
from modulon.sdk.errors import Problem


class Unlucky(Invalid):
    """For the test."""

    code = "notes.unlucky"
    detail = "{number} brings no luck."


class Colour(Enum):
    """For the test."""

    red = "red"


def not_unlucky(number: int) -> int:
    if number == 13:
        raise Unlucky(params={"number": number})
    assert number != 14
    return number


class Circle(BaseModel):
    """For the test."""

    kind: Literal["circle"]


class Square(BaseModel):
    """For the test."""

    kind: Literal["square"]


class Body(BaseModel):
    """One field for each kind of complaint."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=5)] = "x"
    secret: Annotated[SecretStr, Field(min_length=3, max_length=5)] = SecretStr("xxxx")
    slug: Annotated[str, Field(pattern="[a-z]")] = "x"
    tags: Annotated[tuple[str, ...], Field(min_length=2, max_length=3)] = ("a", "b")
    age: Annotated[int, Field(ge=3, le=9)] = 5
    ratio: float = 0.5
    on: bool = True
    theme: Literal["a", "b"] = "a"
    colour: Colour = Colour.red
    id: UUID = UUID(int=0)
    at: AwareDatetime | None = None
    since: datetime | None = None
    notes: dict[str, int] = {}
    shape: Annotated[Circle | Square, Field(discriminator="kind")] | None = None
    lucky: Annotated[int, AfterValidator(not_unlucky)] = 7


def refused(given: dict[str, Any]) -> dict[str, Problem]:
    with pytest.raises(ValidationError) as caught:
        Body.model_validate(given)
    return wrong_values(caught.value.errors())


@pytest.mark.parametrize(
    ("given", "at", "told"),
    [
        ({"name": ""}, "/name", ("value.missing", "This is missing.", {})),
        ({"name": "s" * 6}, "/name", ("value.long", "At most 5 characters are possible.", {"maximum": 5})),
        ({"name": 7}, "/name", ("value.type", "This must be of the type text.", {"type": "text"})),
        ({"name": None}, "/name", ("value.type", "This must be of the type text.", {"type": "text"})),
        ({"secret": "s"}, "/secret", ("value.short", "At least 3 characters are needed.", {"minimum": 3})),
        ({"slug": "S"}, "/slug", ("value.form", "This is not of the form that is needed here.", {"pattern": "[a-z]"})),
        ({"tags": []}, "/tags", ("value.few", "At least 2 entries are needed.", {"minimum": 2})),
        ({"tags": list("abcd")}, "/tags", ("value.many", "At most 3 entries are possible.", {"maximum": 3})),
        ({"tags": [1, "b"]}, "/tags/0", ("value.type", "This must be of the type text.", {"type": "text"})),
        ({"tags": "ab"}, "/tags", ("value.type", "This must be of the type list.", {"type": "list"})),
        ({"age": 2}, "/age", ("value.small", "The least that is possible is 3.", {"minimum": 3})),
        ({"age": 10}, "/age", ("value.large", "The most that is possible is 9.", {"maximum": 9})),
        ({"age": "old"}, "/age", ("value.type", "This must be of the type integer.", {"type": "integer"})),
        ({"age": 5.5}, "/age", ("value.type", "This must be of the type integer.", {"type": "integer"})),
        ({"age": "9" * 5000}, "/age", ("value.type", "This must be of the type integer.", {"type": "integer"})),
        ({"ratio": "x"}, "/ratio", ("value.type", "This must be of the type number.", {"type": "number"})),
        ({"on": "x"}, "/on", ("value.type", "This must be of the type boolean.", {"type": "boolean"})),
        ({"on": []}, "/on", ("value.type", "This must be of the type boolean.", {"type": "boolean"})),
        ({"theme": 1}, "/theme", ("value.choice", "This can be 'a' or 'b'.", {"expected": "'a' or 'b'"})),
        ({"colour": "x"}, "/colour", ("value.choice", "This can be 'red'.", {"expected": "'red'"})),
        ({"id": "x"}, "/id", ("value.type", "This must be of the type UUID.", {"type": "UUID"})),
        ({"at": "x"}, "/at", ("value.type", "This must be of the type time.", {"type": "time"})),
        ({"at": "2026-01-01T00:00:00"}, "/at", ("value.type", "This must be of the type time.", {"type": "time"})),
        ({"since": []}, "/since", ("value.type", "This must be of the type time.", {"type": "time"})),
        ({"notes": []}, "/notes", ("value.type", "This must be of the type object.", {"type": "object"})),
        ({"notes": {"a/b~": ""}}, "/notes/a~1b~0", (
            "value.type", "This must be of the type integer.", {"type": "integer"},
        )),
        ({"shape": {}}, "/shape", ("value.missing", "This is missing.", {})),
        ({"shape": 1}, "/shape", ("value.type", "This must be of the type object.", {"type": "object"})),
        ({"odd": 1}, "/odd", ("value.unknown", "There is no field of this name.", {})),
        ({"lucky": 13}, "/lucky", ("notes.unlucky", "13 brings no luck.", {"number": 13})),
        ({"lucky": 14}, "/lucky", ("value.refused", "This value is not accepted.", {})),
    ],
)  # fmt: skip
def test_each_is_told_by_a_code_and_a_sentence(given: dict[str, Any], at: str, told: tuple[object, ...]) -> None:
    wrong = refused(given)
    assert {pointer: (one.code, one.message, one.params) for pointer, one in wrong.items()} == {at: told}


def test_a_shape_that_is_none_is_told_which_there_are() -> None:
    assert refused({"shape": {"kind": "star"}})["/shape"].message == "This can be 'circle', 'square'."


def test_whatever_pydantic_says_has_a_code_of_ours() -> None:
    anything = dict.fromkeys(("min_length", "max_length", "ge", "le", "pattern", "expected", "expected_tags"), 3)
    told = [wrong_values([{"type": kind, "loc": ("x",), "ctx": anything}])["/x"] for kind in get_args(ErrorType)]
    assert len(told) > 90
    assert {one.code.partition(".")[0] for one in told} == {"value"}


def test_a_refused_value_is_not_repeated_and_there_is_an_end() -> None:
    wrong = refused({f"odd{number}": "sk-secret" for number in range(100)} | {"slug": "sk-secret"})
    assert len(wrong) == COMPLAINTS
    assert not [one for one in wrong.values() if "sk-secret" in one.message or "sk-secret" in one.params.values()]
