"""Fonts of documents, as packages bring them: FiraGO for most scripts, Noto Sans CJK for Chinese, Japanese and Korean.

Both are under the SIL Open Font License. What neither of them can write shows as a mark.
"""

import tempfile
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import import_module, resources
from pathlib import Path

from fontTools.ttLib import TTFont

MISSING = "\u25a1"
"""An empty box, in place of a character that no font has."""
FAMILY = "FiraGO"
FAMILY_FOR_CJK = "Noto Sans CJK"
_MODULES = {"": "FiraGO_Regular", "B": "FiraGO_Bold"}
_INVISIBLE = ("Cf", "Cc", "Mn", "Me")
"""Kinds of characters that may be left out where no font has them: joiners, controls, variants of emoji."""
_given: ContextVar[Path | None] = ContextVar("folder of fonts", default=None)


def folder() -> Path:
    """The folder in which every file of the main font is now."""
    paths = [path_of(style) for style in _MODULES]
    return paths[0].parent


@contextmanager
def in_folder(given: Path) -> Iterator[None]:
    """Take the main font from this folder, as `folder` named it, while the block lasts."""
    token = _given.set(given)
    try:
        yield
    finally:
        _given.reset(token)


def warm_up() -> None:
    """Learn what the main font can write. Of the other one that takes long, and few documents need it."""
    _characters()


def path_of(style: str) -> Path:
    """The file of the main font, regular (empty style) or bold (`B`).

    Its package holds it packed within Python: it is written once to the folder for temporary files, and again if it was
    deleted there.
    """
    path = (_given.get() or Path(_folder().name)) / f"{_MODULES[style]}.ttf"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        draft = path.with_suffix(".draft")
        draft.write_bytes(import_module(f"pymupdf_fonts.{_MODULES[style]}").fontbuffer)
        draft.replace(path)
    return path


def path_for_cjk() -> Path:
    """The file of the font for Chinese, Japanese and Korean."""
    return Path(str(resources.files("noto_cjk_sans_jp_regular") / "NotoSansCJKjp-Regular.otf"))


def needs_cjk(texts: Collection[str]) -> bool:
    """Whether any text, as it is written, has a character that only the font for Chinese, Japanese and Korean has."""
    return any(ord(character) not in _characters() for text in texts for character in writable(text))


def writable(text: str) -> str:
    """The text with a mark for each character that no font has; invisible ones are left out."""
    return "".join(_writable(character) for character in unicodedata.normalize("NFC", " ".join(text.split())))


def _writable(character: str) -> str:
    code = ord(character)
    if code in _characters() or code in _characters_of_cjk():
        return character
    return "" if unicodedata.category(character) in _INVISIBLE else MISSING


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="cryptopulse-fonts-")


@cache
def _characters() -> frozenset[int]:
    """What the main font can write."""
    return _characters_in(path_of(""))


@cache
def _characters_of_cjk() -> frozenset[int]:
    return _characters_in(path_for_cjk())


def _characters_in(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())
