"""What a backup says about itself is held against what is in it."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from modulon.core.data.backup.entries import Entry
from modulon.core.data.backup.errors import BackupDamaged, BackupRefused
from modulon.core.data.backup.manifest import (
    Manifest,
    TableState,
    check_entries,
    check_schema,
    check_tables,
    read_manifest,
)
from modulon.core.data.backup.sqlite import prove, tables_in
from modulon.core.data.migrations import with_core
from modulon.core.data.migrations.history import Applied

ONE, TWO = (TableState(name, 2, name * 8, None, ["id"]) for name in ("one", "two"))
ENTRIES = [Entry("a", 1, "x"), Entry("b", 2, "y")]
MANIFEST = Manifest(
    version="0.1.0",
    instance="i",
    created_at=datetime(2026, 11, 29, tzinfo=UTC),
    database="sqlite",
    event_seq=1,
    migrations=[],
    tables=[ONE, TWO],
    sequences=[],
    entries=ENTRIES,
)


def test_it_is_read_as_it_was_written() -> None:
    assert read_manifest(msgspec.json.encode(MANIFEST)) == MANIFEST
    with pytest.raises(BackupRefused, match="not of this Modulon"):
        read_manifest(b"{}")


def test_r16_the_table_that_is_wrong_is_named() -> None:
    check_tables(MANIFEST, [TWO, ONE])
    for found, says in (
        ([ONE], "two is missing"),
        ([ONE, msgspec.structs.replace(TWO, rows=1)], "two has 1 rows in place of 2"),
        ([msgspec.structs.replace(ONE, sha256="x"), TWO], "one has other rows"),
        ([ONE, TWO, msgspec.structs.replace(TWO, name="three")], "three is not in"),
    ):
        with pytest.raises(BackupDamaged, match=says):
            check_tables(MANIFEST, found)


def test_r16_the_entry_that_is_wrong_is_named() -> None:
    check_entries(MANIFEST, ENTRIES)
    for found, says in (
        ([ENTRIES[0], Entry("b", 3, "y")], "entry b"),
        ([Entry("a", 1, "z"), ENTRIES[1]], "entry a"),
        (ENTRIES[:1], "has 1 entries, its manifest lists 2"),
        ([*ENTRIES, ENTRIES[1]], "has 3 entries"),
    ):
        with pytest.raises(BackupDamaged, match=says):
            check_entries(MANIFEST, found)


def test_r13_what_the_server_would_not_start_with_is_not_restored() -> None:
    def made_with(**changed: str) -> Manifest:
        first = {"module": "core", "revision": "0001", "checksum": "x", "min_code_version": "0.1.0"}
        return msgspec.structs.replace(MANIFEST, migrations=[Applied(**{**first, **changed})])

    folders = with_core({})
    check_schema(made_with(module="gone"), folders)
    for manifest, says in (
        (made_with(revision="9999"), "core/9999"),
        (made_with(), "was edited"),
        (made_with(min_code_version="99.0.0"), "needs 99.0.0 or later"),
    ):
        with pytest.raises(BackupRefused, match=says):
            check_schema(manifest, folders)


def test_r16_sqlite_itself_is_asked_as_well(tmp_path: Path) -> None:
    file = tmp_path / "x.db"
    with closing(sqlite3.connect(file)) as db:
        db.execute("CREATE TABLE one (id INTEGER PRIMARY KEY, name TEXT, created_at INTEGER)")
        db.execute("CREATE TABLE two (name TEXT PRIMARY KEY, body BLOB) WITHOUT ROWID")
        db.execute("CREATE INDEX names ON one (name)")
        db.executemany("INSERT INTO one VALUES (?, ?, ?)", ((n, f"{n}" * 50, n) for n in range(1000)))
        db.execute("INSERT INTO two VALUES ('a', x'00ff')")
        db.commit()
    states = tables_in(file)
    assert [(state.name, state.rows) for state in states] == [("one", 1000), ("two", 1)]
    assert states[0].newest == datetime(1970, 1, 1, microsecond=999, tzinfo=UTC)
    manifest = msgspec.structs.replace(MANIFEST, tables=states)
    prove(file, manifest)
    whole = bytearray(file.read_bytes())
    at = whole.rindex(b"777" * 10)
    whole[at : at + 3] = b"778"
    file.write_bytes(whole)
    with pytest.raises(BackupDamaged):
        prove(file, manifest)
    file.write_bytes(whole[:4096] + bytes(4096) + whole[8192:])
    with pytest.raises(BackupDamaged, match="SQLite"):
        prove(file, manifest)
