"""Small tables that the tests of the store work on."""

from core.storage import Index, Table, number, text

NOTES = Table(
    "Notes",
    text("owner"),
    text("note"),
    indexes=(
        Index("KindIndex", text("kind"), number("weight")),
        Index("ColourIndex", text("colour")),
    ),
    ttl="expires_at",
)
READINGS = Table("Readings", text("place"), number("at"))
NAMES = Table("Names", text("name"))
DAYS = Table("Days", number("day"), text("part"))

TABLES = (NOTES, READINGS, NAMES)
