"""Rows of the account tables and what they mean; the only place that knows their keys."""
