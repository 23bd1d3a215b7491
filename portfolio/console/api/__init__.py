"""The staff's endpoints about trading."""
