"""What is asked of the tables of the carbon footprint."""

from carbon.tables import CARBON_ACHIEVEMENTS, CARBON_ENTRIES, CARBON_FACTORS, CARBON_GOALS, CARBON_TOTALS
from core.access_patterns import AccessPattern

REPOSITORIES = "carbon.repositories"
TESTS = "tests/carbon/test_access_patterns.py"

ACCESS_PATTERNS = (
    AccessPattern(
        CARBON_ENTRIES,
        "one entry",
        "GetItem",
        f"{REPOSITORIES}.entries.entry_address",
        f"{TESTS}::test_carbon_entries_one",
    ),
    AccessPattern(
        CARBON_ENTRIES,
        "the newest entries of a user",
        "Query TimeIndex",
        f"{REPOSITORIES}.entries.entries_query",
        f"{TESTS}::test_carbon_entries_newest",
    ),
    AccessPattern(
        CARBON_ENTRIES,
        "entries of some days",
        "Query TimeIndex",
        f"{REPOSITORIES}.entries.entries_query",
        f"{TESTS}::test_carbon_entries_date_range",
    ),
    AccessPattern(
        CARBON_ENTRIES,
        "entries of a category, also of some days",
        "Query CategoryIndex",
        f"{REPOSITORIES}.entries.entries_query",
        f"{TESTS}::test_carbon_entries_of_a_category",
    ),
    AccessPattern(
        CARBON_TOTALS,
        "the totals of a month and its days",
        "Query",
        f"{REPOSITORIES}.totals.month_query",
        f"{TESTS}::test_carbon_totals_of_a_month",
    ),
    AccessPattern(
        CARBON_TOTALS,
        "the totals of some days",
        "Query",
        f"{REPOSITORIES}.totals.days_query",
        f"{TESTS}::test_carbon_totals_of_days",
    ),
    AccessPattern(
        CARBON_TOTALS,
        "the totals of some months",
        "Query",
        f"{REPOSITORIES}.totals.months_query",
        f"{TESTS}::test_carbon_totals_of_months",
    ),
    AccessPattern(
        CARBON_TOTALS,
        "an entry with all that adding it changes and rests on",
        "BatchGetItem",
        "carbon.services.snapshot.snapshot_of",
        f"{TESTS}::test_carbon_totals_with_an_entry",
    ),
    AccessPattern(
        CARBON_GOALS,
        "the goals of a user",
        "Query",
        f"{REPOSITORIES}.goals.goals_query",
        f"{TESTS}::test_carbon_goals_of_a_user",
    ),
    AccessPattern(
        CARBON_GOALS, "one goal", "GetItem", f"{REPOSITORIES}.goals.goal_address", f"{TESTS}::test_carbon_goals_one"
    ),
    AccessPattern(
        CARBON_ACHIEVEMENTS,
        "the achievements of a user",
        "Query",
        f"{REPOSITORIES}.achievements.achievements_query",
        f"{TESTS}::test_carbon_achievements_of_a_user",
    ),
    AccessPattern(
        CARBON_FACTORS,
        "every added factor of an activity, old and new",
        "Query",
        f"{REPOSITORIES}.factors.factors_query",
        f"{TESTS}::test_carbon_factors_of_an_activity",
    ),
    AccessPattern(
        CARBON_FACTORS,
        "the newest added factors of an activity",
        "GetItem",
        f"{REPOSITORIES}.factors.current_address",
        f"{TESTS}::test_carbon_factors_newest_of_an_activity",
    ),
    AccessPattern(
        CARBON_FACTORS,
        "the newest added factors of every activity",
        "Query ListingIndex",
        f"{REPOSITORIES}.factors.currents_query",
        f"{TESTS}::test_carbon_factors_newest_of_all",
    ),
)
