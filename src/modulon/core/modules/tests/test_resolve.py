"""Dependency order, and what is said when there is none."""

from pathlib import Path

import pytest

from modulon.core.modules.discover import Discovered, discover
from modulon.core.modules.resolve import ResolutionError, resolve
from modulon.sdk.manifest import ManifestError, read_manifest

TEMPLATE = """
[module]
id = "{id}"
name = "A module"
version = "{version}"
description = "For a test"
author = "Acme"
type = "standard"
[requires]
{requires}
[owns]
{owns}
"""


def make(folder: Path, id: str, *, version: str = "1.0.0", requires: str = "", owns: str = "") -> Discovered:
    (folder / id).mkdir(parents=True)
    path = folder / id / "module.toml"
    path.write_text(TEMPLATE.format(id=id, version=version, requires=requires, owns=owns))
    return Discovered(read_manifest(path), path.parent, f"nowhere.{id}")


def ids(modules: list[Discovered]) -> list[str]:
    return [module.manifest.id for module in modules]


def test_what_is_required_comes_first(tmp_path: Path) -> None:
    chat = make(tmp_path, "chat", requires='providers = ">=1"')
    providers = make(tmp_path, "providers")
    assert ids(resolve([chat, providers])) == ["providers", "chat"]


def test_a_missing_module_is_named_with_who_wants_it(tmp_path: Path) -> None:
    with pytest.raises(ResolutionError, match="chat requires providers >=1, which is not there"):
        resolve([make(tmp_path, "chat", requires='providers = ">=1"')])


def test_a_wrong_version_is_named_with_both(tmp_path: Path) -> None:
    modules = [make(tmp_path, "chat", requires='providers = ">=2"'), make(tmp_path, "providers", version="1.4.0")]
    with pytest.raises(ResolutionError, match=r"chat requires providers >=2, but providers is 1\.4\.0"):
        resolve(modules)


def test_a_range_that_is_none_is_said(tmp_path: Path) -> None:
    modules = [make(tmp_path, "chat", requires='providers = "about 2"'), make(tmp_path, "providers")]
    with pytest.raises(ResolutionError, match="no range of versions"):
        resolve(modules)


def test_a_circle_is_shown(tmp_path: Path) -> None:
    modules = [make(tmp_path, "one", requires='two = ">=1"'), make(tmp_path, "two", requires='one = ">=1"')]
    with pytest.raises(ResolutionError, match=r"circle: .*one.*→.*two"):
        resolve(modules)


@pytest.mark.parametrize(
    "owns", ['tables = ["notes"]', 'paths = ["notes"]', 'roots = ["/v2"]'], ids=["table", "path", "root"]
)
def test_two_owners_of_a_name_keep_the_server_from_starting(tmp_path: Path, owns: str) -> None:
    with pytest.raises(ResolutionError, match="both own"):
        resolve([make(tmp_path, "one", owns=owns), make(tmp_path, "two", owns=owns)])


@pytest.mark.parametrize("name", ["events", "modules", "settings", "x", "v1"])
def test_names_of_core_are_taken(tmp_path: Path, name: str) -> None:
    with pytest.raises(ResolutionError, match=f"core both own the path {name}|both own the path {name}"):
        resolve([make(tmp_path, "one", owns=f'paths = ["{name}"]')])


def test_one_id_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with pytest.raises(ResolutionError, match="two modules are called one"):
        resolve([make(tmp_path / "a", "one"), make(tmp_path / "b", "one")])


def test_a_folder_named_otherwise_is_refused(tmp_path: Path) -> None:
    make(tmp_path, "one").folder.rename(tmp_path / "other")
    with pytest.raises(ManifestError, match="must be named one"):
        discover(tmp_path)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="no such folder"):
        discover(tmp_path / "nowhere")
