"""Rows of the tables of expenses and budgets: the only place that knows their keys."""
