"""Sample data: an account of its own with something in every room, the same every time, wiped by one click.

Everything goes through the services that a person's own entries go through.
"""

from cryptopulse.sample.account import LIFE, PREFIX, fill, make, wipe, wipe_old
from cryptopulse.sample.book import LEVELS, TRADES

__all__ = ["LEVELS", "LIFE", "PREFIX", "TRADES", "fill", "make", "wipe", "wipe_old"]
