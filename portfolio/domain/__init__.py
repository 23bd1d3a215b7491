"""Rules of cash, holdings and orders: pure, without store, settings or clock of its own."""
