"""A reader of bank files that the product does not know: one JSON object a line. The child imports it; no Django."""

import json
from dataclasses import dataclass

from budgets.domain.files import refused
from budgets.domain.importing.sheet import Sheet, line_of


@dataclass(frozen=True, slots=True)
class JsonLines:
    """Reads objects of texts; the names of the first are those of the columns."""

    name: str = "JSON, an object a line"
    accepts: tuple[str, ...] = (".jsonl", "application/jsonl")

    def recognises(self, content: bytes) -> bool:
        """It begins with an object."""
        return content.lstrip().startswith(b"{")

    def read(self, content: bytes) -> Sheet:
        """The table. Raises InvalidInput at `file` for a line that is not such an object."""
        try:
            objects = [json.loads(text) for text in content.decode().splitlines() if text.strip()]
        except ValueError as error:
            raise refused("A line of this file is not JSON. Export it again.") from error
        header = tuple(objects[0])
        lines = (
            line_of(number, [str(each.get(name, "")) for name in header]) for number, each in enumerate(objects, 1)
        )
        return Sheet(header, tuple(lines))
