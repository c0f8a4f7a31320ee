"""Recognise the kind of a file by its content, whatever its name says.

A file without a signature is known by its first bytes: characters or not, and in what form.
"""

from __future__ import annotations

import bz2
import codecs
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO, Final

from wi2007.delivery.problems import Problem, UnreadableError

UTF16_MARKS: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_TEXT_CONTROLS: Final = b"\t\n\v\f\r\x1a"
_STRAY: Final = 8
_FIXED_LINES: Final = 3
_FIXED_WIDTH: Final = 30
_FIXED_DIGITS: Final = 12
"""The digits of a date and a code together."""
_SQL: Final = re.compile(
    rb"(--[^\n]*(sql|dump)|pragma |create table|insert into|begin transaction|set names )", re.IGNORECASE
)

TEXT: Final = "text"
GZIP: Final = "gzip"
ZIP: Final = "zip"
XLSX: Final = "xlsx"
XLSB: Final = "xlsb"
XLS: Final = "xls"
ODS: Final = "ods"
SAV: Final = "sav"
POR: Final = "por"
DTA: Final = "dta"
SAS7BDAT: Final = "sas7bdat"
XPT: Final = "xpt"
PARQUET: Final = "parquet"
ARROW: Final = "arrow"
ENCRYPTED: Final = "encrypted"
MARKUP: Final = "markup"
"""Characters, but no rows of fields: a web page, XML, JSON, rich text.

Only a setting in levering.yaml makes it text.
"""
OTHER: Final = "other"
TEXTS: Final = (TEXT, GZIP, ZIP)
BOOKS: Final = (XLSX, XLSB, XLS, ODS)
CASES: Final = (SAV, POR, DTA, SAS7BDAT, XPT)
ARROWS: Final = (PARQUET, ARROW)
READ: Final = (*TEXTS, *BOOKS, *CASES, *ARROWS)
NAMES: Final = {
    XLSX: "xlsx",
    XLSB: "xlsb",
    XLS: "xls",
    ODS: "ods",
    SAV: "SPSS",
    POR: "SPSS (por)",
    DTA: "Stata",
    SAS7BDAT: "SAS",
    XPT: "SAS (xpt)",
    PARQUET: "Parquet",
    ARROW: "Arrow (Feather)",
}
"""The names of the kinds that are no text, for messages on how a file was read."""
LIKE_TEXT: Final = (
    "html",
    "xml",
    "spreadsheetml",
    "fods",
    "json",
    "rtf",
    "postscript",
    "sql",
    "vaste_breedte",
)
"""Kinds that messages name (`soorten` in config/validation.yaml) and that consist of characters."""
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
"""Errors of the standard library for a damaged zip."""
_LOOK: Final = 4096
_CHUNK: Final = 1 << 20
_MOST_CONTENT_TYPES: Final = 1 << 20
_STARTS: Final = {
    b"PK\x03\x04": ZIP,
    b"PK\x05\x06": ZIP,
    b"PK\x07\x08": ZIP,
    b"\x1f\x8b": GZIP,
    b"PAR1": PARQUET,
    b"ARROW1": ARROW,
    b"$FL2": SAV,
    b"$FL3": SAV,
    b"<stata_dta>": DTA,
    b"HEADER RECORD*******LIBRARY": XPT,
    b"HEADER RECORD*******LIBV8": XPT,
    bytes(12) + b"\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92\x08\0\x09\xc7\x31\x8c\x18\x1f\x10\x11": SAS7BDAT,
    b"PARE": ENCRYPTED,
    b"\x1c\0\0\0\0\0\0\0ENCRYPTED": ENCRYPTED,
    b"-----BEGIN PGP": ENCRYPTED,
    b"age-encryption.org/": ENCRYPTED,
    b"Salted__": ENCRYPTED,
    b"%PDF-": "pdf",
    b"SQLite format 3\0": "sqlite",
    b"\x89PNG": "afbeelding",
    b"\x89HDF": "hdf",
    b"\xff\xd8\xff": "afbeelding",
    b"GIF87a": "afbeelding",
    b"GIF89a": "afbeelding",
    b"II*\0": "afbeelding",
    b"MM\0*": "afbeelding",
    b"7z\xbc\xaf\x27\x1c": "archief",
    b"Rar!\x1a\x07": "archief",
    b"BZh": "archief",
    b"\xfd7zXZ\0": "archief",
    b"\x28\xb5\x2f\xfd": "archief",
    b"\x04\x22\x4d\x18": "archief",
    b"FEA1": "feather1",
    b"ORC": "orc",
    b"Obj\x01": "avro",
    b"\0\x01\0\0Standard": "access",
    b"**COMPRESSED** **COMPRESSED**": "sas_cport",
    b"\x80\x04\x95": "pickle",
    b"\x80\x05\x95": "pickle",
    b"MATLAB 5.0": "matlab",
    b"\x09\x08\x08\0\0\x05": "excel_heel_oud",
    b"\x09\x04\x06\0": "excel_heel_oud",
    b"\x09\x02\x06\0": "excel_heel_oud",
    b"\x09\0\x04\0": "excel_heel_oud",
    b"{\\rtf": "rtf",
    b"%!PS": "postscript",
}
_R: Final = (
    b"RDX2\n",
    b"RDX3\n",
    b"RDA2\n",
    b"RDA3\n",
    b"RDB2\n",
    b"RDB3\n",
    b"X\n\0\0\0",
    b"A\n2\n",
    b"A\n3\n",
)
_OLD_STATA: Final = re.compile(rb"[\x69\x6c\x6e-\x73][\x01\x02]\x01\x00", re.DOTALL)
_STREAM: Final = b"\xff\xff\xff\xff"
_OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS: Final = {
    "EncryptedPackage": ENCRYPTED,
    "Workbook": XLS,
    "Book": "excel_heel_oud",
    "WordDocument": "word",
    "PowerPoint Document": "presentatie",
}
"""The kind of an old Office document, by the name of a stream in it."""
_OFFICE_PARTS: Final = ("[content_types].xml", "mimetype", "meta-inf/manifest.xml", "index/document.iwa")
_WORKBOOK_TYPES: Final = {
    b"spreadsheetml.sheet.main+xml": XLSX,
    b"sheet.macroEnabled.main+xml": XLSX,
    b"spreadsheetml.template.main+xml": XLSX,
    b"sheet.binary.macroEnabled.main": XLSB,
    b"wordprocessingml": "word",
    b"ms-word": "word",
    b"presentationml": "presentatie",
    b"ms-powerpoint": "presentatie",
}
_OPEN_TYPES: Final = {b"spreadsheet": ODS, b"text": "word", b"presentation": "presentatie"}


