"""Values that are secret are blanked in log lines, wherever they stand."""

import json
import os

import structlog

from modulon.core.secrets import MasterKey, SecretBox
from modulon.core.secrets.redact import BLANK, Redactor, clean, redact_event
from modulon.sdk.ids import new_id
from modulon.sdk.secrets import Place

KEY = "sk-canary-4f2a9c77"


def redactor(*values: str) -> Redactor:
    made = Redactor()
    for value in values:
        made.remember(value)
    return made


def test_a_value_is_blanked_wherever_it_stands() -> None:
    made = redactor(KEY)
    assert made.clean(f"Bearer {KEY}, again:{KEY}") == f"Bearer {BLANK}, again:{BLANK}"
    assert made.clean(KEY) == BLANK


def test_other_text_is_left_alone() -> None:
    made = redactor(KEY)
    for text in ("", "sk-", "sk-canary-4f2a9c7", "nothing of that kind in here", KEY[1:]):
        assert made.clean(text) == text


def test_the_longer_of_two_values_wins() -> None:
    assert redactor(KEY, KEY + "-longer").clean(KEY + "-longer") == BLANK


def test_the_url_and_json_spellings_are_blanked_too() -> None:
    value = 'pass/word&"quoted"'
    made = redactor(value)
    assert made.clean("?k=pass%2Fword%26%22quoted%22&x=1") == f"?k={BLANK}&x=1"
    assert made.clean(json.dumps({"k": value})) == f'{{"k": "{BLANK}"}}'


def test_short_values_are_not_remembered() -> None:
    assert redactor("admin").clean("the admin signed in") == "the admin signed in"


def test_the_memory_is_bounded_and_the_oldest_goes_first() -> None:
    made = Redactor(limit=2)
    for value in ("aaaa-secret-1", "bbbb-secret-2", "cccc-secret-3"):
        made.remember(value)
    assert made.clean("aaaa-secret-1 bbbb-secret-2 cccc-secret-3") == f"aaaa-secret-1 {BLANK} {BLANK}"
    assert "aaaa" not in made._index


def test_sealing_and_opening_are_remembered_by_the_process() -> None:
    place = Place("t", new_id(), "f")
    sealed = SecretBox(MasterKey.of(os.urandom(32))).seal("seal-canary-99", place)
    assert clean(f"x {sealed} seal-canary-99").endswith(BLANK)


def test_s01_a_log_event_shows_no_value_however_deep() -> None:
    structlog.reset_defaults()
    SecretBox(MasterKey.of(os.urandom(32))).seal(KEY, Place("t", new_id(), "f"))
    event = {
        "event": f"called with {KEY}",
        "fields": {"headers": [("authorization", f"Bearer {KEY}")], KEY: 1},
        "error": ValueError(KEY),
        "raw": KEY.encode(),
        "count": 3,
        "none": None,
    }
    cleaned = redact_event(None, "info", event)
    assert KEY not in repr(cleaned)
    assert cleaned["count"] == 3
    assert cleaned["none"] is None
