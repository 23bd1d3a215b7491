"""Rows of the portfolio's tables: the only place that knows their keys."""