def kind_of(path: Path) -> str:
    """Return the kind of the file: one of `READ`, `ENCRYPTED`, or the name of a kind that is not read.

    Raises `UnreadableError` for an empty file, and for a zip whose list of files is damaged.
    """
    with path.open("rb") as file:
        head = file.read(_LOOK)
        if head.startswith(_OLE2):
            return _kind_of_ole2(file)
    if not head:
        raise UnreadableError(Problem("bestand_leeg"))
    kind = named_head(head)
    if kind == GZIP and _unpacked(head).startswith(_R):
        return "r"
    if kind == "archief":
        return "r" if _unpacked(head).startswith(_R) else kind
    return _kind_of_zip(path) if kind == ZIP else kind


def kind_of_head(head: bytes) -> str:
    """Return the kind of a file that begins with these bytes, where the name of an unreadable kind is not needed."""
    kind = named_head(head)
    if kind in LIKE_TEXT and kind != "vaste_breedte":
        return MARKUP
    return kind if kind in (*READ, ENCRYPTED) else TEXT if kind == "vaste_breedte" else OTHER


def named_head(head: bytes) -> str:
    """Return the kind of a file that begins with these bytes; of a zip only that it is one."""
    starts = (kind for start, kind in _STARTS.items() if head.startswith(start))
    marks = (kind for kind, is_so in _MARKS.items() if is_so(head))
    return next(starts, None) or next(marks, None) or markup(head) or _of_characters(head)


def _of_characters(head: bytes) -> str:
    if is_binary(head):
        return OTHER
    return "vaste_breedte" if is_fixed(head) else TEXT


_MARKS: Final[dict[str, Callable[[bytes], bool]]] = {
    "r": lambda head: head.startswith(_R),
    DTA: lambda head: bool(_OLD_STATA.match(head)) and b"\0" in head[4:40],
    ARROW: lambda head: head.startswith(_STREAM) and 0 < int.from_bytes(head[4:8], "little") < 1 << 28,
    POR: lambda head: b"SPSS PORT FILE" in head,
    "duckdb": lambda head: head[8:12] == b"DUCK",
    "archief": lambda head: head[257:262] == b"ustar",
}
"""Kinds that do not simply begin with a fixed signature."""


def _unpacked(head: bytes) -> bytes:
    """Return the first bytes of what is packed in a .gz, .bz2 or .xz; nothing where they cannot be unpacked."""
    for unpacker in (zlib.decompressobj(31), bz2.BZ2Decompressor(), lzma.LZMADecompressor()):
        try:
            return unpacker.decompress(head, 32)
        except (zlib.error, OSError, lzma.LZMAError, ValueError, EOFError):
            continue
    return b""


