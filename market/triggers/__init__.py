"""The trigger engine: levels on the prices of assets, shared by all that wait for a price."""
