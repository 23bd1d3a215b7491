"""How figures and times are written on pages: pure functions, without templates or requests."""
