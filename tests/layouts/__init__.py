"""Dumps of stores that earlier releases wrote, each by a small journey on pages and API.

`<commit>.dump.gz` is a file of `dumptables`, with the newest candles and ticks alone; its clock shows 2026-11-30 10:30
or some minutes later. That of `d082cbe` has its sample data too. A new layout, and a change of how rows are read or
written, adds a dump of the last commit before it.
"""
