"""Files for tests of receipts: true ones, and ones made to pass for a receipt."""

import io
import zipfile

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (40, 60), colour: str = "white") -> bytes:
    """A true picture of one colour: JPEG, PNG or GIF."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, kind)
    return file.getvalue()


def a_pdf(pages: int = 1, *, script: str = "", password: str = "") -> bytes:
    """A true PDF of blank pages; with a script that runs when it is opened, or under a password."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(210, 297)
    if script:
        action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(script)}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def an_archive() -> bytes:
    """A ZIP file with one page of HTML."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.html", "words " * 50)
    return file.getvalue()
