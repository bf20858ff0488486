"""Errors as problem+json: complete, translatable, and without what must not be in them."""

import json

from modulon.core.gateway.problems import invalid_request, problem_json
from modulon.sdk import Conflict, NotFound


class NameTaken(Conflict):
    """For the test."""

    code = "notes.name_taken"


def test_a_problem_says_it_all() -> None:
    body = json.loads(problem_json(NameTaken("Taken.", params={"name": "A"}, fields={"/name": "taken"}), "abc"))
    assert body == {
        "type": "urn:modulon:problem:notes.name_taken",
        "title": "Conflict",
        "status": 409,
        "detail": "Taken.",
        "code": "notes.name_taken",
        "params": {"name": "A"},
        "fields": {"/name": "taken"},
        "trace": "abc",
    }


def test_absent_and_not_yours_read_alike() -> None:
    assert problem_json(NotFound(), "t") == problem_json(NotFound(), "t")
    assert NotFound().status == 404


def test_rejected_values_are_not_repeated() -> None:
    errors = [{"loc": ("body", "api/key", 0), "msg": "String should be short", "input": "sk-secret"}]
    problem = invalid_request(errors)
    assert problem.fields == {"/api~1key/0": "String should be short"}
    assert b"sk-secret" not in problem_json(problem, "")
