"""Rows of the market's tables as values of its domain; the only place that knows their keys."""
