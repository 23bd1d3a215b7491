"""What was changed elsewhere while a form or a program had an older version: in every app alike."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

import alerts.services
import budgets.services
import carbon.services
from alerts.selectors import alert_get
from budgets.selectors import expense_get
from carbon.domain.goal import GoalDraft
from carbon.selectors import entry_get, goal_get
from core.accounts.domain import User
from tests.alerts import builders as of_alerts
from tests.budgets import builders as of_budgets
from tests.builders import api_client
from tests.carbon import builders as of_carbon
from tests.pages.forms import values_of

FOUND, CONFLICT, OK = 302, 409, 200


@dataclass(frozen=True)
class Kind:
    """A thing that a form changes: how it is made, changed elsewhere to `theirs`, and read."""

    make: Callable[[User], str]
    overtake: Callable[[User, str], object]
    read: Callable[[str], str]
    form: str
    field: str
    theirs: str
    endpoint: str


def _goal_change(user: User, goal_id: str) -> None:
    carbon.services.goal_change(user, goal_id, GoalDraft("food", "weekly", target_kg=Decimal(33)))


def _alert_change(user: User, alert_id: str) -> None:
    alerts.services.alert_change(user, alert_id, terms=of_alerts.terms(threshold="133", note="Theirs"))


KINDS = {
    "expense": Kind(
        make=lambda user: of_budgets.spent(user, "12.50", day=of_carbon.today_of(user)).expense_id,
        overtake=lambda user, each: budgets.services.expense_change(
            user, each, of_budgets.a_draft("33", day=of_carbon.today_of(user), merchant="Theirs")
        ),
        read=lambda each: f"{expense_get('alice', each).amount:.2f}",
        form="/budgets/expenses/{}/edit/",
        field="amount",
        theirs="33.00",
        endpoint="expenses/{}/",
    ),
    "entry": Kind(
        make=lambda user: of_carbon.added(user).entry_id,
        overtake=lambda user, each: carbon.services.entry_change(user, each, of_carbon.a_draft(amount="33")),
        read=lambda each: f"{entry_get('alice', each).amount}",
        form="/carbon/entries/{}/edit/",
        field="amount",
        theirs="33",
        endpoint="carbon/entries/{}/",
    ),
    "goal": Kind(
        make=lambda user: of_carbon.a_goal(user).goal_id,
        overtake=_goal_change,
        read=lambda each: f"{goal_get('alice', each).target_kg}",
        form="/carbon/goals/{}/edit/",
        field="target_kg",
        theirs="33",
        endpoint="carbon/goals/{}/",
    ),
    "alert": Kind(
        make=lambda user: of_alerts.an_alert(user).alert_id,
        overtake=_alert_change,
        read=lambda each: f"{alert_get('alice', each).terms.condition.threshold}",
        form="/alerts/{}/edit/",
        field="threshold",
        theirs="133",
        endpoint="alerts/{}/",
    ),
}


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_form_that_was_overtaken_shows_both_versions_and_is_taken_when_it_is_sent_again(
    alice: User, browser: Client, kind: Kind
) -> None:
    made = kind.make(alice)
    address = kind.form.format(made)
    typed = values_of(browser.get(address).context["form"]) | {kind.field: "44"}
    kind.overtake(alice, made)

    late = browser.post(address, typed)
    assert late.status_code == CONFLICT
    assert kind.read(made) == kind.theirs
    form: Any = late.context["form"]
    assert form[kind.field].value() == "44"
    page = late.content.decode()
    stored = page.partition("notice stored")[2].partition("</dl>")[0]
    assert form[kind.field].label in stored
    assert kind.theirs in stored

    assert browser.post(address, values_of(form)).status_code == FOUND
    assert kind.read(made).removesuffix(".00") == "44"


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_form_that_says_what_is_stored_by_now_is_taken(alice: User, browser: Client, kind: Kind) -> None:
    made = kind.make(alice)
    address = kind.form.format(made)
    typed = values_of(browser.get(address).context["form"]) | {kind.field: "44"}
    assert [browser.post(address, typed).status_code for _ in range(2)] == [FOUND, FOUND]


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_form_that_names_no_version_overwrites_nothing(alice: User, browser: Client, kind: Kind) -> None:
    made = kind.make(alice)
    address = kind.form.format(made)
    typed = values_of(browser.get(address).context["form"]) | {kind.field: "44"}
    before = kind.read(made)
    assert browser.post(address, typed | {"version": ""}).status_code == CONFLICT
    assert kind.read(made) == before


@pytest.mark.parametrize("name", ["expense", "entry", "goal"])
def test_a_program_that_was_overtaken_gets_409_and_may_send_the_present_version(alice: User, name: str) -> None:
    kind = KINDS[name]
    made = kind.make(alice)
    program: APIClient = api_client(alice)
    address = f"/api/v1/{kind.endpoint.format(made)}"
    before = program.get(address).json()["version"]
    kind.overtake(alice, made)
    late = program.patch(address, {kind.field: "44", "version": before}, format="json")
    assert (late.status_code, late.json()["code"]) == (CONFLICT, "changed_meanwhile")
    assert kind.read(made) == kind.theirs
    now = program.get(address).json()["version"]
    assert program.patch(address, {kind.field: "44", "version": now}, format="json").status_code == OK


def test_an_alert_that_fired_while_its_form_was_open_is_saved(alice: User, browser: Client) -> None:
    alert = of_alerts.an_alert(alice, every=True)
    address = f"/alerts/{alert.alert_id}/edit/"
    typed = values_of(browser.get(address).context["form"]) | {"note": "Sell half."}
    of_alerts.prices_move("111")
    assert alert_get("alice", alert.alert_id).trigger_count == 1
    assert browser.post(address, typed).status_code == FOUND
    assert alert_get("alice", alert.alert_id).terms.note == "Sell half."
