"""Which way imports point (architecture: sdk ← core, sdk ← modules, contracts between modules, no cycles)."""

from graphlib import CycleError, TopologicalSorter

import pytest

from .source import MODULES, SOURCE, Import, imports_of, manifests, module_ids, python_files

HTTP_CLIENTS = ("httpx", "requests", "urllib3", "urllib.request", "http.client", "pycurl")


def test_the_contract_imports_nothing_else_of_ours() -> None:
    wrong = [i for path in python_files(SOURCE / "sdk") for i in imports_of(path) if _outside(i, "modulon.sdk")]
    assert not wrong, "\n".join(map(str, wrong))


def test_core_never_imports_a_module() -> None:
    wrong = [
        i for path in python_files(SOURCE / "core") for i in imports_of(path) if i.name.startswith("modulon.modules")
    ]
    assert not wrong, "\n".join(map(str, wrong))


def test_the_command_line_imports_no_module() -> None:
    wrong = [
        i for path in python_files(SOURCE / "cli") for i in imports_of(path) if i.name.startswith("modulon.modules")
    ]
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("module", module_ids())
def test_a_module_imports_the_contract_and_contracts_it_requires(module: str) -> None:
    requires = set(manifests()[module].get("requires", {}))
    wrong = [
        i
        for path in python_files(MODULES / module)
        for i in imports_of(path)
        if i.name.startswith("modulon.") and not _allowed(i.name, module, requires)
    ]
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("module", module_ids())
def test_a_manifest_requires_nothing_it_does_not_import(module: str) -> None:
    used = {
        i.name.split(".")[2]
        for path in python_files(MODULES / module)
        for i in imports_of(path)
        if i.name.startswith("modulon.modules.")
    }
    assert set(manifests()[module].get("requires", {})) <= used


@pytest.mark.parametrize("module", module_ids())
def test_a_contract_holds_no_code_of_its_module(module: str) -> None:
    contract = MODULES / module / "backend" / "contract.py"
    if contract.is_file():
        wrong = [i for i in imports_of(contract) if i.name.startswith("modulon.") and not _contract_like(i.name)]
        assert not wrong, "\n".join(map(str, wrong))


def test_modules_form_no_circle() -> None:
    graph = {module: manifest.get("requires", {}) for module, manifest in manifests().items()}
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"modules require each other in a circle: {error.args[1]}")


def test_only_egress_speaks_http_outwards() -> None:
    egress = SOURCE / "core" / "egress"
    wrong = [
        i
        for path in python_files(SOURCE)
        for i in imports_of(path)
        if i.name.startswith(HTTP_CLIENTS) or (i.name.split(".")[0] == "aiohttp" and egress not in path.parents)
    ]
    assert not wrong, "\n".join(map(str, wrong))


def test_raw_sql_and_drivers_live_in_the_data_package_only() -> None:
    data = SOURCE / "core" / "data"
    drivers = (
        "sqlite3",
        "asyncpg",
        "aiosqlite",
        "alembic",
        "sqlalchemy.orm",
        "sqlalchemy.ext.asyncio",
        "sqlalchemy.text",
    )
    wrong = [
        i
        for path in python_files(SOURCE)
        for i in imports_of(path)
        if i.name.startswith(drivers)
        and data not in path.parents
        and "migrations" not in path.parts
        and path.name != "doctor.py"
    ]
    assert not wrong, "\n".join(map(str, wrong))


def _outside(found: Import, package: str) -> bool:
    return found.name.startswith("modulon") and not found.name.startswith(package)


def _allowed(name: str, module: str, requires: set[str]) -> bool:
    if name.startswith(("modulon.sdk", f"modulon.modules.{module}.")):
        return True
    return any(name.startswith(f"modulon.modules.{other}.backend.contract") for other in requires)


def _contract_like(name: str) -> bool:
    return name.startswith("modulon.sdk") or ".backend.contract" in name
