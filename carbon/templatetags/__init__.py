"""Template tags of the pages of the carbon diary."""
