"""A demonstration that checks itself: prices from a file, alerts around the first of them, and what must fire.

`prices.csv` is made up: three hours of one-minute bars.
"""
