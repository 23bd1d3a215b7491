"""Private files in a folder of this machine."""

import os
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


class PrivateFolder(FileSystemStorage):
    """A folder that only the site's own system user can read.

    A file is on the disk, not only handed to it, when its name is returned: a row that names it may then be written.
    """

    def __init__(self, location: str | Path) -> None:
        super().__init__(location, file_permissions_mode=0o600, directory_permissions_mode=0o700)

    def _save(self, name: str, content: Any) -> str:
        saved: str = super()._save(name, content)  # type: ignore[misc]
        path = Path(self.path(saved))
        for part in (path, path.parent):
            _to_disk(part)
        return saved


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
