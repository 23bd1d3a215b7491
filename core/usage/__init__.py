"""How much each user keeps, and the quotas on it.

What counts is declared once for each table, in the `usage` module of its app: `Measure` says what a row counts, so that
the count of a transaction, `manage.py reconcile` and the upgrade of older stores cannot disagree about it.
`core.commit.commit` counts; nobody else needs to.
"""
