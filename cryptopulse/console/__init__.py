"""The staff area as a whole: every app's part under one namespace."""
