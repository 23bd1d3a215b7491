"""Push: what is new goes to open pages and programs at once, over the websocket `/ws/stream/`.

Apps call the three functions below after their commit. They never fail and never wait. What they tell is delivered at
most once and may be lost: a page or program that must know reads the API.
"""

from core.stream.announcing import announce_doubt as recheck_sign_in
from core.stream.announcing import announce_event, announce_prices
from core.stream.news import Price

__all__ = ["Price", "announce_event", "announce_prices", "recheck_sign_in"]
