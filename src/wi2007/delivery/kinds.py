"""What a file is by its content, whatever its name says.

What does not belong here: reading any one kind, or what is in an archive of text (`archive`).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO, Final

from wi2007.delivery.problems import Problem, UnreadableError

TEXT: Final = "text"
XLSX: Final = "xlsx"
SAV: Final = "sav"
PARQUET: Final = "parquet"
GZIP: Final = "gzip"
ZIP: Final = "zip"
ENCRYPTED: Final = "encrypted"
MARKUP: Final = "markup"
"""Characters, but no rows of fields: a web page, XML, JSON, rich text. Only who sets it by hand can mean it as text."""
OTHER: Final = "other"

DAMAGED_ZIP: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    EOFError,
)
"""What the standard library raises for a zip that is not in order."""

_LOOK: Final = 4096
_CHUNK: Final = 1 << 20
_MOST_CONTENT_TYPES: Final = 1 << 20

_STARTS: Final = {
    b"PK\x03\x04": ZIP,
    b"PK\x05\x06": ZIP,
    b"PK\x07\x08": ZIP,
    b"\x1f\x8b": GZIP,
    b"PAR1": PARQUET,
    b"PARE": ENCRYPTED,
    b"$FL2": SAV,
    b"$FL3": SAV,
    b"\x1c\0\0\0\0\0\0\0ENCRYPTED": ENCRYPTED,
    b"-----BEGIN PGP": ENCRYPTED,
    b"age-encryption.org/": ENCRYPTED,
    b"Salted__": ENCRYPTED,
    b"%PDF-": OTHER,
    b"SQLite format 3\0": OTHER,
    b"\x89PNG": OTHER,
    b"\x89HDF": OTHER,
    b"\xff\xd8\xff": OTHER,
    b"GIF87a": OTHER,
    b"GIF89a": OTHER,
    b"II*\0": OTHER,
    b"MM\0*": OTHER,
    b"7z\xbc\xaf\x27\x1c": OTHER,
    b"Rar!\x1a\x07": OTHER,
    b"BZh": OTHER,
    b"\xfd7zXZ\0": OTHER,
    b"\x28\xb5\x2f\xfd": OTHER,
    b"ARROW1": OTHER,
    b"Obj\x01": OTHER,
    b"\0\x01\0\0Standard": OTHER,
    b"{\\rtf": MARKUP,
    b"%!PS": MARKUP,
}
_OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK: Final = b"\xef\xbb\xbf"
_TEXT_CONTROLS: Final = b"\t\n\v\f\r\x1a"
_STRAY: Final = 8
_OFFICE_PARTS: Final = ("[content_types].xml", "mimetype", "meta-inf/manifest.xml", "index/document.iwa")
_WORKBOOK_TYPES: Final = (
    b"spreadsheetml.sheet.main+xml",
    b"sheet.macroEnabled.main+xml",
    b"spreadsheetml.template.main+xml",
)


def kind_of(path: Path) -> str:
    """What `path` is. Raises `UnreadableError` for an empty file, and for a zip whose list of files is damaged."""
    with path.open("rb") as file:
        head = file.read(_LOOK)
        kind = kind_of_head(head)
        if kind == OTHER and head.startswith(_OLE2):
            return ENCRYPTED if _holds(file, _ENCRYPTED_STREAM) else OTHER
    if not head:
        raise UnreadableError(Problem("bestand_leeg"))
    return _kind_of_zip(path) if kind == ZIP else kind


def kind_of_head(head: bytes) -> str:
    """What a file is that begins with these bytes; of a zip no more than that it is one."""
    for start, kind in _STARTS.items():
        if head.startswith(start):
            return kind
    if head.startswith(_OLE2) or head[257:262] == b"ustar":
        return OTHER
    if _is_markup(head):
        return MARKUP
    return OTHER if _is_binary(head) else TEXT


def utf16_without_mark(head: bytes) -> str | None:
    """utf-16-le or utf-16-be when every other byte is a NUL, as in Western text in UTF-16."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _is_markup(head: bytes) -> bool:
    text = head.removeprefix(_UTF8_MARK).lstrip()[:200]
    if text.startswith(b"<"):
        return text[1:2].isalpha() or text[1:2] in (b"!", b"?")
    if b"SPSS PORT FILE" in head:
        return True
    inside = text[1:].lstrip()
    return (text.startswith(b"{") and inside.startswith(b'"')) or (
        text.startswith(b"[") and inside.startswith((b"{", b"[", b'"'))
    )


def _is_binary(head: bytes) -> bool:
    """Whether too many bytes stand for no character; a stray NUL in a text is another matter."""
    if head.startswith(_UTF16_MARKS) or utf16_without_mark(head):
        return False
    controls = sum(byte < 0x20 and byte not in _TEXT_CONTROLS for byte in head)
    return controls > max(_STRAY, 0.1 * len(head))


def _holds(file: BinaryIO, words: bytes) -> bool:
    file.seek(0)
    before = b""
    while chunk := file.read(_CHUNK):
        if words in before + chunk:
            return True
        before = chunk[-len(words) :]
    return False


def _kind_of_zip(path: Path) -> str:
    """A workbook, another office document, or an archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {info.filename.replace("\\", "/").lower(): info for info in archive.infolist()}
            if "xl/workbook.xml" in names:
                return XLSX
            if not names.keys() & set(_OFFICE_PARTS):
                return ZIP
            types = names.get("[content_types].xml")
            return XLSX if types and _names_workbook(archive, types) else OTHER
    except DAMAGED_ZIP as error:
        raise UnreadableError(Problem("bestand_beschadigd")) from error


def _names_workbook(archive: zipfile.ZipFile, types: zipfile.ZipInfo) -> bool:
    if types.flag_bits & 1 or types.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return False
    with archive.open(types) as file:
        content = file.read(_MOST_CONTENT_TYPES)
    return any(name in content for name in _WORKBOOK_TYPES)
