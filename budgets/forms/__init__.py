"""Forms of the pages of budgets. They shape what was typed; the domain checks it."""
