"""Commands that make and describe tables."""

import io
import json

from django.core.management import call_command

from core import wiring
from core.storage import Store, using
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
