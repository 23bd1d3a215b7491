"""The staff area: who of the staff may do what, and the pages about users, the audit log and the health of the site."""
