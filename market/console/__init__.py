"""The staff's view of the market: statistics over all assets, and the assets themselves."""
