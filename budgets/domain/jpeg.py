"""How a JPEG is stored: how many scans it has, and how many coefficients (ITU-T T.81, annexes B and G)."""

import re
import struct
from dataclasses import dataclass

_FRAMES = frozenset((*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)))
_SCAN, _END = 0xDA, 0xD9
_MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])")
"""A marker that is neither a byte of data, nor padding, nor one that a scan restarts at."""
_SHORTEST_SEGMENT = 2


@dataclass(frozen=True, slots=True)
class Frame:
    """scans: how often a decoder goes over the picture. coefficients: of all components, as the headers say."""

    scans: int
    coefficients: int


def frame_of(content: bytes) -> Frame:
    """The frame of the first picture in the file, as far as there are markers; of a damaged one what can be found.

    Pictures inside of segments, such as small previews, are passed over as a decoder does.
    """
    scans = coefficients = 0
    at = 2
    while match := _MARKER.search(content, at):
        kind, at = match[1][0], match.end()
        if kind == _END:
            break
        segment = content[at : at + int.from_bytes(content[at : at + 2])]
        scans += kind == _SCAN
        if kind in _FRAMES:
            coefficients = max(coefficients, _coefficients(segment))
        at += max(len(segment), _SHORTEST_SEGMENT)
    return Frame(scans, coefficients)


def _coefficients(segment: bytes) -> int:
    """Of a frame header: pixels of each component by its share of samples; 0 for a header that is cut off."""
    if len(segment) < 8:
        return 0
    height: int
    width: int
    components: int
    height, width, components = struct.unpack(">HHB", segment[3:8])
    sampling = segment[9 : 9 + 3 * components : 3]
    samples = [(each >> 4) * (each & 15) for each in sampling]
    most = max((each >> 4 for each in sampling), default=1) * max((each & 15 for each in sampling), default=1)
    return width * height * sum(samples) // max(most, 1)
