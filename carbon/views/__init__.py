"""Pages of the carbon diary."""
