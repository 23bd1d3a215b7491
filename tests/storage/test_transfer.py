"""Dumping, loading and copying tables: between any two stores, whole or not at all, and never all in memory."""

import io
import json
import tracemalloc
from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core import wiring
from core.storage import Item, Store, open_store, using
from core.storage.transfer import tally_of
from tests import stores
from tests.storage.tables import NAMES, NOTES, READINGS, TABLES

PAIRS = [
    pytest.param(pair, marks=[pytest.mark.services] if set(pair) & set(stores.SERVERS) else [], id="-to-".join(pair))
    for pair in permutations(("memory", "file", "moto", *stores.SERVERS), 2)
]
ROWS: list[Item] = [
    {"owner": "a", "note": 'a tab\t, a line\n and "quotes"', "kind": "memo", "weight": Decimal("-1.5")},
    {
        "owner": "é",
        "note": "世",
        "numbers": [Decimal("1E-130"), Decimal(7)],
        "raw": b"\x00\xff",
    },
    {"owner": "a", "note": "nested", "any": {"y": [True, None, {"z": b"bytes"}], "x": Decimal("9.9E125")}},
    *({"owner": "many", "note": f"n{each}", "text": "x" * (each + 1)} for each in range(60)),
]


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """The product declares the tables of these tests."""
    monkeypatch.setattr(wiring, "tables", lambda: TABLES)


@pytest.fixture
def filled(store: Store) -> Store:
    """The process's store, in memory, with some items."""
    store.create_tables(TABLES)
    fill(store)
    return store


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    opened = open_store(f"sqlite:///{tmp_path}/other.sqlite3")
    yield opened
    opened.close()


def fill(store: Store) -> None:
    store.load(NOTES, ROWS)
    store.put(NAMES, {"name": "a", "count": 3})


def output(*command: str) -> str:
    printed = io.StringIO()
    call_command(*command, stdout=printed)
    return printed.getvalue()


def dumped(folder: Path) -> Path:
    """A dump of the process's store."""
    file = folder / "dump"
    output("dumptables", str(file))
    return file


@pytest.mark.parametrize("pair", PAIRS)
def test_everything_moves_from_any_store_to_any_other(pair: tuple[str, str], tmp_path: Path) -> None:
    file = str(tmp_path / "dump")
    with stores.opened(pair[0], tmp_path) as source, stores.opened(pair[1], tmp_path) as target:
        source.create_tables(TABLES)
        fill(source)
        with using(source):
            assert output("dumptables", file) == f"64 items written to {file}.\n"
        with using(target):
            assert output("loadtables", file) == f"64 items loaded from {file}, read back and found the same.\n"

        for table in TABLES:
            assert tally_of(target, table) == tally_of(source, table)
        assert target.get(NOTES, {"owner": "é", "note": "世"}) == ROWS[1]
        assert target.get(NOTES, {"owner": "a", "note": "nested"}) == ROWS[2]
        for each in (source, target):
            for table in TABLES:
                each.drop(table)


def test_a_dump_ends_with_the_count_of_each_table(filled: Store, tmp_path: Path) -> None:
    *items, end = dumped(tmp_path).read_text().splitlines()

    counts = json.loads(end.removeprefix("end\t"))
    assert {name: each["items"] for name, each in counts.items()} == {"Notes": 63, "Readings": 0, "Names": 1}
    assert len(items) == 64


def test_the_checksum_does_not_depend_on_the_order_and_does_on_every_value(filled: Store, other: Store) -> None:
    other.create_tables(TABLES)
    other.load(NOTES, [dict(reversed(row.items())) for row in reversed(ROWS)])
    assert tally_of(other, NOTES) == tally_of(filled, NOTES)

    other.put(NOTES, {**ROWS[2], "any": {"x": Decimal("9.9E125"), "y": [1, None, {"z": b"bytes"}]}})

    assert tally_of(other, NOTES).items == tally_of(filled, NOTES).items
    assert tally_of(other, NOTES) != tally_of(filled, NOTES)


def test_nothing_is_overwritten(filled: Store, tmp_path: Path) -> None:
    file = dumped(tmp_path)
    before = file.read_bytes()

    with pytest.raises(CommandError, match="exists already: name a new file"):
        output("dumptables", str(file))
    with pytest.raises(CommandError, match=r"Notes holds items already\. .* repeat it with --continue"):
        output("loadtables", str(file))

    assert file.read_bytes() == before
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_load_that_was_broken_off_is_repeated_with_continue(filled: Store, other: Store, tmp_path: Path) -> None:
    file = dumped(tmp_path)
    other.create_tables(TABLES)
    other.load(NOTES, ROWS[:30])

    with using(other):
        assert "64 items loaded" in output("loadtables", str(file), "--continue")

    assert tally_of(other, NOTES) == tally_of(filled, NOTES)


