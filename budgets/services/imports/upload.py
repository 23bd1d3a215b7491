"""Uploading a file, saying how it is to be read, and throwing an import away before it has added anything."""

import hashlib
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from budgets.domain.definitions import Definitions
from budgets.domain.importing import readers
from budgets.domain.importing.layout import Wishes
from budgets.domain.importing.reading import Circumstances, Reading, read_again, read_file
from budgets.domain.importing.record import Import, Status
from budgets.domain.importing.rows import counted
from budgets.repositories import imports
from budgets.repositories.definitions import definitions_address, definitions_from_item
from budgets.selectors.imports import import_get
from budgets.services.imports.plan import judged, parts_remove, parts_write
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
from core.storage import Put, TransactionCancelled, Write, journey, store
from core.usage.held import Held, held_address, held_from_item, held_less

LONGEST_FILE_NAME = 200
NO_WISHES = Wishes()


def import_upload(
    user: User,
    *,
    import_id: str,
    file_name: str,
    content: bytes,
    wishes: Wishes = NO_WISHES,
    also: Sequence[Write] = (),
) -> Import:
    """Keep a file and judge its rows, for the user to look at; no expense is added.

    Where the file leaves open how it is read, the import is in `mapping` and its layout has questions. A repeated
    import_id returns the stored import. Raises InvalidInput at `file` for what is no table, or at the wishes that make
    no sense; LimitReached, Busy, see `core.sandbox.runner.run`; Refused with idempotency_mismatch, or with
    import_quota, row_quota or storage_quota where there is no room for it; NotFound where the account is closed;
    StoreUnavailable.
    """
    ids.check_id(import_id, "import_id")
    digest = _digest(content, wishes)
    with journey("import_upload"):
        definitions, earlier, held = _read(user.username, import_id)
        if earlier is not None:
            check_same(import_id=(digest, earlier.digest))
            return earlier
        ids.check_fresh(import_id, "import_id")
        held.check_room(clock.to_seconds(clock.now()))
        whose = _circumstances(user, definitions)
        reading = Reading.of(run(read_file, io.BytesIO(content), readers.READERS, wishes, whose, whose=user.username))
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
            with _parts_of(draft, imports.sheet_prefix(draft)):
                _keep(draft, parts_write(user.username, parts), held, also)
        except LostRace:
            _, earlier, _ = _read(user.username, import_id)
            if earlier is None:
                raise
            check_same(import_id=(digest, earlier.digest))
            return earlier
        return draft


def import_layout(user: User, import_id: str, wishes: Wishes) -> Import:
    """Say how the file is to be read; what `wishes` leaves out stays. The rows are judged anew.

    Raises InvalidInput; LimitReached; Busy; Refused with import_confirmed once it is; NotFound; StoreUnavailable.
    """
    with journey("import_layout"):
        return optimistic(lambda: _lay_out(user, import_id, wishes))


def import_discard(user: User, import_id: str) -> None:
    """Throw an import away that has added nothing, with its rows. Raises Refused with import_confirmed; NotFound."""
    with journey("import_discard"):
        optimistic(lambda: _discard(user.username, import_id))


def _lay_out(user: User, import_id: str, wishes: Wishes) -> Import:
    found = _draft(user.username, import_id)
    definitions, _, _ = _read(user.username, import_id)
    kept = io.BytesIO(b"".join(map(imports.bytes_in, every(imports.sheet_query(found)))))
    whose, wanted = _circumstances(user, definitions), wishes.over(found.layout)
    reading = Reading.of(run(read_again, kept, found.header, wanted, whose, whose=user.username))
    if reading.count != found.rows:
        raise NotFound("This import")
    after = found.after(clock.now(), layout=reading.layout, status=Status.MAPPING, plan="", counts={})
    after, puts = _with_plan(after, reading)
    with _parts_of(after):
        last = parts_write(user.username, puts)
        commit([*last, imports.import_replace(after), open_check(user.username)])
    if found.plan:
        parts_remove(user.username, imports.plan_prefix(found.plan))
    return after


def _discard(username: str, import_id: str) -> None:
    found = _draft(username, import_id)
    commit(
        [imports.import_remove(found), held_less(username, OPEN_IMPORTS, import_id)],
        was=[(IMPORTS, imports.import_item(found))],
    )
    parts_remove(username, imports.sheet_prefix(found), *([imports.plan_prefix(found.plan)] if found.plan else []))


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
    return Circumstances(tuple(definitions.categories), today, user.home_currency)


def _with_plan(draft: Import, reading: Reading) -> tuple[Import, list[Put]]:
    """The import with its rows judged, and the writes that keep them; as it is where something must be asked."""
    if reading.rows is None:
        return draft, []
    rows = judged(draft.username, reading.rows)
    plan = new_id()
    ready = draft.planned(plan, counted(rows))
    return ready, imports.plan_puts(draft.username, plan, rows, draft.created_at)


@contextmanager
def _parts_of(found: Import, *prefixes: str) -> Iterator[None]:
    """Parts are written for an import; where it is not written after all they are taken away again."""
    try:
        yield
    except (Refused, NotFound, LostRace, TransactionCancelled):
        parts_remove(found.username, *prefixes, *([imports.plan_prefix(found.plan)] if found.plan else []))
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


def _digest(content: bytes, wishes: Wishes) -> str:
    return hashlib.sha256(content + repr(wishes).encode()).hexdigest()
