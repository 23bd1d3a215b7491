"""What every request passes before a view: its turn, the size and charset of its body, its id and its count."""
