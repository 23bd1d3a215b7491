"""Rows of the carbon tables and the values of the domain."""
