"""Pages of the goals, the achievements and the factors."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from carbon import selectors, services
from carbon.usage import MOST_GOALS
from core import clock
from core.accounts.domain import User
from core.ids import derived_id
from core.storage import measured
from tests.builders import next_cursor_of
from tests.carbon.builders import a_factor, a_goal, added, factor_added
from tests.carbon.pages import ACCOUNT_TABLES, shown, toasts, words

FOUND, OVERTAKEN, INVALID = 302, 409, 422
TODAY = date(2026, 11, 20)

pytestmark = pytest.mark.usefixtures("noon")


def a_form(**more: str) -> dict[str, str]:
    """A goal as a browser sends it: 200 kg of everything a month."""
    return {
        "id": derived_id(clock.now(), "goal"),
        "version": "",
        "category": "all",
        "period": "monthly",
        "way": "kg",
        "target_kg": "200",
        "percent": "",
        "baseline_kg": "",
        "description": "",
        **more,
    }


def goals_of(user: User) -> list[Any]:
    return [each.goal for each in selectors.goals_with_progress(user)]


def test_without_goals_the_page_says_what_they_are_for(client: Client) -> None:
    for path in ("goals/", "goals/deleted/"):
        assert 'class="empty"' in client.get(f"/carbon/{path}").content.decode()


def test_a_goal_is_set_and_shows_its_progress_in_two_requests(alice: User, client: Client) -> None:
    added(alice, amount="500", on=TODAY)
    response = client.post("/carbon/goals/add/", a_form(description="Less of it all"), follow=True)
    assert toasts(response) == ["success"]
    with measured() as usage:
        page = shown(client, "goals/")
    assert usage.without(*ACCOUNT_TABLES).requests == 2
    for part in ("Less of it all 80.76 of 200.00 kg", "40 %", "monthly", "10 days left", "1 Nov to 30 Nov 2026"):
        assert part in page


def test_a_goal_in_percent_is_under_the_mean_of_three_months(alice: User, client: Client) -> None:
    for month in (8, 9, 10):
        added(alice, amount="1000", on=date(2026, month, 10))
    sent = a_form(way="percent", percent="10", target_kg="nonsense")
    assert client.post("/carbon/goals/add/", sent).status_code == FOUND
    (goal,) = goals_of(alice)
    assert (goal.target_kg, goal.percent, goal.baseline_kg) == (Decimal("145.368"), 10, Decimal("161.52"))
    assert "10 % under 161.52 kg" in shown(client, "goals/")


def test_a_goal_in_percent_under_a_figure_of_the_users_own(alice: User, client: Client) -> None:
    sent = a_form(way="percent", percent="25", baseline_kg="400", target_kg="")
    assert client.post("/carbon/goals/add/", sent).status_code == FOUND
    (goal,) = goals_of(alice)
    assert (goal.target_kg, goal.baseline_kg, goal.baseline_months) == (300, 400, ())
    html = client.get(f"/carbon/goals/{goal.goal_id}/edit/").content.decode()
    assert 'value="25"' in html
    assert 'value="400"' in html


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"target_kg": ""}, "target_kg"),
        ({"target_kg": "ten"}, "target_kg"),
        ({"target_kg": "-1"}, "target_kg"),
        ({"way": "percent", "percent": ""}, "percent"),
        ({"way": "percent", "percent": "0"}, "percent"),
        ({"way": "percent", "percent": "101"}, "percent"),
        ({"way": "percent", "percent": "10", "baseline_kg": "x"}, "baseline_kg"),
        ({"way": "percent", "percent": "10", "baseline_kg": ""}, "baseline_kg"),
        ({"way": "somehow"}, "way"),
        ({"category": "nothing"}, "category"),
        ({"period": "hourly"}, "period"),
        ({"description": "x" * 501}, "description"),
    ],
)
def test_a_wrong_form_says_what_to_do_and_keeps_what_was_typed(
    alice: User, client: Client, wrong: dict[str, str], field: str
) -> None:
    sent = a_form(**{"description": "Kept", **wrong})
    response = client.post("/carbon/goals/add/", sent)
    assert response.status_code == INVALID
    form: Any = response.context["form"]
    assert list(form.errors) == [field]
    assert {name: form.data[name] for name in sent if name != "id"} == {n: v for n, v in sent.items() if n != "id"}
    assert goals_of(alice) == []


def test_a_goal_is_changed_by_the_form(alice: User, client: Client) -> None:
    goal = a_goal(alice, "100")
    html = client.get(f"/carbon/goals/{goal.goal_id}/edit/").content.decode()
    assert 'value="100"' in html
    sent = a_form(version=str(goal.version), category="food", period="weekly", target_kg="12.5")
    assert toasts(client.post(f"/carbon/goals/{goal.goal_id}/edit/", sent, follow=True)) == ["success"]
    (changed,) = goals_of(alice)
    assert (changed.category, changed.period, changed.target_kg) == ("food", "weekly", Decimal("12.5"))
    late = client.post(f"/carbon/goals/{goal.goal_id}/edit/", {**sent, "target_kg": "99"})
    assert late.status_code == OVERTAKEN
    assert goals_of(alice) == [changed]


def test_a_goal_is_deleted_with_undo_and_restored_from_the_list(alice: User, client: Client) -> None:
    goal = a_goal(alice, "100", description="Mine")
    response = client.post(f"/carbon/goals/{goal.goal_id}/delete/", follow=True)
    assert toasts(response) == ["success"]
    assert goals_of(alice) == []
    (deleted,) = selectors.goals_deleted("alice")
    assert deleted.value == goal
    restore = f"/carbon/goals/deleted/{deleted.entry.replace('#', '%23')}/restore/"
    assert f'action="{restore}"' in response.content.decode()
    assert "Mine" in shown(client, "goals/deleted/")
    assert toasts(client.post(restore, follow=True)) == ["success"]
    assert [each.goal_id for each in goals_of(alice)] == [goal.goal_id]


def test_a_restored_goal_beyond_the_quota_is_refused_in_words(alice: User, client: Client) -> None:
    goal = a_goal(alice)
    client.post(f"/carbon/goals/{goal.goal_id}/delete/")
    for _ in range(MOST_GOALS):
        a_goal(alice)
    (deleted,) = selectors.goals_deleted("alice")
    response = client.post(f"/carbon/goals/deleted/{deleted.entry.replace('#', '%23')}/restore/", follow=True)
    assert "50 goals" in words(response)
    more = client.post("/carbon/goals/add/", a_form())
    assert (more.status_code, "50 goals" in words(more)) == (INVALID, True)


def test_achievements_with_their_days_and_what_comes_next(alice: User, client: Client) -> None:
    for back in range(8):
        added(alice, on=TODAY - timedelta(days=back))
    services.achievements_refresh("alice")
    with measured() as usage:
        page = shown(client, "achievements/")
    assert usage.without(*ACCOUNT_TABLES).requests == 2
    for part in (
        "Level 1 Seedling 350 points · 150 to Sprout",
        "Streak 8 days",
        "Earned 2 of 18",
        "Next Carbon conscious",
        "First entry Log your first entry · 13 Nov 2026 50",
        "· 19 Nov 2026 300",
        "· 80 % 200",
        "25,000",
    ):
        assert part in page


def test_the_list_of_factors_is_searched(client: Client) -> None:
    with measured() as usage:
        page = shown(client, "factors/")
    assert usage.without(*ACCOUNT_TABLES).requests == 1
    assert "Car, average of all" in page
    france = shown(client, "factors/", q="electricity france")
    assert "1 factor found" in france
    assert "France, 2023" in france or "France, 2022" in france
    assert "Ember, through Our World in Data" in france
    assert "CC BY 4.0" in france
    food = shown(client, "factors/", q="beef", category="food")
    assert "2 factors found" in food
    nothing: Any = client.get("/carbon/factors/", {"q": "unobtainium"}).context
    assert (nothing["count"], nothing["page"].items) == (0, ())


def test_the_factors_come_in_pages(client: Client) -> None:
    first = client.get("/carbon/factors/", {"category": "energy"})
    page: Any = first.context["page"]
    assert len(page.items) == 50
    cursor = next_cursor_of(first)
    second: Any = client.get("/carbon/factors/", {"category": "energy", "cursor": cursor}).context["page"]
    assert {each.factor_id for each in page.items}.isdisjoint(each.factor_id for each in second.items)
    other = words(client.get("/carbon/factors/", {"category": "food", "cursor": cursor}))
    assert "this is the first one" in other


@pytest.mark.parametrize("query", [{"q": "x" * 101}, {"category": "nothing"}, {"q": "\x00"}])
def test_a_wrong_search_of_factors_says_so(client: Client, query: dict[str, str]) -> None:
    response = client.get("/carbon/factors/", query)
    assert response.status_code == INVALID
    assert response.context["filter"].errors


def test_an_activity_shows_its_factors_old_and_new_those_of_staff_too(alice: User, client: Client) -> None:
    factor_added(a_factor("electricity", "GB", "kwh", label="Electricity", category="energy"))
    with measured() as usage:
        page = shown(client, "factors/electricity/")
    assert usage.without(*ACCOUNT_TABLES).requests == 1
    for part in ("Britain (UK), 2027", "Britain (UK), 2026", "Britain (UK), 2025", "A newer table", "0.13096", "0.177"):
        assert part in page


@pytest.mark.parametrize("activity", ["nothing", "car-petrol-x", "x" * 300])
def test_an_activity_that_is_not_there_is_not_found(client: Client, activity: str) -> None:
    assert client.get(f"/carbon/factors/{activity}/").status_code == 404
