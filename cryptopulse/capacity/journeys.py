"""The journeys that are measured, in the order in which they are played."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alerts.services import deliver_due
from budgets.services.imports import work, work_imports
from budgets.services.receipts import receipts_sweep
from core import clock, outbox
from core.accounts.address_links import confirm_token
from core.accounts.selectors import user_get
from core.currencies import BASE
from core.events import shard_of
from core.ids import derived_id
from cryptopulse.capacity.stage import ALONE, BEGINNING, PASSWORD, WATCHED, Stage
from market.selectors import assets_listed
from market.services import prices_poll
from market.triggers.engine import look
from market.triggers.selectors import assets_due

Step = Callable[[Stage], Any]
PAGES, PROGRAMS, WORKER, IDLE = GROUPS = ("Pages", "API", "Worker", "Schedule, with nothing to do")


def _nothing(stage: Stage) -> None:
    """What most journeys need before them."""


@dataclass(frozen=True, slots=True)
class Journey:
    """Something that the product does. `prepare` brings about what it needs, and is not counted."""

    name: str
    group: str
    play: Step
    prepare: Step = _nothing


NEWCOMER = "newcomer"


def _page(name: str, path: str, **headers: str) -> Journey:
    return Journey(name, PAGES, lambda stage: stage.get(stage.browser, path, **headers))


def _call(name: str, path: str) -> Journey:
    return Journey(name, PROGRAMS, lambda stage: stage.get(stage.program, path))


def _sign_up(stage: Stage) -> None:
    names = {"username": NEWCOMER, "email": "newcomer@example.com", "password": PASSWORD}
    stage.post(stage.visitor, "/sign-up/", **names, account="practice", home_currency=BASE.code)


def _handle_sign_up(stage: Stage) -> None:
    outbox.dispatch(shard_of(NEWCOMER))


def _read_the_mail(stage: Stage) -> None:
    stage.link = reverse("accounts:address-confirm", args=[confirm_token(user_get(NEWCOMER))])


def _confirm(stage: Stage) -> None:
    stage.press(stage.visitor, stage.link)


def _sign_in(stage: Stage) -> None:
    stage.post(stage.visitor, "/sign-in/", identifier="capacity", password=PASSWORD)


def _sign_out(stage: Stage) -> None:
    stage.post(stage.visitor, "/sign-out/")


def _form(path: str, **fields: Any) -> Step:
    """Send the form of this page, under a new id."""
    return lambda stage: stage.post(stage.browser, path, id=stage.new_id(path), **fields)


def _json(path: str, named: str, **fields: str) -> Step:
    """Create something by the API, under a new id; the field of the id has this name."""
    return lambda stage: stage.post_json(stage.program, path, **{named: stage.new_id(path)}, **fields)


def _upload(stage: Stage) -> None:
    lines = [f"2026-01-{1 + each % 14:02d},Shop {each},-{each + 1}.20\n" for each in range(IMPORTED)]
    file = SimpleUploadedFile("bank.csv", f"Date,Payee,Amount\n{''.join(lines)}".encode())
    stage.post(stage.browser, "/budgets/imports/add/", id=IMPORT, file=file)


def _handle_events(stage: Stage) -> None:
    outbox.dispatch(shard_of(stage.person.username))


def _in_the_same_minute(stage: Stage) -> None:
    stage.go_on(5)


def _in_the_next_minute(stage: Stage) -> None:
    stage.go_on(60)


def _move(asset_id: str) -> Step:
    def move(stage: Stage) -> None:
        stage.go_on(1)
        stage.tick(asset_id, stage.price(asset_id) + 1)

    return move


def _look(asset_id: str) -> Step:
    return lambda stage: look(asset_id)


def _look_at_all(stage: Stage) -> None:
    for asset in assets_listed():
        look(asset.asset_id)


def _move_over_an_alert(stage: Stage) -> None:
    price = stage.price(ALONE)
    stage.set_alert(ALONE, price + 1, "near")
    stage.go_on(1)
    stage.tick(ALONE, price + 2)


TODAY = BEGINNING.date().isoformat()
ORDER = {"side": "buy", "asset": WATCHED, "by": "amount", "size": "100"}
EXPENSE = {"amount": "12.50", "category": "Food & Dining", "date": TODAY}
DRIVE = {"activity": "car_petrol", "amount": "12", "unit": "km"}
ALERT = {
    "asset_id": WATCHED,
    "price_type": "close",
    "operator": ">",
    "threshold": "999999",
    "frequency": "once",
    "cooldown": "300",
    "hysteresis": "0",
    "outward": "email",
    "name": "Moon",
}
GOAL = {"category": "all", "period": "monthly", "way": "kg", "target_kg": "400"}
IMPORTED = 40
IMPORT = derived_id(BEGINNING, "import")
PLACE_ORDER = "Place a market order"
ORDER_EVENT = "Notify of a filled order"
POLL = "Poll the prices of all assets"
POLL_OF_A_NEW_MINUTE = "Poll the prices of all assets, a minute being over"
LOOK_AT_NOTHING = "Look at a price move with no alert on the asset"
FIRE = "Look at a price move that fires one alert"
DELIVER = "Send one mail"

JOURNEYS: tuple[Journey, ...] = (
    Journey("Sign up", PAGES, _sign_up),
    Journey("Queue the mail with the link that confirms an address", WORKER, _handle_sign_up),
    Journey("Send the mail with the link that confirms an address", WORKER, lambda stage: deliver_due()),
    Journey("Confirm an address", PAGES, _confirm, prepare=_read_the_mail),
    Journey("Release what waited for a confirmed address", WORKER, _handle_sign_up),
    Journey("Sign in", PAGES, _sign_in, prepare=_sign_out),
    _page("Overview", "/"),
    _page("Portfolio", "/portfolio/"),
    _page("Transactions", "/portfolio/transactions/"),
    _page("Markets", "/markets/"),
    _page(
        "Markets, new prices on the open page", "/markets/moved/?assets=bitcoin,ethereum,solana", HTTP_HX_REQUEST="true"
    ),
    _page("An asset with its candles", "/markets/bitcoin/"),
    _page("Preview an order", f"/portfolio/trade/?side=buy&asset={WATCHED}&by=amount&size=100"),
    Journey(PLACE_ORDER, PAGES, _form("/portfolio/trade/", **ORDER)),
    Journey(ORDER_EVENT, WORKER, _handle_events),
    Journey("Deposit", PAGES, _form("/portfolio/deposit/", amount="250.00", description="Savings")),
    Journey("Create an alert", PAGES, _form("/alerts/add/", **ALERT)),
    _page("Alerts", "/alerts/"),
    _page("Month of expenses beside its budgets", "/budgets/"),
    _page("Expenses", "/budgets/expenses/"),
    _page("Report of a month", "/budgets/reports/"),
    Journey(
        "Record an expense",
        PAGES,
        _form("/budgets/expenses/add/", **EXPENSE, merchant="Tasca", description="Lunch"),
    ),
    Journey("Follow a recorded expense", WORKER, _handle_events),
    _page("Notifications", "/notifications/"),
    _page("Number of unread notifications on the open page", "/notifications/unread/", HTTP_HX_REQUEST="true"),
    _call("Prices", "/api/v1/prices/?assets=bitcoin,ethereum"),
    _call("Portfolio by API", "/api/v1/portfolio/"),
    _call("Transactions by API", "/api/v1/transactions/"),
    _call("Orders by API", "/api/v1/orders/"),
    _call("Alerts by API", "/api/v1/alerts/"),
    _call("Notifications by API", "/api/v1/notifications/"),
    _call("Expenses by API", "/api/v1/expenses/"),
    _call("Month of expenses by API", "/api/v1/budgets/summary/"),
    Journey(
        "Place a market order by API",
        PROGRAMS,
        _json("/api/v1/orders/", "order_id", side="buy", asset_id=WATCHED, amount="100"),
    ),
    Journey("Record an expense by API", PROGRAMS, _json("/api/v1/expenses/", "expense_id", **EXPENSE)),
    Journey(POLL, WORKER, lambda stage: prices_poll(), prepare=_in_the_same_minute),
    Journey("Look at all assets after a poll", WORKER, _look_at_all),
    Journey(POLL_OF_A_NEW_MINUTE, WORKER, lambda stage: prices_poll(), prepare=_in_the_next_minute),
    Journey(LOOK_AT_NOTHING, WORKER, _look(ALONE), prepare=_move(ALONE)),
    Journey("Look at a price move that reaches no alert", WORKER, _look(WATCHED), prepare=_move(WATCHED)),
    Journey(FIRE, WORKER, _look(ALONE), prepare=_move_over_an_alert),
    Journey(DELIVER, WORKER, lambda stage: deliver_due()),
    Journey(f"Upload a file of {IMPORTED} payments", PAGES, _upload),
    _page("Preview of an import", f"/budgets/imports/{IMPORT}/"),
    Journey("Confirm an import", PAGES, lambda stage: stage.post(stage.browser, f"/budgets/imports/{IMPORT}/confirm/")),
    Journey(f"Add {IMPORTED} imported expenses", WORKER, lambda stage: work(stage.person.username, IMPORT)),
    Journey(f"Follow {IMPORTED} imported expenses and notify of them", WORKER, _handle_events),
    Journey(
        "Add a carbon entry",
        PAGES,
        _form("/carbon/entries/add/", **DRIVE, occupancy="1", timestamp=f"{TODAY}T12:01", description="To work"),
    ),
    Journey("Update achievements after a carbon entry", WORKER, _handle_events),
    Journey("Set a carbon goal", PAGES, _form("/carbon/goals/add/", **GOAL)),
    _page("Month of the footprint", "/carbon/"),
    _page("Carbon entries", "/carbon/entries/"),
    _page("Carbon goals", "/carbon/goals/"),
    _page("Achievements", "/carbon/achievements/"),
    _call("Carbon entries by API", "/api/v1/carbon/entries/"),
    Journey(
        "Add a carbon entry by API",
        PROGRAMS,
        _json("/api/v1/carbon/entries/", "entry_id", **DRIVE, timestamp=clock.to_text(BEGINNING)),
    ),
    Journey("Look for events", IDLE, lambda stage: outbox.sweep(), prepare=_handle_events),
    Journey("Look for moves", IDLE, lambda stage: assets_due(), prepare=_look_at_all),
    Journey("Look for mail to send", IDLE, lambda stage: deliver_due(), prepare=lambda stage: deliver_due()),
    Journey("Look for imports to continue", IDLE, lambda stage: work_imports()),
    Journey("Look for receipts to remove", IDLE, lambda stage: receipts_sweep(stage.at)),
)
