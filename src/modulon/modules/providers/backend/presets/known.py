"""The presets of `presets.toml`, and which of them a key may belong to by its shape."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final, Literal

import msgspec

from modulon.modules.providers.backend.serving.names import is_local

_FILE: Final = Path(__file__).with_name("presets.toml")

LONGEST_KEY: Final = 4096


class Preset(msgspec.Struct, frozen=True, kw_only=True):
    """A provider people use. *shape* is the expression its keys match, *key_url* where they are to be had."""

    slug: str
    name: str
    endpoint: str
    key: Literal["none", "optional", "needed"]
    shape: str | None = None
    key_url: str | None = None
    probe: bool = False

    @property
    def complete(self) -> bool:
        """Whether the address can be used as it stands."""
        return "<" not in self.endpoint

    @property
    def local(self) -> bool:
        """Whether it is on this machine or network."""
        return is_local(self.endpoint)


@cache
def presets() -> Sequence[Preset]:
    """All of them, in the order in which they are offered."""
    return tuple(msgspec.convert(tomllib.loads(_FILE.read_text("utf-8"))["preset"], list[Preset]))


def recognised(key: str) -> Sequence[Preset]:
    """The presets whose keys look like *key*: none, one, or several if the shape is not enough to tell."""
    text = key.strip()
    if not text or len(text) > LONGEST_KEY:
        return ()
    return [preset for preset in presets() if preset.shape and re.fullmatch(preset.shape, text, re.ASCII)]
