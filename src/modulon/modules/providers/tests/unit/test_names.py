"""Short names, addresses, and the names that lead to models."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modulon.modules.providers.backend.contract import OfferedModel
from modulon.modules.providers.backend.errors import EndpointInvalid, ModelAmbiguous, ModelUnknown
from modulon.modules.providers.backend.serving.models import with_model
from modulon.modules.providers.backend.serving.names import allowed_by, is_local, normal_endpoint, same_origin, slug_of
from modulon.modules.providers.backend.serving.snapshot import Snapshot, Source
from modulon.modules.providers.backend.serving.view import View
from modulon.modules.providers.backend.store import ModelRow
from modulon.sdk import Allowed, new_id
from modulon.sdk.inference import ProviderConnection


@given(st.text(max_size=200))
def test_a_short_name_is_always_one(name: str) -> None:
    slug = slug_of(name)
    assert 0 < len(slug) <= 40
    assert slug.strip("-") == slug
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_short_names_stay_apart() -> None:
    assert slug_of("Ollama", frozenset({"ollama", "ollama-2"})) == "ollama-3"
    assert slug_of("Zoë & Co.") == "zoe-co"
    assert slug_of("寿司") == "provider"


@pytest.mark.parametrize(
    ("given", "normal"),
    [
        ("http://127.0.0.1:11434/v1/", "http://127.0.0.1:11434/v1"),
        ("https://API.example.org", "https://api.example.org"),
        ("https://api.example.org/V1//", "https://api.example.org/V1"),
        ("https://api.example.org/v1/chat/completions", "https://api.example.org/v1"),
        ("http://[::1]:8080/v1/models", "http://[::1]:8080/v1"),
    ],
)
def test_one_spelling_of_an_address(given: str, normal: str) -> None:
    assert normal_endpoint(given) == normal
    assert normal_endpoint(normal) == normal


@pytest.mark.parametrize(
    "text",
    ["", "host", "ftp://host", "http://", "http://a@b/", "http://a\\b", "http://a/?x", "http://a/#x", "http://a:0/",
     "http://a:99999/", "http://bücher.de/", "http://a b/", "http://a/\n", "http://[::1/", "//a/v1"],
)  # fmt: skip
def test_e05_what_is_no_plain_address_is_refused(text: str) -> None:
    with pytest.raises(EndpointInvalid):
        normal_endpoint(text)


def test_e07_an_address_allows_exactly_itself() -> None:
    assert allowed_by("http://127.0.0.1:11434/v1") == Allowed("127.0.0.1", 11434)
    assert allowed_by("https://api.example.org/v1") == Allowed("api.example.org", 443)
    assert same_origin("http://a:80/v1", "http://a/v2")
    assert not same_origin("http://a/v1", "https://a/v1")
    assert not same_origin("http://a/v1", "http://a:8080/v1")
    assert not same_origin("http://a/v1", "http://b/v1")


def test_local_addresses_are_told_apart() -> None:
    local = ("http://127.0.0.1:1/", "http://localhost/", "http://ollama:11434/", "http://nas.lan/", "http://[fd00::1]/")
    assert all(is_local(one) for one in local)
    assert not any(is_local(one) for one in ("https://api.example.org/v1", "http://93.184.215.14/"))


def model(vendor_id: str, provider_id: UUID, *, enabled: bool = True) -> ModelRow:
    return ModelRow(
        new_id(), provider_id, vendor_id, vendor_id, enabled, {}, None, None, None, None, None, None, [], None, False
    )


def snapshot(slug: str, *models: str, disabled: tuple[str, ...] = ()) -> Snapshot:
    source = Source(new_id(), slug.title(), slug, "openai", local=False)
    offers = tuple(OfferedModel(source.listed(model(name, source.id)), True, None) for name in models)
    connection = ProviderConnection(source.id, "http://x/v1", None, None)
    return Snapshot(source, 1, connection, offers, frozenset(disabled))


def test_full_and_bare_names_lead_to_a_model() -> None:
    view = View([snapshot("one", "gpt", "both"), snapshot("two", "vendor/gpt", "both")])
    assert view.resolve("one/gpt").vendor_id == "gpt"
    assert view.resolve("gpt").id == "one/gpt"
    assert view.resolve("two/vendor/gpt").vendor_id == "vendor/gpt"
    assert view.resolve("vendor/gpt").id == "two/vendor/gpt"
    with pytest.raises(ModelAmbiguous) as caught:
        view.resolve("both")
    assert caught.value.params["names"] == "one/both, two/both"


def test_a_full_name_wins_over_a_bare_one_that_looks_like_it() -> None:
    view = View([snapshot("one", "gpt"), snapshot("two", "one/gpt")])
    assert view.resolve("one/gpt").provider_name == "One"
    assert view.resolve("two/one/gpt").provider_name == "Two"


def test_unlisted_ids_need_the_provider_or_that_there_is_one() -> None:
    alone = View([snapshot("one", "gpt", disabled=("old",))])
    assert alone.resolve("one/new").vendor_id == "new"
    assert alone.resolve("vendor/new").vendor_id == "vendor/new"
    several = View([snapshot("one", "gpt"), snapshot("two")])
    assert several.resolve("two/new").vendor_id == "new"
    for view, name in ((alone, "old"), (alone, "one/old"), (several, "new"), (several, "three/new"), (View([]), "a/b")):
        with pytest.raises(ModelUnknown):
            view.resolve(name)


@pytest.mark.parametrize("name", ["", "one/", "x" * 301, "one/a\nb", "\x00"])
def test_what_is_no_name_is_unknown(name: str) -> None:
    with pytest.raises(ModelUnknown):
        View([snapshot("one", "gpt"), snapshot("two")]).resolve(name)


def test_only_the_models_name_is_changed() -> None:
    body = b'{"model": "sim/a", "messages": [{"content": "\\u00e9 \\"model\\": 1", "x": 1.50}], "n": 1e2, "z": {}}'
    assert with_model(body, 'a/b"') == (
        b'{"model":"a/b\\"","messages":[{"content": "\\u00e9 \\"model\\": 1", "x": 1.50}],"n":1e2,"z":{}}'
    )
