"""The site under load: what many clients together do to one that does no harm. These tests need the machine alone."""
