"""The staff's endpoints about emission factors."""
