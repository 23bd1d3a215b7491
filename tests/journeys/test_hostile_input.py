"""Whatever is sent to any address: no fault of ours, nothing of Bob's is shown to Alice, and nothing of Bob's changes.

Which of the bad values goes to which field turns with the field, so that every value meets many kinds of fields.
"""

import io
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pytest

from budgets import services as budgets
from budgets.services import receipts
from carbon import services as carbon
from core import clock, outbox, wiring
from core.accounts.domain import User
from core.accounts.tables import SESSIONS
from core.probe import PROBE
from core.storage import store
from tests.alerts.builders import an_alert
from tests.budgets.builders import budgeted, spent
from tests.budgets.importing.builders import imported, uploaded
from tests.budgets.receipt_files import a_picture
from tests.builders import a_user, an_api_key, signed_in
from tests.carbon.builders import a_goal, added
from tests.console.builders import a_staff_member
from tests.journeys import hostile
from tests.portfolio.builders import a_coin, bought

pytestmark = pytest.mark.services  # it needs no server, but takes long

T = TypeVar("T")

SECRET = "Zanzibarquux"
"""Stands in all that Bob has written, and in nothing that is sent."""
SOMETHING = "01932f0a-7c00-7abc-8def-0123456789ab"
OF_NOBODY = {
    "asset_id": ["bitcoin"],
    "month": ["2026-11"],
    "activity": ["car_petrol"],
    "code": ["not_found"],
    "event_id": [SOMETHING],
    "file_name": [f"{SOMETHING}.jpg"],
    "key_id": [SOMETHING],
    "notification_id": [SOMETHING],
    "token": ["x:y:z"],
}
"""Parameters of addresses that name nothing, or nothing of the user."""
LEFT_OUT = {"accounts:sign-out", "overview:sample-wipe", "overview:sample-start"}
"""They would end Alice's stay."""
OPEN_TO_PROGRAMS = {"api:register", "api:token", "api:address-confirm"}
"""They look at no cookie, so that no other site can send one along."""
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


class Visit:
    """Alice at every door, with ids of her own, of Bob, and of nobody."""

    def __init__(self, alice: User, ids: dict[str, list[str]]) -> None:
        self.alice, self.ids = alice, ids
        self.browser = signed_in(alice)
        self.faults: list[str] = []
        self._key = an_api_key(alice)
        self._turn = 0

    def sends(self, method: str, address: str, body: bytes = b"", kind: str = "", **headers: str) -> Any:
        """The answer, None for a failure; what must not be is noted with what led to it."""
        said = f"{method} {address[:300]} {body[:300]!r} {kind}"
        if address.startswith("/api/"):
            headers["Authorization"] = f"Bearer {self._key}"
        try:
            answer: Any = self.browser.generic(method, address, body, content_type=kind, headers=headers)
            content = b"".join(answer) if answer.streaming else answer.content
        except Exception as error:
            self.faults.append(f"{said}: {error!r}")
            return None
        if answer.status_code >= 500:
            self.faults.append(f"{said}: {answer.status_code}")
        if SECRET.encode() in content and self.alice.role == "user":
            self.faults.append(f"{said}: shows what is Bob's")
        return answer

    def doors(self) -> list[hostile.Door]:
        """Where Alice goes: everywhere but out for good; as one of the staff, where only they may go."""
        return [door for door in hostile.doors() if door.name not in LEFT_OUT and self.goes(door)]

    def goes(self, door: hostile.Door) -> bool:
        """Whether the address is one for this Alice."""
        return self.alice.role == "user" or "staff/" in door.route

    def one_of(self, values: Sequence[T]) -> T:
        """Another one each time."""
        self._turn += 1
        return values[self._turn % len(values)]

    def addresses(self, door: hostile.Door) -> list[str]:
        """The door with ids of Alice, then of Bob or nobody; once where it has none."""
        most = max((len(self.ids[part]) for part in door.parts), default=1)
        return [door.at({part: self.ids[part][at % len(self.ids[part])] for part in door.parts}) for at in range(most)]


@pytest.fixture(params=["user", "admin"])
def visit(request: pytest.FixtureRequest) -> Visit:
    a_coin()
    bobs = possessions(a_user("bob", full_name=SECRET), SECRET)
    alice = a_staff_member(request.param, "alice")
    own = possessions(alice, "Mine")
    while outbox.sweep():
        continue
    return Visit(alice, OF_NOBODY | {part: [*own[part], *bobs[part]] for part in own})


def test_parts_of_addresses_methods_and_whole_bodies(visit: Visit) -> None:
    before = rows(of_bob)
    for door in visit.doors():
        bad = door.at({part: visit.one_of(hostile.TEXTS) for part in door.parts})
        for address in (*visit.addresses(door), bad):
            for method in ("GET", visit.one_of(hostile.METHODS)):
                visit.sends(method, address)
        method = visit.one_of(("POST", "PUT", "PATCH"))
        visit.sends(method, visit.addresses(door)[0], visit.one_of(hostile.BODIES), visit.one_of(hostile.KINDS))
    assert visit.faults == []
    assert visit.alice.role == "admin" or rows(of_bob) == before


