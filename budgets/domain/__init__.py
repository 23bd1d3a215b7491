"""Rules of expenses and budgets: pure, without store, settings or clock of its own."""
