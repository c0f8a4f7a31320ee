"""Unpack the one text in a .gz or a .zip, within limits on the unpacked size.

A few bytes can unpack to more than any disk holds. The unpacked bytes are therefore counted against limits that no
real delivery reaches (`grenzen: uitpakken` in config/validation.yaml).

A zip may hold files that explain the delivery: a pdf, a readme, a code list. A file is passed over only where it can
hold no persons: it is a document, or a text without our names whose lines are not as long as the rows of the delivery.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from isal import igzip, igzip_lib, isal_zlib

from wi2007.decisions import DAMAGE, plain
from wi2007.delivery import kinds
from wi2007.delivery.names import ENOUGH, LOOKED_AT, known_names
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.errors import UserError
from wi2007.project import CONFIG

DamagedError: Final[type[Exception]] = igzip_lib.error  # type: ignore[assignment]
_CHUNK: Final = 256 << 10
_LOCAL_HEADER: Final = struct.Struct("<4s22xHH")
_ENCRYPTED_FLAGS: Final = 0x2041
_NOT_MEANT: Final = ("__macosx", "thumbs.db", "desktop.ini")

HEAD: Final = 1 << 16
_DELIMITERS: Final = (";", ",", "\t", "|")
_DOCUMENTS: Final = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_OFFICE: Final = (".doc", ".docx", ".odt", ".ppt", ".pptx", ".odp", ".msg")
_OF_OFFICE: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_HALF: Final = 0.5
_MOST_NAMED: Final = 5


@dataclass(frozen=True)
class Limits:
    """Limits on unpacking, in bytes: `most` in all, and beyond the first `free` at most `ratio` times the packed
    size.
    """

    most: int
    free: int
    ratio: int

    def of(self, packed: int, declared: int) -> tuple[bool, int]:
        """Return whether `declared` bytes are too many out of `packed` bytes, and how many bytes to unpack at most."""
        most = min(self.most, max(self.free, self.ratio * packed))
        return declared > most, min(most, self.free) if declared > most else most


@cache
def read_limits(path: Path = CONFIG / "validation.yaml") -> Limits:
    """Return the limits of config/validation.yaml. Raises `UserError` when they cannot be read."""
    try:
        content = plain(path)
        limits = content["grenzen"]["uitpakken"]
        return Limits(int(limits["bytes"]), int(limits["vrij"]), int(limits["verhouding"]))
    except DAMAGE as error:
        raise UserError(
            "De grenzen voor uitpakken in config/validation.yaml zijn niet te gebruiken. "
            "Zet onder grenzen: uitpakken: getallen bij bytes, vrij en verhouding."
        ) from error


@dataclass(frozen=True)
class Packed:
    """One text in an archive. `name` is its own, empty in a .gz; `most` is the maximum of unpacked bytes.

    `is_bomb` says that the archive itself declares more than that; then it is not unpacked that far. `others` counts
    the files in the archive that are no delivery.
    """

    path: Path
    name: str
    is_bomb: bool
    most: int
    unpack: Callable[[BinaryIO], Iterator[bytes]]
    others: int = 0

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes of the text, from the start.

        Raises `UnreadableError` when it is damaged or unpacks to too much.
        """
        size = 0
        try:
            with self.path.open("rb") as file:
                for chunk in self.unpack(file):
                    size += len(chunk)
                    if size > self.most:
                        raise UnreadableError(Problem("bestand_te_groot"))
                    yield chunk
        except (EOFError, igzip.BadGzipFile, DamagedError) as error:
            raise UnreadableError(Problem("bestand_beschadigd")) from error


def open_packed(
    path: Path, kind: str, member: str | None, limits: Limits, known: frozenset[str] = frozenset()
) -> Packed:
    """Find the one text in an archive; `known` as in `names.known_names`.

    Raises `UnreadableError` when there is not exactly one, or when it is no text.
    """
    packed = _of_gzip(path, limits) if kind == kinds.GZIP else _of_zip(path, member, limits, known)
    head = next(packed.chunks(), b"")
    if head and kinds.kind_of_head(head[:4096]) not in (kinds.TEXT, kinds.MARKUP):
        raise UnreadableError(Problem("bestand_te_groot" if packed.is_bomb else "archief_geen_tekst"))
    return packed


def _of_gzip(path: Path, limits: Limits) -> Packed:
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 4))
        declared = int.from_bytes(file.read(4), "little")
    return Packed(path, "", *limits.of(size, declared), _gunzip)


def _gunzip(file: BinaryIO) -> Iterator[bytes]:
    """Yield the bytes of all members, one after the other."""
    with igzip.open(file, "rb") as unpacked:  # type: ignore[no-untyped-call]
        while chunk := unpacked.read(_CHUNK):
            yield chunk


def _of_zip(path: Path, member: str | None, limits: Limits, known: frozenset[str]) -> Packed:
    try:
        with zipfile.ZipFile(path) as archive:
            found = [info for info in archive.infolist() if _is_meant(info)]
    except kinds.DAMAGED_ZIP as error:
        raise UnreadableError(Problem("bestand_beschadigd")) from error
    if member is not None:
        whole = [info for info in found if info.filename == member]
        found = whole or [info for info in found if PurePosixPath(info.filename).name == member]
    by_name = {info.filename: info for info in found}
    if not found or len(by_name) < len(found):
        raise UnreadableError(Problem("archief_inhoud"))

    def head(name: str) -> bytes:
        return first_bytes(of_member(path, by_name[name], limits).chunks(), HEAD)

    name = the_delivery(list(by_name), head, known)
    return replace(of_member(path, by_name[name], limits), others=len(found) - 1)


