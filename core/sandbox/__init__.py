"""Reading what users send, each file in a process of its own with limits.

`runner.run` gives a file to a pure function. A file that is made to attack its parser can then use up one process, and
neither the memory, the locks nor the secrets of the site.

The first call starts a template: a small process with the parsers loaded, and neither settings, store nor secrets. For
each file it forks a child, which sets its own limits and ends after one answer. The operating system enforces the
limits, so that no code of a child is needed to keep them. The template ends when the site does, however that ends.
"""
