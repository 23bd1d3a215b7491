"""The market in the staff area over HTTP."""
