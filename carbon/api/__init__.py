"""The carbon diary over HTTP."""
