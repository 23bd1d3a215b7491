"""Uploading a file, setting how it is read, and discarding an import that has added nothing yet."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial

from budgets.domain.definitions import Definitions
from budgets.domain.importing import readers
from budgets.domain.importing.bank_file import Circumstances, Reading, read_again, read_file
from budgets.domain.importing.layout import LayoutDraft
from budgets.domain.importing.record import Import, Status
from budgets.domain.importing.rows import counted
from budgets.repositories import imports
from budgets.repositories.definitions import definitions_address, definitions_from_item
from budgets.selectors.imports import dedupe, import_get
from budgets.selectors.months import definitions_of
from budgets.tables import IMPORTS
from budgets.usage import OPEN_IMPORTS
from core import clock, ids
from core.accounts.domain import User
from core.accounts.repositories.users import open_check
from core.commit import commit
from core.errors import NotFound, Refused
from core.ids import new_id
from core.periods import day_of
from core.reading import every
from core.replay import check_same
from core.retry import LostRace, optimistic
from core.sandbox.runner import run
from core.storage import Put, StoreUnavailable, TransactionCancelled, Write, journey, store
from core.usage.held import Held, held_address, held_from_item, held_less

LONGEST_FILE_NAME = 200
WRITTEN_AT_ONCE = 4
"""Parts of a file in one transaction: 1.2 MB, and few enough for a server that takes 10 writes."""
REMOVED_AT_ONCE = 8
"""Few enough for a server that takes 10 writes."""
FROM_THE_FILE = LayoutDraft()


def import_upload(
    user: User,
    *,
    import_id: str,
    file_name: str,
    content: bytes,
    layout: LayoutDraft = FROM_THE_FILE,
    also: Sequence[Write] = (),
) -> Import:
    """Keep a file and plan its rows, for the user to look at; no expense is added.

    Where the file leaves open how it is read, the import is in `mapping` and its layout has questions. A repeated
    import_id returns the stored import. Raises InvalidInput at `file` for what is not a table, or at a field of the
    layout; LimitReached, Busy, see `core.sandbox.runner.run`; Refused with idempotency_mismatch, or with
    import_quota, row_quota or storage_quota where there is no room for it; NotFound where the account is closed;
    StoreUnavailable.
    """
    ids.check_id(import_id, "import_id")
    digest = layout.digest(content)
    with journey("import_upload"):
        definitions, earlier, held = _read(user.username, import_id)
        if earlier is not None:
            check_same(import_id=(digest, earlier.digest))
            return earlier
        ids.check_fresh(import_id, "import_id")
        held.check_room(clock.to_seconds(clock.now()))
        whose = _circumstances(user, definitions)
        reading = Reading.of(run(read_file, io.BytesIO(content), readers.READERS, layout, whose, whose=user.username))
        now = clock.now()
        draft = Import(
            username=user.username,
            import_id=import_id,
            file_name=_name(file_name),
            digest=digest,
            status=Status.MAPPING,
            header=reading.header,
            rows=reading.count,
            layout=reading.layout,
            sheet=new_id(),
            created_at=now,
            updated_at=now,
        )
        draft, puts = _with_plan(draft, reading)
        parts = [*imports.sheet_puts(user.username, draft.sheet, reading.parts, now), *puts]
        try:
            with _parts_of(draft, sheet=True):
                _keep(draft, _write_parts(user.username, parts), held, also)
        except LostRace:
            _, earlier, _ = _read(user.username, import_id)
            if earlier is None:
                raise
            check_same(import_id=(digest, earlier.digest))
            return earlier
        return draft


def import_layout(user: User, import_id: str, layout: LayoutDraft) -> Import:
    """Set how the file is read; what `layout` leaves open stays as it is. The rows are planned again.

    Raises InvalidInput; LimitReached; Busy; Refused with import_confirmed once it is; NotFound; StoreUnavailable.
    """
    with journey("import_layout"):
        return optimistic(lambda: _lay_out(user, import_id, layout))


def import_discard(user: User, import_id: str) -> None:
    """Discard an import that has added nothing, with its rows. Raises Refused with import_confirmed; NotFound."""
    with journey("import_discard"):
        optimistic(lambda: _discard(user.username, import_id))


def _lay_out(user: User, import_id: str, layout: LayoutDraft) -> Import:
    found = _draft(user.username, import_id)
    definitions = definitions_of(user.username)
    kept = io.BytesIO(b"".join(map(imports.bytes_in, every(imports.sheet_query(found)))))
    whose, wanted = _circumstances(user, definitions), layout.over(found.layout)
    reading = Reading.of(run(read_again, kept, found.header, wanted, whose, whose=user.username))
    if reading.count != found.rows:
        raise NotFound("This import")
    after = found.after(clock.now(), layout=reading.layout, status=Status.MAPPING, plan="", counts={})
    after, puts = _with_plan(after, reading)
    with _parts_of(after):
        last = _write_parts(user.username, puts)
        commit([*last, imports.import_replace(after), open_check(user.username)])
    _remove_parts(found)
    return after


def _discard(username: str, import_id: str) -> None:
    found = _draft(username, import_id)
    commit(
        [imports.import_remove(found), held_less(username, OPEN_IMPORTS, import_id)],
        was=[(IMPORTS, imports.import_item(found))],
    )
    _remove_parts(found, sheet=True)


def _draft(username: str, import_id: str) -> Import:
    found = import_get(username, import_id)
    if not found.status.is_draft:
        raise Refused("import_confirmed", "This import was already confirmed. Undo it instead.")
    return found


def _read(username: str, import_id: str) -> tuple[Definitions, Import | None, Held]:
    """What the user has set, the import of this id if there is one, and those that are open; 1 request."""
    gets = [
        definitions_address(username),
        imports.import_address(username, import_id),
        held_address(username, OPEN_IMPORTS),
    ]
    definitions, item, held = store().batch_get(gets, consistent=True)
    return (
        definitions_from_item(definitions) if definitions else Definitions(username),
        imports.import_from_item(item) if item else None,
        held_from_item(username, OPEN_IMPORTS, held),
    )


def _circumstances(user: User, definitions: Definitions) -> Circumstances:
    today = day_of(user.zone, clock.now())
    return Circumstances(definitions.categories, today, user.home_currency)


def _with_plan(draft: Import, reading: Reading) -> tuple[Import, list[Put]]:
    """The import with its plan, and the writes that keep it; as it is where something must be asked."""
    if reading.rows is None:
        return draft, []
    rows = dedupe(draft.username, reading.rows)
    plan = new_id()
    ready = draft.planned(plan, counted(rows))
    return ready, imports.plan_puts(draft.username, plan, rows, draft.created_at)


@contextmanager
def _parts_of(found: Import, *, sheet: bool = False) -> Iterator[None]:
    """Parts are written for an import; where the import is not written after all, they are removed."""
    try:
        yield
    except (Refused, NotFound, LostRace, TransactionCancelled):
        with suppress(StoreUnavailable):  # they expire in any case, and the refusal is what must be answered
            _remove_parts(found, sheet=sheet)
        raise


def _keep(draft: Import, parts: Sequence[Put], held: Held, also: Sequence[Write]) -> None:
    """Write the import with the last of its parts, as one more that is open. `held` is what was read before.

    Raises Refused `import_quota`, and LostRace where there is an import of this id.
    """
    assert draft.expires_at is not None
    end = clock.to_seconds(draft.expires_at)
    while True:
        one_more = held.with_one(draft.import_id, end, clock.to_seconds(clock.now()))
        try:
            commit([*parts, imports.import_insert(draft), one_more, open_check(draft.username)], also)
            return
        except LostRace:
            _, earlier, held = _read(draft.username, draft.import_id)
            if earlier is not None:
                raise
        except TransactionCancelled as error:
            if error.failed("import"):
                raise LostRace from error
            raise


def _name(file_name: str) -> str:
    """The name to show: without folders and what cannot be printed."""
    last = file_name.replace("\\", "/").rpartition("/")[2]
    name = "".join(each for each in last if each.isprintable()).strip()
    return name[-LONGEST_FILE_NAME:] or "file"


def _write_parts(username: str, parts: Sequence[Put]) -> Sequence[Put]:
    """Write parts, some at a time; returns the last of them, for the transaction of the import that they belong to.

    Parts that a kill leaves before that are not seen and expire. Raises Refused where there is no room, and
    NotFound where the account is closed.
    """
    while len(parts) > WRITTEN_AT_ONCE:
        commit([*parts[:WRITTEN_AT_ONCE], open_check(username)])
        parts = parts[WRITTEN_AT_ONCE:]
    return parts


def _remove_parts(found: Import, *, sheet: bool = False) -> None:
    """Remove the plan of an import if there is one, and its file if asked; safe to repeat, and to do twice at once.

    2 requests for each 8 parts, and one more where there are that many. Parts that a kill leaves expire.
    """
    prefixes = [imports.sheet_prefix(found)] if sheet else []
    if found.plan:
        prefixes.append(imports.plan_prefix(found.plan))
    for prefix in prefixes:
        while optimistic(partial(_remove_some, found.username, prefix)):
            pass


def _remove_some(username: str, prefix: str) -> bool:
    """Remove the first parts whose keys begin so; whether there are more. Raises LostRace where others did."""
    page = store().query(replace(imports.parts_query(username, prefix), limit=REMOVED_AT_ONCE))
    if page.items:
        commit([imports.part_remove(part) for part in page.items], was=[(IMPORTS, part) for part in page.items])
    return page.cursor is not None
