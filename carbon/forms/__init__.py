"""Forms of the pages of the carbon diary. They shape what was typed; the services judge it."""
