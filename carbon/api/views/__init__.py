"""Endpoints of the carbon diary."""
