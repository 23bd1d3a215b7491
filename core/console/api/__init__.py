"""The staff area over HTTP, where it belongs to no app."""
