"""That all which is stored agrees, and that what does not is found."""
