"""Looking into what users send, each time in a process of its own with limits.

`runner.run` gives a file to a pure function. A parser that meets a file made to hurt it can then use up a process, and
neither the memory, the lock nor the secrets of the site.

The first call starts a template: a small process with the parsers loaded, and neither settings, store nor secrets. For
each file it forks a child, which sets its own limits and ends after one answer. The operating system enforces the
limits, so that no code of a child is needed to keep them. The template ends when the site does, however that ends.
"""
