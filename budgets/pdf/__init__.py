"""Documents in PDF: a report on A4 pages, with the figures of its page, made in a process of its own."""
