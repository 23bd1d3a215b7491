"""Every comparison runs, and both sides of each do the same."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from bench import dynamodb, embedded, servers_here
from bench.rows import ORDERS, key, order
from core.storage.codec import decode_item
from tests.platform.processes import ROOT

DOCUMENT = ROOT / "docs" / "performance.md"


@pytest.mark.parametrize("place", [embedded.in_memory, embedded.on_file])
def test_the_embedded_store_and_plain_sqlite_hold_the_same(place: embedded.Place, tmp_path: Path) -> None:
    with place(tmp_path) as sides:
        for _, calls, rounds in sides.contests(4):
            for call in calls.values():
                for number in range(rounds):
                    call(number)
        for user, number in ((embedded.READER, 7), (embedded.WRITER, 0)):
            address = key(user, number)
            assert sides.store.get(ORDERS, address) == order(user, number)
            assert decode_item(sides.plain.get(user, address["order_id"])) == order(user, number)


@pytest.mark.services
def test_ours_boto3_and_pynamodb_give_the_same_values() -> None:
    with dynamodb.on_native() as sides:
        address, wanted = key(dynamodb.READER, 3), order(dynamodb.READER, 3)
        assert sides.store.get(ORDERS, address) == sides.embedded.get(ORDERS, address) == wanted
        assert sides.boto3.get(address) == wanted
        assert sides.pynamodb.get(address).attribute_values == wanted
        assert sides.boto3.update(address, "open", Decimal(2))["version"] == 3
        assert [item["order_id"] for item in sides.boto3.query(dynamodb.READER, 2)] == [
            item.attribute_values["order_id"] for item in sides.pynamodb.query(dynamodb.READER, 2)
        ]


def test_without_a_server_its_comparison_is_left_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(servers_here, "FOLDER", tmp_path)
    section = dynamodb.measure(quick=True)
    assert "make servers" in section.left_out
    assert not section.rows


def test_a_name_that_is_no_comparison_is_refused() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "bench", "speed"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 2
    assert "embedded, dynamodb, moves, month, imports, pages" in ended.stderr


@pytest.mark.services
def test_a_quick_run_measures_everything_and_leaves_the_page_alone() -> None:
    before = DOCUMENT.read_bytes() if DOCUMENT.exists() else None
    ended = subprocess.run(
        [sys.executable, "-m", "bench", "--quick"], cwd=ROOT, capture_output=True, text=True, timeout=600
    )
    assert ended.returncode == 0, ended.stderr
    assert "Left out" not in ended.stdout
    for row in (
        "| memory: get |",
        "| file: transaction of 5 |",
        "| query of 25 rows |",
        "| file: 10,000 |",
        "| memory: 1,000 |",
        "| native server |",
        "| overview: 1 client |",
        "| API prices: 8 clients, in parts |",
    ):
        assert row in ended.stdout
    assert (DOCUMENT.read_bytes() if DOCUMENT.exists() else None) == before
