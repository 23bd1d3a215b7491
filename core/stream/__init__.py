"""Push: what is new goes to open pages and programs at once, over the websocket `/ws/stream/`.

Apps call the three functions below after their commit. They never fail and never wait. What they announce is delivered
at most once and may be lost: a page or program that must know reads the API.
"""

from core.stream.announcer import ANNOUNCER
from core.stream.messages import Price

announce_prices = ANNOUNCER.announce_prices
announce_event = ANNOUNCER.announce_event
recheck_sign_in = ANNOUNCER.recheck_sign_in

__all__ = ["Price", "announce_event", "announce_prices", "recheck_sign_in"]
