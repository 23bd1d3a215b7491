"""The staff's view of emission factors: all of them, and adding a new version."""
