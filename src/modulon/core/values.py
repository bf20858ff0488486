"""What is wrong with single values of a request: pydantic's complaints as problems with codes of our own.

People read the code's words in their language; programs get the sentence here. Pydantic's own sentences are not passed
on: they exist in English only, and some repeat the refused value, which may be a secret.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from modulon.sdk.errors import Invalid, Param, Problem

COMPLAINTS: Final = 20
POINTER_LIMIT: Final = 200
"""How much is said about a request that is wrong in many places."""


class ValueRefused(Invalid):
    """None of the kinds below."""

    code = "value.refused"
    title = "This value is not accepted"
    detail = "This value is not accepted."


class ValueMissing(Invalid):
    """It was left out, or is empty."""

    code = "value.missing"
    title = "Something is missing"
    detail = "This is missing."


class ValueUnknown(Invalid):
    """There is no field of this name."""

    code = "value.unknown"
    title = "Something is not known"
    detail = "There is no field of this name."


class ValueShort(Invalid):
    """A text with too few characters. `params`: *minimum*."""

    code = "value.short"
    title = "This is too short"
    detail = "At least {minimum} characters are needed."


class ValueLong(Invalid):
    """A text with too many characters. `params`: *maximum*."""

    code = "value.long"
    title = "This is too long"
    detail = "At most {maximum} characters are possible."


class ValueFew(Invalid):
    """A list with too few entries. `params`: *minimum*."""

    code = "value.few"
    title = "These are too few"
    detail = "At least {minimum} entries are needed."


class ValueMany(Invalid):
    """A list with too many entries. `params`: *maximum*."""

    code = "value.many"
    title = "These are too many"
    detail = "At most {maximum} entries are possible."


class ValueSmall(Invalid):
    """A number below the least. `params`: *minimum*."""

    code = "value.small"
    title = "This is too small"
    detail = "The least that is possible is {minimum}."


class ValueLarge(Invalid):
    """A number above the most. `params`: *maximum*."""

    code = "value.large"
    title = "This is too large"
    detail = "The most that is possible is {maximum}."


class ValueChoice(Invalid):
    """None of the values that can be chosen. `params`: *expected*."""

    code = "value.choice"
    title = "This cannot be chosen"
    detail = "This can be {expected}."


class ValueForm(Invalid):
    """A text that is not of the form it must have. `params`: *pattern*, a regular expression."""

    code = "value.form"
    title = "This has another form"
    detail = "This is not of the form that is needed here."


class ValueType(Invalid):
    """A value of another type. `params`: *type*."""

    code = "value.type"
    title = "This has another type"
    detail = "This must be of the type {type}."


class ValueNotJson(Invalid):
    """A body that cannot be read."""

    code = "value.not_json"
    title = "This is no JSON"
    detail = "This is not JSON that can be read."


Limits = Mapping[str, Any]
"""What pydantic says about the limit that was crossed."""


def _short(limits: Limits) -> Problem:
    if limits["min_length"] == 1:
        return ValueMissing()
    return (ValueShort if _is_text(limits) else ValueFew)(params={"minimum": limits["min_length"]})


def _long(limits: Limits) -> Problem:
    return (ValueLong if _is_text(limits) else ValueMany)(params={"maximum": limits["max_length"]})


def _is_text(limits: Limits) -> bool:
    """Whether characters are counted: of a text, or of a secret, which pydantic calls a value."""
    return limits.get("field_type", "Value") == "Value"


def _with(kind: type[Problem], **params: str) -> Callable[[Limits], Problem]:
    """*kind* with each of its params from the limit of that name."""
    return lambda limits: kind(params={param: _plain(limits[name]) for param, name in params.items()})


_TYPES: Final[Mapping[str, str]] = {
    "string": "text",
    "int": "integer",
    "float": "number",
    "decimal": "number",
    "bool": "boolean",
    "list": "list",
    "tuple": "list",
    "set": "list",
    "dict": "object",
    "model": "object",
    "dataclass": "object",
    "date": "date",
    "datetime": "time",
    "time": "time",
    "timezone": "time",
    "uuid": "UUID",
    "url": "URL",
}
"""How pydantic's names for errors of a type begin, and what we call the type."""

_OF_TYPES: Final = frozenset({"type", "parsing", "from", "aware", "naive", "attributes", "syntax"})
"""How they go on, as in `int_from_float`; `date_past` is no error of the type."""

_PROBLEMS: Final[Mapping[str, Callable[[Limits], Problem]]] = {
    "missing": lambda _limits: ValueMissing(),
    "extra_forbidden": lambda _limits: ValueUnknown(),
    "json_invalid": lambda _limits: ValueNotJson(),
    "string_too_short": _short,
    "too_short": _short,
    "string_too_long": _long,
    "too_long": _long,
    "greater_than_equal": _with(ValueSmall, minimum="ge"),
    "less_than_equal": _with(ValueLarge, maximum="le"),
    "string_pattern_mismatch": _with(ValueForm, pattern="pattern"),
    "literal_error": _with(ValueChoice, expected="expected"),
    "enum": _with(ValueChoice, expected="expected"),
    "union_tag_invalid": _with(ValueChoice, expected="expected_tags"),
    "union_tag_not_found": lambda _limits: ValueMissing(),
}


def wrong_values(errors: Sequence[Mapping[str, Any]]) -> dict[str, Problem]:
    """Pydantic's complaints: the problem of each field by its JSON pointer, for the first of them.

    The rejected values are left out: they may be secrets. So is that a list is too short without its wrong entries.
    """
    around = {error["loc"][:depth] for error in errors for depth in range(len(error["loc"]))}
    counted = [error for error in errors if error["type"] != "too_short" or error["loc"] not in around]
    return {_pointer(error["loc"])[:POINTER_LIMIT]: _problem(error) for error in counted[:COMPLAINTS]}


def _problem(error: Mapping[str, Any]) -> Problem:
    kind, limits = str(error["type"]), error.get("ctx", {})
    if isinstance(limits.get("error"), Problem):
        return limits["error"]
    if kind in _PROBLEMS:
        return _PROBLEMS[kind](limits)
    begins, goes_on, *_ = [*kind.split("_"), ""]
    if begins in _TYPES and goes_on in _OF_TYPES:
        return ValueType(params={"type": _TYPES[begins]})
    return ValueRefused()


def _plain(value: Any) -> Param:
    return value if isinstance(value, str | int | float | bool) else str(value)


def _pointer(location: Sequence[Any]) -> str:
    parts = [str(part) for part in location]
    if parts and parts[0] == "body":
        parts = parts[1:]
    return "/" + "/".join(part.replace("~", "~0").replace("/", "~1") for part in parts)
