"""Pictures of receipts: JPEG, PNG and GIF that Pillow decodes, within a number of pixels and of work."""

import io
from typing import IO

from PIL import Image

from budgets.domain import jpeg
from budgets.domain.files import refused, tail
from core.errors import InvalidInput, LimitReached

MOST_PIXELS = 40_000_000
"""Of a PNG or GIF, which is decoded whole: four bytes for each."""
MOST_PIXELS_OF_JPEG = 250_000_000
"""A JPEG is decoded at an eighth of its width and height; phones make some of 200 million."""
MOST_COEFFICIENTS = 150_000_000
"""Of a JPEG in several scans, all of which are kept until the last: two bytes for each."""
MOST_PIXELS_IN_SCANS = 2_000_000_000
"""Pixels times scans. A progressive JPEG has about ten scans, each of which goes over the whole picture."""

_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF"}
_PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"

Image.MAX_IMAGE_PIXELS = None  # the numbers of pixels above are asked before anything is decoded


def check_picture(file: IO[bytes], content_type: str) -> None:
    """Raise InvalidInput for a picture that does not open, LimitReached for one that takes too much.

    A JPEG may have more after its end, as phones write moving pictures; a PNG or GIF may not.
    """
    file.seek(0)
    try:
        with Image.open(file, formats=[_FORMATS[content_type]]) as picture:
            pixels = picture.width * picture.height
            if pixels > (MOST_PIXELS_OF_JPEG if content_type == "image/jpeg" else MOST_PIXELS):
                raise refused("This picture has too many pixels. Make it smaller and send it again.")
            if content_type == "image/jpeg":
                _check_scans(file, pixels)
            picture.draft(picture.mode, (picture.width // 8, picture.height // 8))
            picture.load()
    except (InvalidInput, MemoryError):
        raise
    except Exception as error:  # what a decoder raises on a file made to hurt it is not listed anywhere
        raise refused("This picture is damaged or cut off. Open it, save it again, and send that.") from error
    ends_well = {"image/png": _ends_as_png, "image/gif": _ends_as_gif}.get(content_type)
    if ends_well is not None and not ends_well(file):
        raise refused("This picture has data after its end. Open it, save it again, and send that.")


def write_picture(file: IO[bytes], content_type: str) -> None:
    """A small picture of this type."""
    Image.new("RGB", (8, 8)).save(file, _FORMATS[content_type])


def _check_scans(file: IO[bytes], pixels: int) -> None:
    at = file.tell()
    file.seek(0)
    frame = jpeg.frame_of(file.read())
    file.seek(at)
    if frame.scans * pixels > MOST_PIXELS_IN_SCANS:
        sentence = f"This picture is stored in {frame.scans:,} layers, which take too long to read. Save it again."
        raise LimitReached("limit_processor_time", {"file": [sentence]})
    if frame.scans > 1 and frame.coefficients > MOST_COEFFICIENTS:
        sentence = (
            "This picture is stored in layers and has too many pixels for that. Save it again, or make it smaller."
        )
        raise LimitReached("limit_memory", {"file": [sentence]})


def _ends_as_png(file: IO[bytes]) -> bool:
    return tail(file, len(_PNG_END)) == _PNG_END


def _ends_as_gif(file: IO[bytes]) -> bool:
    """Whether the trailer, found by going from block to block (GIF89a, 17 to 27), is the last byte of the file."""
    file.seek(10)
    _skip_colours(file, file.read(3)[0])
    while (kind := file.read(1)) in (b"!", b","):
        if kind == b"!":
            file.seek(1, io.SEEK_CUR)
        else:
            _skip_colours(file, file.read(9)[8])
            file.seek(1, io.SEEK_CUR)
        while length := file.read(1).strip(b"\0"):
            file.seek(length[0], io.SEEK_CUR)
    return kind == b";" and file.read(1) == b""


def _skip_colours(file: IO[bytes], flags: int) -> None:
    """Go past the table of colours that these flags announce."""
    if flags & 0x80:
        file.seek(3 << (flags & 0x07) + 1, io.SEEK_CUR)
