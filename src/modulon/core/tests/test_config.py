"""What the operator may set is checked at the start, in words that say where."""

import pytest

from modulon.core.config import ConfigError, load_config


@pytest.mark.parametrize("proxies", [("10.0.0.1",), ("10.0.0.0/8", "fd00::/8"), ()])
def test_b08_proxies_are_addresses_and_networks(proxies: tuple[str, ...]) -> None:
    assert load_config(trusted_proxies=proxies).trusted_proxies == proxies


@pytest.mark.parametrize("proxy", ["proxy.example.org", "10.0.0.1/8", "10.0.0", "", "*", "0.0.0.0/0", "::/0"])
def test_b08_anything_else_keeps_the_server_from_starting(proxy: str) -> None:
    with pytest.raises(ConfigError, match=r"trusted_proxies.*MODULON_TRUSTED_PROXIES"):
        load_config(trusted_proxies=("127.0.0.1", proxy))
