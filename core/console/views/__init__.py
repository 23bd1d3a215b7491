"""Pages of the staff area that belong to no app."""