def test_filters_and_forms_of_pages(visit: Visit) -> None:
    before, sent = rows(of_bob), 0
    for door in visit.doors():
        for address in visit.addresses(door)[:1] if not door.name.startswith("api:") else ():
            page = visit.sends("GET", address)
            if page is None or page.status_code != 200 or page.streaming or "html" not in page["Content-Type"]:
                continue
            for form in hostile.forms_of(page.content.decode(), address):
                if form.address in ("/sign-out/", "/sample/wipe/", "/sample/"):
                    continue
                fields = form.fields | ({"cursor": ""} if form.method == "GET" else {})
                bad = [[*(fields | {name: visit.one_of(hostile.TEXTS)}).items()] for name in fields]
                for pairs in [*bad, [pair for pair in fields.items() for _ in range(3)]]:
                    said = hostile.query_of(pairs)
                    if form.method == "GET":
                        visit.sends("GET", f"{form.address}?{said}")
                    else:
                        visit.sends("POST", form.address, said.encode(), FORM)
                    sent += 1
    assert sent > 20
    assert visit.faults == []
    assert visit.alice.role == "admin" or rows(of_bob) == before


def test_questions_and_fields_of_the_api(visit: Visit) -> None:
    before = rows(of_bob)
    for method, path, asked, body in hostile.operations():
        door = hostile.Door("", path.removeprefix("/").replace("{", "<").replace("}", ">"))
        for known in visit.addresses(door)[:1] if visit.goes(door) else ():
            for name in {*asked, "cursor", "limit"}:
                visit.sends(method, f"{known}?{hostile.query_of([(name, visit.one_of(hostile.TEXTS))])}")
                visit.sends(method, f"{known}?{hostile.query_of([(name, '1'), (name, '')])}")
            visit.sends(method, known, hostile.dumped(body), JSON, **{"Idempotency-Key": visit.one_of(hostile.KEYS)})
            for name in body:
                visit.sends(method, known, hostile.dumped({**body, name: visit.one_of(hostile.VALUES)}), JSON)
                visit.sends(method, known, hostile.dumped({name: visit.one_of(hostile.VALUES)}), JSON)
    assert visit.faults == []
    assert visit.alice.role == "admin" or rows(of_bob) == before


def test_to_look_changes_nothing_and_is_kept_by_nobody(visit: Visit) -> None:
    before = rows(of_anybody)
    for door in visit.doors():
        for address in visit.addresses(door)[:1]:
            for method in ("GET", "HEAD"):
                answer = visit.sends(method, address)
                cached = answer.headers.get("Cache-Control", "")
                assert door.name in OPEN_TO_PROGRAMS or "private" in cached or "no-store" in cached, address
    assert rows(of_anybody) == before


def test_nothing_is_taken_from_another_site(visit: Visit) -> None:
    browser = signed_in(visit.alice, enforce_csrf_checks=True)
    before = rows(of_anybody)
    for door in visit.doors():
        for address in visit.addresses(door)[:1] if door.name not in OPEN_TO_PROGRAMS else ():
            for method in ("POST", "PUT", "PATCH", "DELETE"):
                status = browser.generic(method, address, b"id=1", content_type=FORM).status_code
                assert 400 <= status < 500, f"{method} {address} answers {status}"
    assert rows(of_anybody) == before


def possessions(user: User, word: str) -> dict[str, list[str]]:
    """Something of everything for a user, with a word in all that is written; ids by the part of an address."""
    today = clock.now().date()
    own = f"{word} own"
    budgets.category_add(user, own)
    budgeted(user, "4711", own)
    expense = spent(user, "12.34", own, today, description=word, merchant=word, tags=(word,))
    receipts.receipt_attach(user, expense.expense_id, io.BytesIO(a_picture()), f"{word}.jpg")
    done = imported(user, f"{today},{word},-3.50\n")
    waiting = uploaded(user, f"{today},{word} two,-5.50\n")
    trash = (
        budgets.expense_delete(user, spent(user, "1", "Travel", today, merchant=word).expense_id),
        carbon.entry_delete(user, added(user, description=word).entry_id),
        carbon.goal_delete(user, a_goal(user, description=word).goal_id),
    )
    return {
        "expense_id": [expense.expense_id],
        "import_id": [waiting.import_id, done.import_id],
        "entry_id": [added(user, description=word).entry_id],
        "goal_id": [a_goal(user, description=word).goal_id],
        "entry": [*trash],
        "alert_id": [an_alert(user).alert_id],
        "order_id": [bought(user, quantity="1").order_id],
        "username": [user.username],
        "category": [own],
    }


def rows(wanted: Callable[[dict[str, Any]], bool]) -> dict[str, list[dict[str, Any]]]:
    """Rows of each table, sessions aside."""
    return {
        table.name: [row for row in store().dump(table) if wanted(row)]  # type: ignore[attr-defined]
        for table in wiring.tables()
        if table is not SESSIONS
    }


def of_bob(row: dict[str, Any]) -> bool:
    return row.get("username") == "bob"


def of_anybody(row: dict[str, Any]) -> bool:
    return bool(row.get("name") != PROBE.key["name"])  # by which `/readyz` sees that the store can be written
