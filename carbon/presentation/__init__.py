"""How the figures of the carbon diary are written and drawn: pure functions, without templates or requests."""
