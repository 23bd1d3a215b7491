"""What each journey through the product asks of the store, in requests and capacity units, and what that costs."""

from cryptopulse.capacity.figures import Figure, measure
from cryptopulse.capacity.journeys import JOURNEYS, Journey
from cryptopulse.capacity.stage import StoreNotEmpty

__all__ = ["JOURNEYS", "Figure", "Journey", "StoreNotEmpty", "measure"]
