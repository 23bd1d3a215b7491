"""Dumps of stores that earlier releases wrote, each by a small journey on pages and API; that of d082cbe has its sample.

`<commit>.dump.gz` is a file of `dumptables`, with the newest candles and ticks alone; its clock shows about 2026-11-30 10:30.
A new layout, and a change of how rows are read and written, adds a dump of the last commit before it.
"""
