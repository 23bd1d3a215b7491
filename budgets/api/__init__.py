"""Expenses, categories and budgets over HTTP."""
