"""Imports, the rows of their files, and the marks of rows that became expenses, as items of the Imports table."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime, timedelta
from typing import Any

from budgets.domain.budget import Crossing
from budgets.domain.importing.layout import Layout
from budgets.domain.importing.packing import list_of, packed, row_of, unpacked
from budgets.domain.importing.record import DRAFT_KEPT, PLAN_KEPT, Choices, Import, Status
from budgets.domain.importing.rows import Row
from budgets.domain.importing.sheet import Line, Sheet
from budgets.events import crossing_facts
from budgets.tables import IMPORTS
from core import clock
from core.periods import Month
from core.storage.operations import Attr, Delete, Get, Item, KeyCondition, Put, Query

IMPORT = "IMPORT#"
KEY = "KEY#"
ROWS = "ROWS#"
PLAN = "PLAN#"
WORK = "imports"
SHEET_KEPT = DRAFT_KEPT + timedelta(days=1)
MOMENTS = ("created_at", "updated_at", "confirmed_at", "finished_at", "undone_at")
_NUMBERS = {
    "rows": "row_count",
    "duplicates": "doubled",
    **{name: name for name in ("position", "total", "added", "refused", "removed", "kept_count", "version")},
}
"""Attributes of the row, by the names that the numbers have in the code."""


def import_address(username: str, import_id: str) -> Get:
    """Where one import of this user is."""
    return Get(IMPORTS, {"username": username, "entry": f"{IMPORT}{import_id}"})


def imports_query(username: str) -> Query:
    """Imports of a user, newest first."""
    where = KeyCondition("username").eq(username) & KeyCondition("entry").begins_with(IMPORT)
    return Query(IMPORTS, where, descending=True, consistent=True)


def worked_query(before: datetime, *, limit: int) -> Query:
    """Imports of everybody that need a worker and were last written before this time, the oldest first. May lag."""
    where = KeyCondition("work").eq(WORK) & KeyCondition("updated_at").lt(clock.to_text(before))
    return Query(IMPORTS, where, index="WorkIndex", limit=limit)


def import_insert(found: Import) -> Put:
    """Write a new import; fails (label `import`) where its id is taken."""
    return Put(IMPORTS, import_item(found), Attr("entry").not_exists(), "import")


def import_replace(found: Import) -> Put:
    """Write an import one version on; fails (label `import`) where it is no longer the version before."""
    return Put(IMPORTS, import_item(found), Attr("version").eq(found.version - 1), "import")


def import_remove(found: Import) -> Delete:
    """Remove an import as it was read; fails (label `import`) where it has changed."""
    key = import_address(found.username, found.import_id).key
    return Delete(IMPORTS, key, Attr("version").eq(found.version), "import")


def import_item(found: Import) -> Item:
    """The row of an import."""
    ends = found.expires_at
    values: dict[str, Any] = {
        "username": found.username,
        "entry": f"{IMPORT}{found.import_id}",
        "import_id": found.import_id,
        "file_name": found.file_name,
        "digest": found.digest,
        "status": found.status.value,
        "header": list(found.header),
        "layout": _layout_item(found.layout),
        "sheet": found.sheet or None,
        "plan": found.plan or None,
        "stopped_by": found.stopped_by or None,
        "counts": dict(found.counts) or None,
        "choices": {
            "credits": found.choices.credits,
            "alike": found.choices.possible_duplicates,
            "include": list(found.choices.include),
        },
        "refusals": {str(number): reason for number, reason in found.refusals} or None,
        "kept": list(found.kept) or None,
        "crossed": [crossing_facts(replace(each, expense_id=None)) for each in found.crossed] or None,
        "work": WORK if found.status.is_worked else None,
        "ttl": None if ends is None else clock.to_seconds(ends),
        **{stored: getattr(found, name) for name, stored in _NUMBERS.items()},
        **{name: _moment(getattr(found, name)) for name in MOMENTS},
    }
    return {name: value for name, value in values.items() if value is not None}


def import_from_item(item: Item) -> Import:
    """The import that a row holds."""
    choices = item["choices"]
    return Import(
        username=item["username"],
        import_id=item["import_id"],
        file_name=item["file_name"],
        digest=item["digest"],
        status=Status(item["status"]),
        header=tuple(item["header"]),
        layout=_layout(item["layout"]),
        sheet=item.get("sheet", ""),
        plan=item.get("plan", ""),
        stopped_by=item.get("stopped_by", ""),
        counts={state: int(count) for state, count in item.get("counts", {}).items()},
        choices=Choices(choices["credits"], choices["alike"], tuple(int(number) for number in choices["include"])),
        refusals=tuple(sorted((int(number), reason) for number, reason in item.get("refusals", {}).items())),
        kept=tuple(item.get("kept", ())),
        crossed=tuple(_crossing(each) for each in item.get("crossed", ())),
        **_numbers(item),
        **_moments(item),
    )


def sheet_puts(username: str, sheet_id: str, parts: Iterable[bytes], at: datetime) -> list[Put]:
    """Keep the rows of a file, in the parts of `packing.packed`, under an id that no other upload has."""
    return _puts(username, f"{ROWS}{sheet_id}#", parts, at, SHEET_KEPT)


def sheet_query(found: Import) -> Query:
    """The rows of a file in their parts."""
    return parts_query(found.username, sheet_prefix(found))


def sheet_from_items(found: Import, parts: Iterable[Item]) -> Sheet | None:
    """The file of an import from what `sheet_query` answers, None where its rows have expired."""
    lines = [Line(number, tuple(cells)) for part in parts for number, *cells in rows_in(part)]
    return Sheet(found.header, tuple(lines)) if len(lines) == found.rows else None


def plan_puts(username: str, plan: str, rows: Sequence[Row], at: datetime) -> list[Put]:
    """Keep the rows as they will be added, in parts."""
    return _puts(username, plan_prefix(plan), packed([list_of(row) for row in rows]), at, PLAN_KEPT)


def plan_query(found: Import) -> Query:
    """The plan of an import, in its parts."""
    return parts_query(found.username, plan_prefix(found.plan))


def plan_from_items(found: Import, parts: Iterable[Item]) -> list[Row] | None:
    """The rows of the plan from what `plan_query` answers, None where they have expired."""
    rows = [row_of(each) for part in parts for each in rows_in(part)]
    return rows if len(rows) == found.rows else None


def key_put(username: str, row: Row, expense_id: str, import_id: str, at: datetime) -> Put:
    """Mark a row as one that became an expense; fails (label `key`) where another file has had it."""
    item = {
        "username": username,
        "entry": f"{KEY}{row.key}",
        "expense_id": expense_id,
        "import_id": import_id,
        "created_at": clock.to_text(at),
    }
    return Put(IMPORTS, item, Attr("entry").not_exists(), "key")


def key_delete(username: str, row: Row) -> Delete:
    """Remove the mark; whose it is, the caller has checked."""
    return Delete(IMPORTS, key_address(username, row.key).key)


def key_address(username: str, key: str) -> Get:
    """Where the mark of a row is."""
    return Get(IMPORTS, {"username": username, "entry": f"{KEY}{key}"})


def bytes_in(part: Item) -> bytes:
    """One part as it is kept."""
    return bytes(part["packed"])


def rows_in(part: Item) -> list[Any]:
    """The rows in one part, each a list."""
    return unpacked(bytes_in(part))


def sheet_prefix(found: Import) -> str:
    """How the keys of the parts of the file begin."""
    return f"{ROWS}{found.sheet or found.import_id}#"


def plan_prefix(plan: str) -> str:
    """How the keys of the parts of a plan begin."""
    return f"{PLAN}{plan}#"


def parts_query(username: str, prefix: str) -> Query:
    """The parts whose keys begin so, in their order."""
    where = KeyCondition("username").eq(username) & KeyCondition("entry").begins_with(prefix)
    return Query(IMPORTS, where, consistent=True)


def part_remove(part: Item) -> Delete:
    """Remove one part; fails (label `part`) where it is gone."""
    return Delete(IMPORTS, {"username": part["username"], "entry": part["entry"]}, Attr("entry").exists(), "part")


def _puts(username: str, prefix: str, parts: Iterable[bytes], at: datetime, kept: timedelta) -> list[Put]:
    ttl = clock.to_seconds(at + kept)
    puts: list[Put] = []
    for part in parts:
        entry = f"{prefix}{len(puts):04d}"
        item = {"username": username, "entry": entry, "packed": part, "created_at": clock.to_text(at), "ttl": ttl}
        puts.append(Put(IMPORTS, item, Attr("entry").not_exists(), "part"))
    return puts


def _layout_item(layout: Layout) -> Item:
    return {name: value for name, value in asdict(layout).items() if value is not None}


def _layout(item: Item) -> Layout:
    said = {each.name: item[each.name] for each in fields(Layout) if each.name in item}
    return Layout(**said | {"columns": {role: int(place) for role, place in item["columns"].items()}})


def _numbers(item: Item) -> dict[str, Any]:
    return {name: int(item[stored]) for name, stored in _NUMBERS.items()}


def _crossing(item: Item) -> Crossing:
    return Crossing(
        month=Month.from_text(item["month"]),
        category=item["category"],
        budget=item["budget"],
        spent=item["spent"],
        currency=item["currency"],
        thresholds=tuple(int(threshold) for threshold in item["thresholds"]),
        exceeded=item["exceeded"],
    )


def _moments(item: Item) -> dict[str, Any]:
    return {name: clock.from_text(item[name]) if name in item else None for name in MOMENTS}


def _moment(at: datetime | None) -> str | None:
    return None if at is None else clock.to_text(at)
