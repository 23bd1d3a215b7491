"""What is asked of the tables of the carbon footprint."""

from carbon.tables import CARBON_ACHIEVEMENTS, CARBON_ENTRIES, CARBON_FACTORS, CARBON_GOALS, CARBON_TOTALS
from core.access_patterns import patterns

TESTS = "tests/carbon/test_access_patterns.py"

_carbon_entries = patterns(CARBON_ENTRIES, "carbon.repositories.entries", TESTS)
_carbon_totals = patterns(CARBON_TOTALS, "carbon", TESTS)
_carbon_goals = patterns(CARBON_GOALS, "carbon.repositories.goals", TESTS)
_carbon_achievements = patterns(CARBON_ACHIEVEMENTS, "carbon.repositories.achievements", TESTS)
_carbon_factors = patterns(CARBON_FACTORS, "carbon.repositories.factors", TESTS)

ACCESS_PATTERNS = (
    _carbon_entries("one entry", "GetItem", "entry_address", "test_carbon_entries_one"),
    _carbon_entries("the newest entries of a user", "Query TimeIndex", "entries_query", "test_carbon_entries_newest"),
    _carbon_entries("entries of some days", "Query TimeIndex", "entries_query", "test_carbon_entries_date_range"),
    _carbon_entries(
        "entries of a category, also of some days",
        "Query CategoryIndex",
        "entries_query",
        "test_carbon_entries_of_a_category",
    ),
    _carbon_totals(
        "the totals of a month and its days",
        "Query",
        "repositories.totals.month_query",
        "test_carbon_totals_of_a_month",
    ),
    _carbon_totals("the totals of some days", "Query", "repositories.totals.days_query", "test_carbon_totals_of_days"),
    _carbon_totals(
        "the totals of some months", "Query", "repositories.totals.months_query", "test_carbon_totals_of_months"
    ),
    _carbon_totals(
        "an entry with all that adding it changes and rests on",
        "BatchGetItem",
        "services.snapshot.snapshot_of",
        "test_carbon_totals_with_an_entry",
    ),
    _carbon_goals("the goals of a user", "Query", "goals_query", "test_carbon_goals_of_a_user"),
    _carbon_goals("one goal", "GetItem", "goal_address", "test_carbon_goals_one"),
    _carbon_achievements(
        "the achievements of a user", "Query", "achievements_query", "test_carbon_achievements_of_a_user"
    ),
    _carbon_factors(
        "every added factor of an activity, old and new", "Query", "factors_query", "test_carbon_factors_of_an_activity"
    ),
    _carbon_factors(
        "the newest added factors of an activity",
        "GetItem",
        "current_address",
        "test_carbon_factors_newest_of_an_activity",
    ),
    _carbon_factors(
        "the newest added factors of every activity",
        "Query ListingIndex",
        "currents_query",
        "test_carbon_factors_newest_of_all",
    ),
)
