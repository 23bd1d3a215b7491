"""The trigger engine: levels on the prices of assets, for every app that waits for a price."""
