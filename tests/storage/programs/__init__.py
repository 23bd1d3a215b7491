"""Random programs: the same operations on two stores must give the same answers."""