def test_items_that_were_there_before_are_found_when_all_is_compared(
    filled: Store, other: Store, tmp_path: Path
) -> None:
    file = dumped(tmp_path)
    other.create_tables(TABLES)
    other.put(READINGS, {"place": "of another", "at": 1})

    with using(other), pytest.raises(CommandError, match=r"Readings \(1 items where 0 were sent\)"):
        output("loadtables", str(file), "--continue")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nonsense", "line 2: not a line"),
        ('"Names"\tnonsense', "line 2: not a line"),
        ('"Names"\t{"name": 1}', "line 2: not a line"),
        ('"Names"\t{"name": {"N": "ten"}}', "line 2: not a line"),
        ('"Names"\t{"name": {"S": "\\ud800"}}', "line 2: not a line"),
        ('"Nothing"\t{}', "line 2: Nothing is not a table"),
    ],
)
def test_a_line_of_another_program_is_reported(
    other: Store, filled: Store, tmp_path: Path, line: str, said: str
) -> None:
    file = dumped(tmp_path)
    first, _, *rest = file.read_text().split("\n")
    file.write_text("\n".join([first, line, *rest]))

    refused(other, file, said)


def test_bytes_that_are_not_text_are_reported(other: Store, filled: Store, tmp_path: Path) -> None:
    file = dumped(tmp_path)
    file.write_bytes(file.read_bytes().replace("世".encode(), b"\xff\xfe"))

    refused(other, file, "not a line of `dumptables`")


def test_a_file_that_is_cut_off_is_reported_with_its_last_line(other: Store, filled: Store, tmp_path: Path) -> None:
    file = dumped(tmp_path)
    whole = file.read_text()

    file.write_text(whole[: whole.index("end\t")])
    refused(other, file, "line 64: the file ends")
    file.write_text(whole[: whole.index("end\t") - 10])
    refused(other, file, "line 64: not a line of `dumptables`. The file ends here")
    file.write_text(whole[:-20])
    refused(other, file, "line 65: the end is incomplete")


@pytest.mark.parametrize("change", [("memo", "memo!"), ('"Names"\t', '"Readings"\t')], ids=["a value", "a table"])
def test_a_file_that_was_changed_is_reported(
    other: Store, filled: Store, tmp_path: Path, change: tuple[str, str]
) -> None:
    file = dumped(tmp_path)
    file.write_text(file.read_text().replace(*change))

    refused(other, file, "line 65: ")


def refused(store: Store, file: Path, said: str) -> None:
    """A load that ends with this sentence, and wrote nothing."""
    with using(store), pytest.raises(CommandError) as caught:
        output("loadtables", str(file))
    assert f"{file}, " in str(caught.value)
    assert said in str(caught.value)
    assert store.describe(NAMES) is None


def test_a_dump_of_a_file_is_of_one_moment(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/store.sqlite3")
    store.create_tables([NAMES])
    store.put(NAMES, {"name": "a", "count": 1})

    with store.snapshot() as snapshot:
        store.put(NAMES, {"name": "a", "count": 2})
        store.put(NAMES, {"name": "b", "count": 2})
        assert list(snapshot.dump(NAMES)) == [{"name": "a", "count": 1}]

    assert [file.name for file in tmp_path.iterdir() if file.name.startswith("snapshot")] == []
    store.close()


def test_a_dump_that_fails_leaves_no_file(store: Store, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="createtables"):
        output("dumptables", str(tmp_path / "dump"))

    assert list(tmp_path.iterdir()) == []


def test_memory_does_not_grow_with_the_table(other: Store, tmp_path: Path) -> None:
    """Ten times the items take less than twice the memory: nothing holds them all."""
    peaks = []
    for count in (1_000, 10_000):
        source = open_store(f"sqlite:///{tmp_path}/{count}.sqlite3")
        source.create_tables(TABLES)
        source.load(NAMES, ({"name": f"name {each}", "filling": "x" * 500} for each in range(count)))
        target = open_store(f"sqlite:///{tmp_path}/loaded {count}.sqlite3")
        file = str(tmp_path / f"dump {count}")
        tracemalloc.start()
        with using(source):
            output("dumptables", file)
        with using(target):
            assert f"{count} items loaded" in output("loadtables", file)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        source.close()
        target.close()

    assert peaks[1] < 2 * peaks[0]


def test_copytables_copies_without_a_file(tmp_path: Path) -> None:
    source, target = (f"sqlite:///{tmp_path}/{name}.sqlite3" for name in ("source", "target"))
    opened = open_store(source)
    opened.create_tables(TABLES)
    fill(opened)

    assert output("copytables", "--from", source, "--to", target).splitlines() == [
        "Notes: 63 items",
        "Readings: 0 items",
        "Names: 1 items",
        "64 items copied, read back and found the same.",
    ]
    with pytest.raises(CommandError, match="Notes holds items already"):
        output("copytables", "--from", source, "--to", target)
    assert "64 items copied" in output("copytables", "--from", source, "--to", target, "--continue")
    assert tally_of(open_store(target), NOTES) == tally_of(opened, NOTES)
    opened.close()


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("sqlite:///{}/a.sqlite3", "sqlite:///{}/a.sqlite3", "name the same store"),
        ("sqlite:///{}/empty.sqlite3", "sqlite:///{}/b.sqlite3", "has no Notes, Readings, Names"),
        ("nonsense", "memory://", "nonsense"),
    ],
)
def test_a_copy_that_makes_no_sense_is_refused(tmp_path: Path, source: str, target: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        output("copytables", "--from", source.format(tmp_path), "--to", target.format(tmp_path))
