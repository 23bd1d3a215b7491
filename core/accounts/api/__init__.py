"""Accounts over HTTP: registering, tokens, the own profile, API keys."""
