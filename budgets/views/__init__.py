"""Pages of budgets and expenses."""
