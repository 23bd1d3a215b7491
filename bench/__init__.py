"""How fast the product is, against what one would write by hand: `python -m bench`, or `make bench`.

Each comparison is a module with `measure(quick)`, which gives a `Section` of the report: see `bench.report`. Both sides
of a comparison take turns call by call within one run, so that noise of the machine hits both.
"""
