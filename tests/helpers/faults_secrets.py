"""Looking for a secret in everything that a run left behind, however it was written or packed."""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import json
import os
import re
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

SECRETS = ("ZQGEHEIM7731", "918273645501", "Ščegéhéimøж")
"""Letters, digits only (as a real persoonsnummer), and letters that no code page has all of."""

_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
_STREAM = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")


def _needles() -> dict[str, bytes]:
    found = {}
    for secret in SECRETS:
        texts = {secret, json.dumps(secret)[1:-1], html.escape(secret), quote(secret)}
        texts.add(secret.encode("ascii", "xmlcharrefreplace").decode())
        texts.add(secret.encode("unicode_escape").decode())
        forms = {text.encode() for text in texts}
        forms |= {secret.encode("utf-16-le"), secret.encode("utf-16-be")}
        forms |= {secret.encode().hex().encode(), secret.encode().hex().upper().encode()}
        found.update({f"{secret} {number}": form.lower() for number, form in enumerate(sorted(forms))})
    return found


NEEDLES = _needles()


def told(content: bytes) -> set[str]:
    """Which secrets stand in some bytes, in what is packed in them, or in what is written in base64."""
    found = _plain(content)
    for part in _unpacked(content):
        found |= _plain(part)
    return found


def _plain(content: bytes) -> set[str]:
    small = content.lower()
    return {name.split()[0] for name, needle in NEEDLES.items() if needle in small}


def _unpacked(content: bytes) -> Iterator[bytes]:
    for match in _STREAM.finditer(content):
        try:
            yield zlib.decompressobj(47).decompress(content[match.start() :], 1 << 24)
        except zlib.error:
            continue
    for match in _BASE64.finditer(content):
        letters = match[0].translate(bytes.maketrans(b"-_", b"+/"))
        for start in range(4):
            piece = letters[start : start + (len(letters) - start) // 4 * 4]
            try:
                plain = base64.b64decode(piece)
            except binascii.Error:
                continue
            yield plain
            if plain[:2] in (b"\x78\x9c", b"\x78\xda", b"\x1f\x8b"):
                yield _inflated(plain)


def _inflated(packed: bytes) -> bytes:
    try:
        return gzip.decompress(packed) if packed[:1] == b"\x1f" else zlib.decompressobj().decompress(packed)
    except (OSError, EOFError, zlib.error):
        return b""


def leaks(directory: Path, but: tuple[str, ...] = ("data",)) -> dict[str, set[str]]:
    """The files under a directory (and their names) that hold a secret; folders in `but` are passed over."""
    found = {}
    for path in sorted(directory.rglob("*")):
        name = path.relative_to(directory)
        if name.parts[0] in but:
            continue
        content = path.read_bytes() if path.is_file() else b""
        if secrets := told(name.as_posix().encode() + b"\n" + content):
            found[name.as_posix()] = secrets
    return found


@contextmanager
def kept(folder: Path, keep: Path) -> Iterator[None]:
    """Keep what appears in `folder` for a moment, by giving every file a second name in `keep`."""
    stopped = threading.Event()
    keep.mkdir(parents=True)

    def watch() -> None:
        while not stopped.is_set():
            for path in [*folder.rglob("*")]:
                try:
                    os.link(path, keep / f"{path.stat().st_ino}_{path.name}")
                except OSError:
                    continue
            stopped.wait(0.005)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()
