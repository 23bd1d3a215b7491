"""Endpoints of expenses, categories and budgets."""
