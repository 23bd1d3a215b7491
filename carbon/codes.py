"""Error codes of the carbon diary."""

from core.codes import Code

CODES: dict[str, Code] = {
    "goal_quota": Code(409, "Goal quota reached", "Delete a goal to make room for another."),
    "estimate_follows_expense": Code(
        409, "Estimate follows its expense", "Send what was measured to replace it, or delete the expense."
    ),
}
