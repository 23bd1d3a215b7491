"""Commands that make, describe and move tables."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core import wiring
from core.storage import Item, Store, open_store, using
from core.tables import OUTBOX, THROTTLE


def output(*command: str) -> str:
    printed = io.StringIO()
    call_command(*command, stdout=printed)
    return printed.getvalue()


def test_createtables_makes_what_is_missing_and_may_be_repeated(each_store: Store) -> None:
    each_store.create_tables([OUTBOX])
    each_store.put(OUTBOX, {"shard": "0", "event_id": "kept"})
    others = len(wiring.tables()) - 1

    with using(each_store):
        assert output("createtables").startswith(f"{others} tables made")
        assert output("createtables").startswith("0 tables made")

    assert each_store.describe(THROTTLE) is not None
    assert each_store.get(OUTBOX, {"shard": "0", "event_id": "kept"}) is not None
    for table in wiring.tables():
        each_store.drop(table)


def test_describetables_lists_every_declared_table_as_json() -> None:
    described = json.loads(output("describetables", "--json"))

    assert [table["name"] for table in described] == [table.name for table in wiring.tables()]
    assert all(set(table) == {"name", "key", "indexes", "ttl"} for table in described)
    (idempotency,) = [table for table in described if table["name"] == "Idempotency"]
    assert idempotency == {"name": "Idempotency", "key": ["username", "key"], "indexes": [], "ttl": "expires_at"}


def test_describetables_is_readable_too() -> None:
    assert "Idempotency(username, key)\n  expires by expires_at\n" in output("describetables")


ROWS: list[Item] = [
    {"shard": "0", "event_id": "1", "payload": {"price": Decimal("0.1"), "raw": b"\x00"}, "tags": {"a", "b"}},
    {"shard": "0", "event_id": "2", "text": 'a tab\t, a line\n and "quotes"'},
]


@pytest.mark.every_backend
def test_everything_moves_to_another_store(store: Store, tmp_path: Path) -> None:
    store.load(OUTBOX, ROWS)
    store.put(THROTTLE, {"name": "a", "count": 3})
    file = str(tmp_path / "dump")

    assert output("dumptables", file).startswith("3 items")
    with using(open_store("memory://")) as other:
        assert output("loadtables", file).startswith("3 items")
        assert sorted(other.dump(OUTBOX), key=lambda row: row["event_id"]) == ROWS
        assert other.get(THROTTLE, {"name": "a"}) == {"name": "a", "count": 3}


def test_nothing_is_overwritten(store: Store, tmp_path: Path) -> None:
    store.put(THROTTLE, {"name": "a"})
    file = str(tmp_path / "dump")
    call_command("dumptables", file, stdout=io.StringIO())

    with pytest.raises(CommandError, match="exists"):
        call_command("dumptables", file)
    with pytest.raises(CommandError, match="Throttle holds items already"):
        call_command("loadtables", file)


@pytest.mark.parametrize("line", ["nonsense", '"Throttle"\tnonsense', '"Throttle"\t{"name": 1}', '"Nothing"\t{}'])
def test_a_file_that_is_not_ours_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "dump").write_text(f"{line}\n")

    with pytest.raises(CommandError, match="dump"):
        call_command("loadtables", str(tmp_path / "dump"))


def test_a_dump_of_a_file_is_of_one_moment(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/store.sqlite3")
    store.create_tables([THROTTLE])
    store.put(THROTTLE, {"name": "a", "count": 1})

    with store.snapshot() as snapshot:
        store.put(THROTTLE, {"name": "a", "count": 2})
        store.put(THROTTLE, {"name": "b", "count": 2})
        assert list(snapshot.dump(THROTTLE)) == [{"name": "a", "count": 1}]

    assert [file.name for file in tmp_path.iterdir() if file.name.startswith("snapshot")] == []
    store.close()
