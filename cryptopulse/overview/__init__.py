"""The first page, and what belongs to no single app: adding things, help, appearance, sample data."""
