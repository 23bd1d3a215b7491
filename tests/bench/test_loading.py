"""Alerts loaded in bulk are the rows that the store would have written."""

import sqlite3
from contextlib import closing
from pathlib import Path

from alerts.repositories.alerts import alert_item, armed_query
from alerts.tables import ALERT_CONFIGURATIONS
from bench.loading import ASSET, START, STEP, alert, alerts
from bench.moves import FIRING, WARM_UP, armed, copied, timed_moves
from core.storage import open_store, using
from core.storage.sqlite.statements import Statements
from market.triggers.moves import CLOSE
from market.triggers.partitions import Direction, Partition
from market.triggers.selectors import series_by_asset

COUNT = 1_000
MOVES = 3
ARM = Partition(CLOSE, Direction.UP).arm(ASSET)


def test_the_rows_are_those_of_the_store(tmp_path: Path) -> None:
    with armed(tmp_path, COUNT, MOVES) as loaded:
        written = open_store(f"sqlite:///{tmp_path}/written.sqlite3")
        written.create_tables([ALERT_CONFIGURATIONS])
        written.load(ALERT_CONFIGURATIONS, (alert_item(alert(*each)) for each in alerts(COUNT, MOVES * FIRING)))
        for name in _tables():
            assert _rows(tmp_path / f"{COUNT}.sqlite3", name) == _rows(tmp_path / "written.sqlite3", name)
        written.close()
        with using(loaded):
            series = series_by_asset([ASSET])[ASSET]
        assert series.counts == {"armed_alerts_close_up": COUNT}


def test_those_near_stand_a_step_apart_and_belong_to_different_users(tmp_path: Path) -> None:
    with armed(tmp_path, COUNT, MOVES) as store, using(store):
        found = store.query(armed_query(ARM, START, START + MOVES * FIRING * STEP, descending=False)).items
    assert [each["condition"]["threshold"] for each in found] == [START + n * STEP for n in range(MOVES * FIRING)]
    assert len({each["username"] for each in found}) == COUNT // 100


def test_each_move_makes_ten_fire_whichever_store_holds_them(tmp_path: Path) -> None:
    moves = MOVES + WARM_UP
    with armed(tmp_path, COUNT, moves) as file, copied(tmp_path / f"{COUNT}.sqlite3") as memory:
        for store in (file, memory):
            timed_moves({COUNT: store}, MOVES)
            with using(store):
                series = series_by_asset([ASSET])[ASSET]
            assert series.counts["armed_alerts_close_up"] == COUNT - moves * FIRING
            assert series.last_seen.close == START + moves * FIRING * STEP


def _tables() -> list[str]:
    statements = Statements(ALERT_CONFIGURATIONS)
    return [f"table {ALERT_CONFIGURATIONS.name}"] + [
        f"index {ALERT_CONFIGURATIONS.name} {each.index.name}" for each in statements.indexes
    ]


def _rows(path: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f'SELECT * FROM "{table}" ORDER BY 1, 2').fetchall()