def first_bytes(chunks: Iterable[bytes], size: int) -> bytes:
    """Return the first `size` bytes, or all when there are fewer."""
    parts: list[bytes] = []
    have = 0
    for chunk in chunks:
        parts.append(chunk)
        have += len(chunk)
        if have >= size:
            break
    return b"".join(parts)[:size]


def of_member(path: Path, info: zipfile.ZipInfo, limits: Limits) -> Packed:
    """Return one file of a zip as a `Packed`. Raises `UnreadableError` when it cannot be unpacked."""
    if info.flag_bits & _ENCRYPTED_FLAGS:
        raise UnreadableError(Problem("bestand_versleuteld"))
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnreadableError(Problem("archief_inpakwijze"))
    bounds = limits.of(info.compress_size, info.file_size)
    return Packed(path, printable_name(info.filename), *bounds, lambda file: _unzip(file, info))


def _is_meant(info: zipfile.ZipInfo) -> bool:
    """Return whether the sender meant this file: it is no folder, and no file that a system adds by itself."""
    parts = PurePosixPath(info.filename.replace("\\", "/")).parts
    if not parts or info.filename.endswith(("/", "\\")):
        return False
    return not parts[-1].startswith((".", "~$")) and not {part.lower() for part in parts} & set(_NOT_MEANT)


def _unzip(file: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the bytes of one file in a zip, six times as fast as zipfile does."""
    stored = _stored(file, info)
    size, check = 0, 0
    for chunk in stored if info.compress_type == zipfile.ZIP_STORED else _inflate(stored):
        size, check = size + len(chunk), isal_zlib.crc32(chunk, check)
        if size > info.file_size:
            raise EOFError
        yield chunk
    if (size, check) != (info.file_size, info.CRC):
        raise EOFError


def _stored(file: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    if info.header_offset < 0:
        raise EOFError
    file.seek(info.header_offset)
    header = file.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
        raise EOFError
    _, name, extra = _LOCAL_HEADER.unpack(header)
    file.seek(name + extra, 1)
    left = info.compress_size
    while left and (chunk := file.read(min(_CHUNK, left))):
        left -= len(chunk)
        yield chunk


def _inflate(stored: Iterator[bytes]) -> Iterator[bytes]:
    inflater = igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_DEFLATE)
    while not inflater.eof:
        more = next(stored, b"") if inflater.needs_input else b""
        if inflater.needs_input and not more:
            raise EOFError
        if chunk := inflater.decompress(more, _CHUNK):
            yield chunk


@dataclass(frozen=True)
class _Text:
    """A text, with the separator and the number of fields of its header; 0 fields where no row has enough known
    names.
    """

    name: str
    lines: tuple[str, ...]
    delimiter: str
    width: int


def the_delivery(names: Sequence[str], head: Callable[[str], bytes], known: frozenset[str]) -> str:
    """Return the one name that the delivery has; `head` gives the first bytes of a file.

    Raises `UnreadableError` when another file may be the delivery too.
    """
    if len(names) == 1:
        return names[0]
    others, texts = [], []
    for name in names:
        content = _head_or_none(head, name)
        if content is not None and kinds.kind_of_head(content[:4096]) == kinds.TEXT:
            texts.append(_text(name, content, known))
        elif content is None or not _is_document(name, content):
            others.append(name)
    named = [text for text in texts if text.width] or texts
    found = named[0] if len(named) == 1 else None
    if found is None or others or any(_may_be_rows(text, found) for text in texts if text is not found):
        raise UnreadableError(
            Problem("archief_inhoud", about=_about([*others, *(text.name for text in texts)]))
        )
    return found.name


def printable_name(name: str) -> str:
    """Return the name of a file without its folders, fit for a message."""
    return "".join(letter if letter.isprintable() else "?" for letter in PurePosixPath(name).name)[:100]


def _head_or_none(head: Callable[[str], bytes], name: str) -> bytes | None:
    """Return the first bytes of a file; None where they cannot be read."""
    try:
        return head(name)
    except UnreadableError:
        return None


def _is_document(name: str, content: bytes) -> bool:
    if not content or kinds.kind_of_head(content[:4096]) == kinds.MARKUP or content.startswith(_DOCUMENTS):
        return True
    return PurePosixPath(name).suffix.lower() in _OFFICE and content.startswith(_OF_OFFICE)


def _text(name: str, content: bytes, known: frozenset[str]) -> _Text:
    utf16 = kinds.UTF16_MARKS.get(content[:2])
    encoding = utf16 or kinds.utf16_without_mark(content[:4096]) or "latin-1"
    lines = tuple(
        line for line in re.split(r"\r\n|\r|\n", content.decode(encoding, errors="ignore")) if line.strip()
    )
    for delimiter in _DELIMITERS:
        for line in lines[:LOOKED_AT]:
            fields = line.split(delimiter)
            if known_names(fields, known) >= ENOUGH:
                return _Text(name, lines, delimiter, len(fields))
    return _Text(name, lines, "", 0)


def _may_be_rows(text: _Text, delivery: _Text) -> bool:
    """Return whether a text has our names, or most of its lines are about as long as rows of the delivery."""
    if text.width or not delivery.width:
        return True
    return any(_share_alike(text, delimiter, delivery.width) >= _HALF for delimiter in _DELIMITERS)


def _share_alike(text: _Text, delimiter: str, width: int) -> float:
    alike = sum(abs(line.count(delimiter) + 1 - width) <= 1 for line in text.lines)
    return alike / len(text.lines) if text.lines else 0.0


def _about(names: Sequence[str]) -> str:
    if not names:
        return ""
    more = f" en nog {len(names) - _MOST_NAMED}" if len(names) > _MOST_NAMED else ""
    return f"Dit kan het zijn: {', '.join(map(printable_name, names[:_MOST_NAMED]))}{more}."
