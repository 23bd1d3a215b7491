"""Goals, achievements and the sums of a month over HTTP."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from rest_framework.test import APIClient

from carbon import selectors, services
from carbon.usage import MOST_GOALS
from core import clock
from core.accounts.domain import User
from core.ids import derived_id
from core.storage import measured
from tests.carbon.api import ENTRIES, GOALS, body, patch, post
from tests.carbon.builders import a_goal, added, an_estimate, estimated
from tests.carbon.pages import ACCOUNT_TABLES

TODAY = date(2026, 11, 20)

pytestmark = pytest.mark.usefixtures("noon")


def a_goal_body(**more: Any) -> dict[str, Any]:
    return {"category": "all", "period": "monthly", "target_kg": "200", **more}


def test_a_goal_is_set_read_changed_and_deleted(alice: User, api: APIClient) -> None:
    added(alice, amount="500", on=TODAY)
    answer = post(api, GOALS, a_goal_body(description="Less"))
    assert answer.status_code == 201
    goal = answer.json()
    assert {name: goal[name] for name in ("category", "period", "target_kg", "percent", "set_on", "description")} == {
        "category": "all",
        "period": "monthly",
        "target_kg": "200",
        "percent": None,
        "set_on": "2026-11-20",
        "description": "Less",
    }
    assert goal["progress"] == {
        "period": "2026-11",
        "first_day": "2026-11-01",
        "last_day": "2026-11-30",
        "days_left": 10,
        "kg_co2e": "80.76",
        "kg_co2e_estimated": "0",
        "kg_co2e_left": "119.24",
        "percent_used": "40.38",
        "is_over": False,
    }
    address = f"{GOALS}{goal['goal_id']}/"
    with measured() as usage:
        assert api.get(address).json() == goal
    assert usage.without(*ACCOUNT_TABLES).requests == 2
    changed = patch(api, address, {"target_kg": "50"}).json()
    assert (changed["target_kg"], changed["description"], changed["progress"]["is_over"]) == ("50", "Less", True)
    changed = patch(api, address, {"percent": "10", "baseline_kg": "100"}).json()
    assert (changed["target_kg"], changed["percent"], changed["baseline_kg"]) == ("90", "10", "100")
    changed = patch(api, address, {"period": "weekly"}).json()
    assert (changed["target_kg"], changed["percent"], changed["period"]) == ("90", "10", "weekly")
    late = patch(api, address, {"target_kg": "1", "version": 1})
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")
    assert api.delete(address).status_code == 204
    assert [api.delete(address).status_code, api.get(address).status_code] == [404, 404]
    assert patch(api, address, {"target_kg": "1"}).status_code == 404


def test_goals_newest_first_in_pages(alice: User, api: APIClient) -> None:
    goals = [a_goal(alice, str(number)) for number in (1, 2, 3)]
    with measured() as usage:
        first = api.get(f"{GOALS}?limit=2").json()
    assert usage.without(*ACCOUNT_TABLES).requests == 2
    second = api.get(GOALS, {"limit": 2, "cursor": first["next"]}).json()
    found = [each["goal_id"] for page in (first, second) for each in page["items"]]
    assert found == [goal.goal_id for goal in reversed(goals)]
    assert second["next"] is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"target_kg": "-1"}, "target_kg"),
        ({"target_kg": "x"}, "target_kg"),
        ({"percent": "10"}, "target_kg"),
        ({"target_kg": None}, "target_kg"),
        ({"period": "hourly"}, "period"),
        ({"category": "flying"}, "category"),
        ({"description": "x" * 501}, "description"),
        ({"goal_id": "x"}, "goal_id"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_a_wrong_goal_names_its_field(alice: User, api: APIClient, wrong: dict[str, Any], field: str) -> None:
    answer = post(api, GOALS, a_goal_body(**wrong))
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert selectors.goals_with_progress(alice) == ()


def test_a_goal_says_one_limit(alice: User, api: APIClient) -> None:
    answer = post(api, GOALS, {"period": "monthly"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["target_kg"])
    under_nothing = post(api, GOALS, {"period": "monthly", "percent": "10"})
    assert (under_nothing.status_code, list(under_nothing.json()["errors"])) == (400, ["baseline_kg"])
    assert post(api, GOALS, {"period": "monthly", "percent": "10", "baseline_kg": "50"}).status_code == 201
    (progress,) = selectors.goals_with_progress(alice)
    assert (progress.goal.target_kg, progress.goal.category) == (Decimal(45), "all")


def test_an_idempotency_key_makes_one_goal(alice: User, api: APIClient) -> None:
    first, second = (post(api, GOALS, a_goal_body(), **{"Idempotency-Key": "one"}) for _ in range(2))
    assert first.json() == second.json()
    assert second.headers["Idempotent-Replay"] == "true"
    assert len(selectors.goals_with_progress(alice)) == 1


def test_more_goals_than_the_quota_are_refused(alice: User, api: APIClient) -> None:
    for _ in range(MOST_GOALS):
        a_goal(alice)
    answer = post(api, GOALS, a_goal_body())
    assert (answer.status_code, answer.json()["code"]) == (409, "goal_quota")


def test_achievements_with_points_and_level(alice: User, api: APIClient) -> None:
    added(alice, on=TODAY)
    services.achievements_refresh("alice")
    with measured() as usage:
        score = api.get("/api/v1/carbon/achievements/").json()
    assert usage.without(*ACCOUNT_TABLES).requests == 2
    assert (score["points"], score["level"]["name"], score["next_level"]["name"]) == (50, "Seedling", "Sprout")
    assert (score["points_to_next"], score["streak_days"]) == (450, 1)
    first, second, *rest = score["achievements"]
    assert (first["achievement_id"], first["reached_on"], first["so_far"]) == ("first_entry", "2026-11-20", "1")
    assert (second["achievement_id"], second["reached_on"], second["so_far"]) == ("carbon_conscious", None, "1")
    assert len(rest) == 16


def test_the_summary_of_a_month(alice: User, api: APIClient) -> None:
    added(alice, amount="100", on=TODAY)
    added(alice, "cheese", "1", "kg", on=date(2026, 11, 3))
    added(alice, amount="10", on=date(2026, 10, 3))
    estimated("alice", an_estimate(derived_id(clock.now(), "e"), TODAY, "4"))
    with measured() as usage:
        summary = api.get("/api/v1/carbon/summary/").json()
    assert usage.without(*ACCOUNT_TABLES).requests == 2
    averages = summary.pop("averages")
    assert summary == {
        "month": "2026-11",
        "kg_co2e": "44.032",
        "kg_co2e_estimated": "4",
        "budget_kg": "500",
        "budget_percent": "8.81",
        "by_category": [
            {"category": "transportation", "kg_co2e": "20.152", "kg_co2e_estimated": "4", "count": 2},
            {"category": "food", "kg_co2e": "23.88", "kg_co2e_estimated": "0", "count": 1},
        ],
        "by_day": [
            {"day": "2026-11-03", "kg_co2e": "23.88", "kg_co2e_estimated": "0", "count": 1},
            {"day": "2026-11-20", "kg_co2e": "20.152", "kg_co2e_estimated": "4", "count": 2},
        ],
        "by_month": [
            {"month": "2026-10", "kg_co2e": "1.6152", "kg_co2e_estimated": "0", "count": 1},
            {"month": "2026-11", "kg_co2e": "44.032", "kg_co2e_estimated": "4", "count": 3},
        ],
    }
    assert [(each["region"], each["basis"]) for each in averages][::3] == [("GB", "ghg"), ("world", "ghg")]
    assert averages[0]["tonnes"] == "5.71"
    assert api.get("/api/v1/carbon/summary/", {"month": "2026-10"}).json()["kg_co2e"] == "1.6152"


@pytest.mark.parametrize("month", ["x", "2026-13", "1969-12", "9999-01", "2026-1"])
def test_an_unknown_month_is_refused(api: APIClient, month: str) -> None:
    answer = api.get("/api/v1/carbon/summary/", {"month": month})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["month"])


def test_figures_are_text_without_an_exponent(alice: User, api: APIClient) -> None:
    tiny = post(api, ENTRIES, body(amount="0.000001", activity="rail_national")).json()
    huge = post(api, ENTRIES, body(amount="1000000000", activity="coal", unit="tonne")).json()
    assert (tiny["amount"], tiny["kg_co2e"]) == ("0.000001", "0")
    assert huge["kg_co2e"] == "2904950000000"
    assert Decimal(api.get("/api/v1/carbon/summary/").json()["kg_co2e"]) == 2904950000000
