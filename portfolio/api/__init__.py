"""The portfolio over HTTP."""
