"""Bodies and queries that the endpoints of budgets take."""
