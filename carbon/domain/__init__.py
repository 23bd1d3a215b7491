"""What the carbon footprint is about, without any input or output."""
