"""The market in the staff area: statistics over all assets, and the assets themselves."""
