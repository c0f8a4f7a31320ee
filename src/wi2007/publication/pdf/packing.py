"""Write a PDF small, the same each time, and so that no reader can mistake where a stream ends.

A stream whose last byte is a carriage return runs into the line end before `endstream`: that is allowed, but a checker
that looks for the end by itself finds one byte too few. One in 256 compressed streams ends so, by chance.
"""

from __future__ import annotations

import zlib
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name, Stream, String

RETURN = b"\r"
MISTAKABLE = b"\r\nendstream"
ATTEMPTS = 20


def pack(file: pikepdf.Pdf) -> bytes:
    """The bytes of a PDF; the same for the same content."""
    for stream in (each for each in file.objects if isinstance(each, Stream)):
        _settle(stream)
    for attempt in range(ATTEMPTS):
        # What the writer compresses itself, its tables of objects, changes when there is one object more.
        if attempt:
            file.docinfo[f"/Padding{attempt}"] = file.make_indirect(String(""))
        content = _written(file)
        if MISTAKABLE not in content:
            return content
    raise ValueError("no way found to write the PDF so that the end of every stream is plain")


def _settle(stream: Stream) -> None:
    """Compress again what ends in a carriage return: as one row of a picture, one byte longer, so that the end differs.

    The byte says that the row is told as the difference with the row above it, and above it there is nothing.
    """
    plain = stream.get("/Filter") is None
    if stream.get("/Type") == Name.Metadata:
        return
    raw = stream.read_raw_bytes()
    if plain:
        raw = zlib.compress(raw, 9)
    if raw.endswith(RETURN):
        data = stream.read_bytes()
        row = Dictionary(Predictor=12, Columns=len(data))
        stream.write(zlib.compress(b"\x02" + data, 9), filter=Name.FlateDecode, decode_parms=row)
    elif plain:
        stream.write(raw, filter=Name.FlateDecode)


def _written(file: pikepdf.Pdf) -> bytes:
    buffer = BytesIO()
    file.save(
        buffer,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return buffer.getvalue()
