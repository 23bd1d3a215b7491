"""The staff's view of the market over HTTP."""
