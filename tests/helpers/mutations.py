"""Small damage to a file: bytes flipped, cut out, put in, in another order; and the same inside a zip.

What does not belong here: what is to come of it.
"""

from __future__ import annotations

import io
import warnings
import zipfile

from hypothesis import strategies as st

PIECES = (b"", b"\0", b"\xff", b'"', b"\n", b"PK\x03\x04", b"</row>", b"9" * 40, b"\0" * 8, b"\xff" * 8)


@st.composite
def damaged(draw: st.DrawFn, content: bytes, most: int = 3) -> bytes:
    """`content` after one or a few changes."""
    for _ in range(draw(st.integers(1, most))):
        content = draw(st.sampled_from([_flipped, _cut, _put_in, _left_out, _swapped]))(draw, content)
    return content


def _flipped(draw: st.DrawFn, content: bytes) -> bytes:
    at = draw(st.integers(0, max(0, len(content) - 1)))
    return content[:at] + bytes([draw(st.integers(0, 255))]) + content[at + 1 :]


def _cut(draw: st.DrawFn, content: bytes) -> bytes:
    return content[: draw(st.integers(0, len(content)))]


def _put_in(draw: st.DrawFn, content: bytes) -> bytes:
    at = draw(st.integers(0, len(content)))
    return content[:at] + draw(st.sampled_from(PIECES)) + content[at:]


def _left_out(draw: st.DrawFn, content: bytes) -> bytes:
    at = draw(st.integers(0, len(content)))
    return content[:at] + content[at + draw(st.integers(1, 60)) :]


def _swapped(draw: st.DrawFn, content: bytes) -> bytes:
    """Two neighbouring stretches change places."""
    one, two, three = sorted(draw(st.tuples(*[st.integers(0, len(content))] * 3)))
    return content[:one] + content[two:three] + content[one:two] + content[three:]


@st.composite
def rezipped(draw: st.DrawFn, content: bytes) -> bytes:
    """A zip in which one file is damaged, gone, or there twice; all checksums are right."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = [(info.filename, archive.read(info)) for info in archive.infolist()]
    at = draw(st.integers(0, len(files) - 1))
    name, inside = files[at]
    files[at : at + 1] = draw(
        st.sampled_from(
            [
                [(name, draw(damaged(inside)))],
                [(name, draw(damaged(inside, most=1)))],
                [],
                [(name, inside), (name, inside[: len(inside) // 2])],
            ]
        )
    )
    packed = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # a name that is there twice is what is meant
        for name, inside in files:
            archive.writestr(name, inside)
    return packed.getvalue()
