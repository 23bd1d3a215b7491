"""Dumps of stores that earlier releases wrote, each by a small journey on pages and API.

`<commit>.dump.gz` is a file of `dumptables`, with the newest candles and ticks alone; its clock shows 2026-11-30 10:33.
A new layout adds a dump of the last release before it.
"""
