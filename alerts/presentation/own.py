"""Words that a user wrote, marked as theirs: a mail speaks in the site's name, and must not say theirs as its own."""


def own_words(label: str, text: str) -> str:
    """`Your note:` and each line of the text behind `> `, as mail programs show what is quoted; empty for no text."""
    lines = [" ".join(_printable(line).split()) for line in text.splitlines()]
    quoted = "\n".join(f"> {line}".rstrip() for line in lines)
    return f"{label}:\n{quoted}" if text.strip() else ""


def mail_body(*parts: str) -> str:
    """Paragraphs of a mail; those that are empty are left out."""
    return "\n\n".join(part for part in parts if part)


def _printable(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text)
