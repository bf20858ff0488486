"""`module.toml`: what is accepted, and the sentence for what is not."""

from pathlib import Path

import pytest

from modulon.sdk.manifest import ManifestError, read_manifest

GOOD = """
[module]
id = "acme.dice"
name = "Dice"
version = "0.1.0"
description = "Rolls dice"
author = "Acme"
type = "plugin"
[permissions]
kv = { reason = "remember the last roll" }
"http:*.acme.example" = { reason = "fetch the odds" }
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "module.toml"
    path.write_text(text)
    return path


def test_a_whole_manifest(tmp_path: Path) -> None:
    manifest = read_manifest(write(tmp_path, GOOD))
    assert (manifest.id, manifest.slug, manifest.table_prefix) == ("acme.dice", "acme_dice", "m_acme_dice__")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('id = "acme.dice"', 'id = "Acme.Dice"', "an id is"),
        ('type = "plugin"', 'type = "standard"', "core and standard ids have no dot"),
        ('version = "0.1.0"', 'version = "new"', "module.version"),
        ("kv =", "shell =", "unknown permission shell"),
        ('author = "Acme"', 'author = "Acme"\nsurprise = 1', "surprise"),
        ("[module]", "[module", "module.toml"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    with pytest.raises(ManifestError, match=sentence):
        read_manifest(write(tmp_path, GOOD.replace(old, new, 1)))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="nowhere"):
        read_manifest(tmp_path / "nowhere" / "module.toml")
