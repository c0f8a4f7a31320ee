"""Pass once over the bytes of a text: its encoding, its line ends, and whether it can be read at all.

This pass finds what pyarrow would skip silently: a NUL character, a byte order mark between the rows, two encodings,
a quotation mark that never closes or stands inside a field.
"""

from __future__ import annotations

from dataclasses import dataclass

from wi2007.delivery.text.encodings import Found, Letters
from wi2007.delivery.text.lines import Lines
from wi2007.delivery.text.quotes import DOUBLE, JOINED, Joined, Pairing


@dataclass(frozen=True)
class Survey:
    """What is known of a readable text before its rows are read. `ascii` says that its encoding makes no difference.

    `rows` counts the line ends that are not between quotation marks, and the last line when it has none: what is read
    later must be as many.
    """

    bytes: int
    encoding: str
    ascii: bool
    quotes: bool
    line_ends: frozenset[str]
    rows: int


class Pass:
    """The state of the pass over `size` bytes. `encoding` is that of levering.yaml.

    `mark` is the quotation mark, empty when there is none. A line with `least` separators may be a row, whatever the
    marks say; 0 when that is no question.
    """

    def __init__(self, encoding: str | None, delimiter: str, mark: str = DOUBLE, least: int = 0) -> None:
        self.size = 0
        self.mark = mark
        self._lines = Lines()
        self._quotes = Pairing(delimiter, mark, least) if mark else None
        self._ended = True
        self._letters = Letters(encoding)

    def take(self, chunk: bytes) -> Found | None:
        """Take the next bytes; return a rule and a place in the text when they cannot be read, else None."""
        offset = self.size
        nul = chunk.find(0)
        if nul >= 0:
            return "bestand_nulteken", offset + nul
        cut, before = self._lines.after_return, self._lines.count
        endless = self._lines.take(chunk, offset)
        if endless is not None:
            return "bestand_onleesbaar", endless
        feeds_only = not cut and not self._lines.after_return and "CR" not in self._lines.kinds
        feeds = self._lines.count - before if feeds_only else None
        stray = self._quotes.take(chunk, offset, feeds) if self._quotes else None
        if stray is not None:
            return "aanhalingstekens", stray
        self.size += len(chunk)
        self._ended = chunk[-1] in b"\r\n"
        return self._letters.take(chunk, offset)

    def end(self) -> Found | None:
        """End the text; return what is wrong with it as a whole, or None."""
        self._lines.end()
        stray = self._quotes.end() if self._quotes else None
        if stray is not None:
            return "aanhalingstekens", stray
        wrong = self._letters.end(self.size)
        asked = self._quotes.joined.end(self.size) if self._quotes else None
        return wrong if wrong is not None or asked is None else (JOINED, asked)

    @property
    def joined(self) -> Joined | None:
        """The lines between quotation marks; None in a text without such marks."""
        return self._quotes.joined if self._quotes else None

    def survey(self) -> Survey:
        """Return the properties of the whole text."""
        return Survey(
            self.size,
            self._letters.encoding,
            self._letters.ascii,
            self._quotes is not None and self._quotes.found,
            frozenset(self._lines.kinds),
            self._lines.count - (self.joined.inside if self.joined else 0) + (not self._ended),
        )
