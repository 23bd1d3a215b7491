"""Stand-ins for the services that live feeds ask, on this machine, in the shapes that those publish."""
