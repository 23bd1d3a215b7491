"""Say what tables the product declares."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core import wiring
from core.storage import Table


class Command(BaseCommand):
    help = "List the declared tables: name, key, indexes and the attribute by which rows expire."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="a list of objects instead of text")

    def handle(self, *args: Any, **options: Any) -> None:
        described = [describe(table) for table in wiring.tables()]
        if options["json"]:
            self.stdout.write(json.dumps(described, indent=2))
            return
        for table in described:
            self.stdout.write(f"{table['name']}({', '.join(table['key'])})")
            for index in table["indexes"]:
                self.stdout.write(f"  {index['name']}({', '.join(index['key'])})")
            if table["ttl"]:
                self.stdout.write(f"  expires by {table['ttl']}")


def describe(table: Table) -> dict[str, Any]:
    """`{"name", "key", "indexes": [{"name", "key"}], "ttl"}`; keys are lists of attribute names."""
    return {
        "name": table.name,
        "key": list(table.key_names),
        "indexes": [
            {"name": index.name, "key": [attribute.name for attribute in index.key]} for index in table.indexes
        ],
        "ttl": table.ttl,
    }