def _kind_of_ole2(file: BinaryIO) -> str:
    """Return the kind by the names of the streams, each of which stands at the start of an entry in the list of
    streams.
    """
    for name, kind in _STREAMS.items():
        if _holds(file, name.encode("utf-16-le") + (b"" if kind == ENCRYPTED else bytes(2))):
            return kind
    return OTHER


def _holds(file: BinaryIO, words: bytes) -> bool:
    file.seek(0)
    before = b""
    while chunk := file.read(_CHUNK):
        if words in before + chunk:
            return True
        before = chunk[-len(words) :]
    return False


def _kind_of_zip(path: Path) -> str:
    """Return the kind of a zip: a workbook, another office document, or an archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {info.filename.replace("\\", "/").lower(): info for info in archive.infolist()}
            if "xl/workbook.xml" in names:
                return XLSX
            if "xl/workbook.bin" in names:
                return XLSB
            if not names.keys() & set(_OFFICE_PARTS):
                return ZIP
            if "index/document.iwa" in names:
                return "numbers"
            if "mimetype" in names:
                return _open_document(archive, names)
            return _by_content(archive, names.get("[content_types].xml"), _WORKBOOK_TYPES)
    except DAMAGED_ZIP as error:
        raise UnreadableError(Problem("bestand_beschadigd")) from error


def _open_document(archive: zipfile.ZipFile, names: Mapping[str, zipfile.ZipInfo]) -> str:
    kind = _by_content(archive, names["mimetype"], _OPEN_TYPES)
    manifest = names.get("meta-inf/manifest.xml")
    locked = kind == ODS and manifest is not None and b"encryption-data" in _small(archive, manifest)
    return ENCRYPTED if locked else kind


def _by_content(archive: zipfile.ZipFile, info: zipfile.ZipInfo | None, kinds: Mapping[bytes, str]) -> str:
    """Return the kind whose words stand in a part; `OTHER` when none does."""
    content = _small(archive, info) if info else b""
    return next((kind for words, kind in kinds.items() if words in content), OTHER)


def _small(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.flag_bits & 1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return b""
    with archive.open(info) as file:
        return file.read(_MOST_CONTENT_TYPES)


def utf16_without_mark(head: bytes) -> str | None:
    """Return utf-16-le or utf-16-be when every other byte is a NUL, as in Western text in UTF-16; else None."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def markup(head: bytes) -> str | None:
    """Return the name of a kind that consists of characters but not of rows of fields; None for others."""
    whole = head.removeprefix(codecs.BOM_UTF8).lstrip()
    text = whole[:200]
    if text.startswith(b"<"):
        if not (text[1:2].isalpha() or text[1:2] in (b"!", b"?")):
            return None
        if b"schemas-microsoft-com:office:spreadsheet" in whole or b"Excel.Sheet" in whole:
            return "spreadsheetml"
        if b"office:document" in whole:
            return "fods"
        return (
            "html"
            if re.search(rb"<(!doctype html|html|table|body|head|div)", whole, re.IGNORECASE)
            else "xml"
        )
    inside = text[1:].lstrip()
    if (text.startswith(b"{") and inside.startswith(b'"')) or (
        text.startswith(b"[") and inside.startswith((b"{", b"[", b'"'))
    ):
        return "json"
    return "sql" if _SQL.match(text) else None


def is_fixed(head: bytes) -> bool:
    """Return whether no separator stands between fields: lines of one length with columns of digits, or columns of
    spaces.
    """
    lines = [line.rstrip(b"\r") for line in head.split(b"\n")][:-1]
    lines = [line for line in lines if line.strip()]
    if len(lines) < _FIXED_LINES or any(
        separator in line for line in lines for separator in (b";", b"\t", b"|", b'"')
    ):
        return False
    if sum(b"," in line for line in lines) > len(lines) // 2 or min(map(len, lines)) < _FIXED_WIDTH:
        return False
    columns = list(zip(*lines[1:], strict=False))
    digits = sum(all(48 <= character <= 57 or character == 32 for character in column) for column in columns)
    if len({len(line) for line in lines}) == 1 and digits >= _FIXED_DIGITS:
        return True
    spaces = "".join(" " if all(character == 32 for character in column) else "x" for column in columns)
    return len(re.findall("  +", spaces.strip())) >= _FIXED_LINES


def is_binary(head: bytes) -> bool:
    """Return whether too many bytes are no characters; a single NUL in a text is another matter."""
    if head.startswith(tuple(UTF16_MARKS)) or utf16_without_mark(head):
        return False
    controls = sum(byte < 0x20 and byte not in _TEXT_CONTROLS for byte in head)
    return controls > max(_STRAY, 0.1 * len(head))
