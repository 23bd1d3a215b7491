"""`manage.py createtables` makes what is missing and reports what differs, alike on every store."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core import wiring
from core.storage import Index, KeyCondition, Query, Store, Table, number, text, using
from core.storage.drift import drift
from tests.platform.processes import environment, manage
from tests.storage.tables import NAMES, NOTES, READINGS, TABLES

KIND, COLOUR = NOTES.indexes


@pytest.fixture
def empty(each_store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty store of every kind in turn, which is the process's; the product declares the tables of these tests."""
    monkeypatch.setattr(wiring, "tables", lambda: TABLES)
    with using(each_store):
        yield each_store


def said(*options: str) -> tuple[str, str]:
    """What the command printed, and the error it ended with (exit code 1), "" for none."""
    printed = io.StringIO()
    try:
        call_command("createtables", *options, stdout=printed)
    except CommandError as error:
        return printed.getvalue(), str(error)
    return printed.getvalue(), ""


def check_lines(printed: str, *expected: list[str]) -> None:
    """One line for each, which names all that it must."""
    lines = printed.splitlines()
    assert len(lines) == len(expected)
    for line, parts in zip(lines, expected, strict=True):
        assert [part for part in parts if part not in line] == []


def test_missing_tables_are_made_and_a_second_time_is_harmless(empty: Store) -> None:
    empty.create_tables([NAMES])
    empty.put(NAMES, {"name": "kept"})

    assert said() == ("2 tables made, 1 were there.\n", "")
    assert said() == ("0 tables made, 3 were there.\n", "")
    assert said("--check") == ("All 3 tables are as declared.\n", "")
    assert empty.get(NAMES, {"name": "kept"}) == {"name": "kept"}


def test_a_check_changes_nothing_and_names_what_is_missing(empty: Store) -> None:
    empty.create_tables([NAMES, replace(NOTES, ttl=None)])

    printed, error = said("--check")

    check_lines(printed, ["Notes", "expire by expires_at", "`createtables`"], ["Readings", "missing", "`createtables`"])
    assert error == "The tables differ from their declarations in 2 points."
    assert empty.describe(READINGS) is None
    existing = empty.describe(NOTES)
    assert existing is not None
    assert drift(replace(NOTES, ttl=None), existing) == ()


def test_each_difference_is_reported_and_what_can_be_done_is_done(empty: Store) -> None:
    colour = Index("ColourIndex", text("colour"), text("note"))
    old = Index("OldIndex", text("old"))
    empty.create_tables([replace(NOTES, indexes=(colour, old), ttl=None), Table("Names", text("name"), number("part"))])
    empty.put(NOTES, {"owner": "a", "note": "kept"})

    printed, error = said()

    check_lines(
        printed,
        ["Notes", "expire by expires_at now"],
        ["1 tables made, 2 were there"],
        ["Notes", "KindIndex (kind, weight N)", "missing", "`createtables --add-indexes`"],
        ["Notes", "ColourIndex", "declared as (colour)", "is (colour, note)", "Delete it", "--add-indexes"],
        ["Notes", "OldIndex (old)", "not declared"],
        ["Names", "declared as (name)", "is (name, part N)", "dump the tables"],
    )
    assert error == "The tables differ from their declarations in 4 points."
    assert empty.get(NOTES, {"owner": "a", "note": "kept"}) is not None
    assert said()[0].splitlines()[1:] == printed.splitlines()[2:]


def test_missing_indexes_are_added_on_request_and_hold_what_was_there(empty: Store) -> None:
    empty.create_tables([replace(NOTES, indexes=())])
    kept = [
        {"owner": "a", "note": f"n{each}", "kind": "memo", "weight": Decimal(each), "colour": "red"}
        for each in range(30)
    ]
    empty.load(replace(NOTES, indexes=()), [*kept, {"owner": "a", "note": "bare"}])

    printed, error = said("--add-indexes")

    assert error == ""
    assert [line.partition(";")[0] for line in printed.splitlines()] == [
        "Notes: adding the index KindIndex",
        "Notes: adding the index ColourIndex",
        "2 tables made, 1 were there.",
    ]
    memos = empty.query(Query(NOTES, KeyCondition("kind").eq("memo"), index="KindIndex"))
    assert list(memos.items) == kept
    red = empty.query(Query(NOTES, KeyCondition("colour").eq("red"), index="ColourIndex"))
    assert len(red.items) == 30
    empty.delete(NOTES, {"owner": "a", "note": "n0"})
    assert len(empty.query(Query(NOTES, KeyCondition("kind").eq("memo"), index="KindIndex")).items) == 29


def test_items_that_stood_before_expire_too_once_the_attribute_is_known(store: Store) -> None:
    store.create_tables([replace(NOTES, ttl=None)])
    store.put(NOTES, {"owner": "a", "note": "old", "expires_at": 100})
    store.put(NOTES, {"owner": "a", "note": "new", "expires_at": 300})

    store.add_ttl(NOTES)

    assert store.purge_expired(datetime.fromtimestamp(200, UTC)) == 1
    assert [item["note"] for item in store.dump(NOTES)] == ["new"]


@pytest.mark.parametrize(("declared", "remedy"), [(None, "Switch that off"), ("ttl", "then `createtables`")])
def test_another_ttl_is_reported(declared: str | None, remedy: str) -> None:
    [sentence] = drift(replace(NOTES, ttl=declared), replace(NOTES, ttl="expires_at"))
    assert "expire by expires_at" in sentence
    assert remedy in sentence


def test_the_exit_code_is_that_of_a_difference(tmp_path: Path) -> None:
    env = environment(tmp_path)

    assert manage("createtables", "--check", env=env).returncode == 1
    assert manage("createtables", env=env).returncode == 0
    assert manage("createtables", "--check", env=env).returncode == 0


def test_a_table_as_declared_has_no_drift() -> None:
    assert drift(NOTES, replace(NOTES, indexes=(COLOUR, KIND))) == ()
