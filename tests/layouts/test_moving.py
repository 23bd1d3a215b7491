"""The stamp moves with the rows: a dump of an older release loads as an older store, that of a newer one is refused."""

import io
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from core import layout, wiring
from core.accounts.tables import USERS
from core.agreement import reconcile
from core.storage import Item, Store, open_store, using
from core.tables import SITE
from tests.layouts.released import AFTERWARDS, RELEASES, STAMPED, fill, unpacked, work_all


@pytest.fixture
def target(tmp_path: Path) -> str:
    """The address of a store with tables and the present stamp, as `createtables` makes it."""
    address = f"sqlite:///{tmp_path}/target.sqlite3"
    opened = open_store(address)
    with using(opened):
        call_command("createtables", stdout=io.StringIO())
    opened.close()
    return address


def stamp_at(address: str) -> layout.Stamp | None:
    opened = open_store(address)
    with using(opened):
        stamp = layout.stored()
    opened.close()
    return stamp


def run(address: str, *command: str) -> None:
    opened = open_store(address)
    with using(opened):
        call_command(*command, stdout=io.StringIO())
    opened.close()


@pytest.mark.parametrize("release", sorted(RELEASES.keys() - STAMPED))
def test_a_dump_from_before_the_stamp_loads_as_an_older_store(release: str, target: str, tmp_path: Path) -> None:
    assert stamp_at(target) == layout.current()

    run(target, "loadtables", str(unpacked(release, tmp_path)))

    assert stamp_at(target) is None


def test_the_stamp_is_dumped_and_loaded(store: Store, target: str, tmp_path: Path) -> None:
    store.put(SITE, {"name": "layout", "layout": 7, "oldest": 2})
    store.put(USERS, {"username": "ada"})
    call_command("dumptables", str(tmp_path / "dump"), stdout=io.StringIO())

    run(target, "loadtables", str(tmp_path / "dump"))

    assert stamp_at(target) == layout.Stamp(7, 2)


def test_a_dump_of_this_release_is_loaded_row_for_row_and_agrees(target: str, tmp_path: Path) -> None:
    filled = open_store(f"sqlite:///{tmp_path}/filled.sqlite3")
    with using(filled), time_machine.travel(AFTERWARDS):
        fill(filled, "d082cbe", tmp_path)
        work_all()
        call_command("dumptables", str(tmp_path / "dump"), stdout=io.StringIO())
    rows = rows_of(filled)

    run(target, "loadtables", str(tmp_path / "dump"))

    loaded = open_store(target)
    assert rows_of(loaded) == rows
    with using(loaded):
        assert [str(each) for each in reconcile(loaded).disagreements] == []
    loaded.close()
    filled.close()


def rows_of(store: Store) -> dict[str, list[Item]]:
    """Every row, by table."""
    return {table.name: list(store.dump(table)) for table in wiring.tables()}


def test_rows_of_a_release_that_this_one_must_not_open_are_refused_before_any_is_written(
    store: Store, target: str, tmp_path: Path
) -> None:
    store.put(SITE, {"name": "layout", "layout": 7, "oldest": 7})
    store.put(USERS, {"username": "ada"})
    call_command("dumptables", str(tmp_path / "dump"), stdout=io.StringIO())

    with pytest.raises(CommandError, match="layout 7"):
        run(target, "loadtables", str(tmp_path / "dump"))

    opened = open_store(target)
    assert list(opened.dump(USERS)) == []
    opened.close()
    assert stamp_at(target) == layout.current()


def test_a_copy_takes_the_stamp_of_its_source_or_refuses_it(target: str, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/source.sqlite3"
    source = open_store(address)
    source.create_tables(wiring.tables())
    source.put(SITE, {"name": "layout", "layout": 7, "oldest": 7})
    source.put(USERS, {"username": "ada"})
    source.close()

    with pytest.raises(CommandError, match="layout 7"):
        run(target, "copytables", "--from", address, "--to", target)
    assert stamp_at(target) == layout.current()

    source = open_store(address)
    source.put(SITE, {"name": "layout", "layout": 7, "oldest": 1})
    source.close()
    run(target, "copytables", "--from", address, "--to", target)
    assert stamp_at(target) == layout.Stamp(7, 1)
