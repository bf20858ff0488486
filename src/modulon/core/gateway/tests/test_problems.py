"""Errors as problem+json: complete, translatable, and without what must not be in them."""

import json

from modulon.core.gateway.problems import problem_json
from modulon.sdk import Conflict, Invalid, NotFound


class NameTaken(Conflict):
    """For the test."""

    code = "notes.name_taken"
    detail = "{name} is taken."


def test_a_problem_says_it_all() -> None:
    body = json.loads(problem_json(NameTaken(params={"name": "A"}, at="/name"), "abc"))
    assert body == {
        "type": "urn:modulon:problem:notes.name_taken",
        "title": "Conflict",
        "status": 409,
        "detail": "A is taken.",
        "code": "notes.name_taken",
        "params": {"name": "A"},
        "fields": {"/name": {"code": "notes.name_taken", "detail": "A is taken.", "params": {"name": "A"}}},
        "trace": "abc",
    }


def test_absent_and_not_yours_read_alike() -> None:
    assert problem_json(NotFound(), "t") == problem_json(NotFound(), "t")
    assert NotFound().status == 404


def test_what_is_wrong_with_several_fields_is_said_of_each() -> None:
    problem = Invalid(fields={"/name": NameTaken(params={"name": "A"}), "/tag": Invalid("Odd.")})
    told = json.loads(problem_json(problem, ""))
    assert (told["code"], told["detail"]) == ("invalid", Invalid.detail)
    assert told["fields"] == {
        "/name": {"code": "notes.name_taken", "detail": "A is taken.", "params": {"name": "A"}},
        "/tag": {"code": "invalid", "detail": "Odd."},
    }
