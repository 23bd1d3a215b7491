"""Tables of the carbon footprint: entries, their totals, goals, achievements, and factors that staff add."""

from core.storage.schema import Index, Table, text

CARBON_ENTRIES = Table(
    "CarbonEntries",
    text("username"),
    text("entry_id"),
    indexes=(
        Index("TimeIndex", text("username"), text("timestamp"), about="Entries of a user by time."),
        Index("CategoryIndex", text("user_category"), text("timestamp"), about="One category of one user, by time."),
    ),
    about=(
        "What a user did and what it emitted. The factor is kept with the entry, so that a later one does not change "
        "it. An estimate carries the id of its expense."
    ),
    attributes={
        "timestamp": "`<t>#<entry_id>`: when it was done, UTC",
        "user_category": "`<username>#<category>`",
        "day": "the day of `timestamp` in the user's time zone when it was entered; totals count by it",
        "category": "transportation, energy, food, waste, shopping or other",
        "activity": "what was done: `car_petrol`",
        "amount": "how much of it, in `unit`, above zero",
        "unit": "the unit that the user gave: `mile`",
        "occupancy": "persons in the vehicle; the emission is divided by it",
        "description": "the user's text about it",
        "kg_co2e": "kg CO2e at the place of use: `kg_direct` of the factor times the amount",
        "kg_co2e_with_fuel_supply": "the same with what making and bringing the fuel emits; absent where not known",
        "factor": "the factor used, whole: its id, figures, unit, region, year, source, licence",
        "is_estimate": "whether it was estimated from an expense",
        "expense_id": "the expense that it is an estimate of, or measured instead of; absent for any other",
        "digest": "fingerprint of the first request, by which a repeated request is recognised",
        "version": "counts the writes",
        "created_at": "when the row was made, UTC",
        "updated_at": "when it was last written, UTC",
    },
)

CARBON_TOTALS = Table(
    "CarbonTotals",
    text("username"),
    text("period"),
    about=(
        "Sums of the entries by month (`2026-11`) and by day (`2026-11-20`), written in the transaction that changes "
        "an entry. A period that nothing is left of keeps its row, so that its version never starts again."
    ),
    attributes={
        "categories": "by category: `kg`, `count`, and of these the estimated: `estimated_kg`, `estimated_count`",
        "version": "counts the writes; every write names the version it read",
        "updated_at": "when it was last written, UTC",
    },
)

CARBON_GOALS = Table(
    "CarbonGoals",
    text("username"),
    text("goal_id"),
    about="Limits that users set themselves. Progress is computed from CarbonTotals and stored nowhere.",
    attributes={
        "category": "one category, or `all`",
        "goal_period": "daily, weekly (from Monday), monthly or yearly",
        "target_kg": "kg CO2e a period may have",
        "percent": "by how much the target is under the baseline; absent where the target was given in kg",
        "baseline_kg": "kg CO2e of a period before, as it was when the goal was set; only beside `percent`",
        "baseline_months": "the months that the baseline is the mean of; absent where the user gave it",
        "description": "what the user calls it",
        "set_on": "the day on which it was set, in the user's time zone",
        "digest": "fingerprint of the first request, by which a repeated request is recognised",
        "version": "counts the writes",
        "created_at": "when the row was made, UTC",
        "updated_at": "when it was last written, UTC",
    },
)

CARBON_ACHIEVEMENTS = Table(
    "CarbonAchievements",
    text("username"),
    text("achievement_id"),
    about=(
        "What a user achieved, and one row `STANDING` whose version orders the writers. Everything here follows from "
        "CarbonTotals and CarbonGoals and can be computed again."
    ),
    attributes={
        "points": "what it counts",
        "reached_on": "the day on which it was reached, in the user's time zone",
        "withdrawn_at": "since when it is no longer reached, UTC; absent while it is",
        "told_at": "when the user was notified of it, once only; UTC",
        "judged_on": "STANDING: the user's day as of which all this is true",
        "told": "STANDING: by goal, the last period in which going over it notified",
        "version": "STANDING: counts the judgements",
        "updated_at": "when it was last written, UTC",
    },
)

CARBON_FACTORS = Table(
    "CarbonFactors",
    text("activity"),
    text("edition"),
    indexes=(
        Index("ListingIndex", text("listing"), text("activity"), about="The `CURRENT` rows alone, to list them."),
    ),
    about=(
        "Factors that staff add to those of the product, never overwritten. `edition` is `<region>#<unit>#<version>`, "
        "or `CURRENT`: the newest of each region and unit together, for reading in one request."
    ),
    attributes={
        "factor_id": "`<activity>/<region>/<unit>/<version>`",
        "label": "what people call it",
        "category": "the category of its entries",
        "unit": "what one amount is: `vehicle_km`",
        "region": "ISO 3166-1 alpha-2 code of where it holds, or `world`",
        "kg_direct": "kg CO2e of one unit at the place of use",
        "kg_fuel_supply": "kg CO2e of making and bringing the fuel; absent where not known",
        "year": "the year it is of",
        "source": "who published it",
        "licence": "under which terms",
        "best_before": "the day from which a newer one should be looked for",
        "note": "what else must be known",
        "factor_version": "counts the factors of one activity, region and unit",
        "listing": "CURRENT: the same for all",
        "factors": "CURRENT: the newest factors, whole",
        "version": "CURRENT: counts the writes",
        "created_at": "when it was added, UTC",
    },
)

TABLES = (CARBON_ENTRIES, CARBON_TOTALS, CARBON_GOALS, CARBON_ACHIEVEMENTS, CARBON_FACTORS)
