"""Find which line ends a text has, how many, and whether a line is too long to be a row.

A line end inside quotation marks ends no row: `locate` finds where rows begin and end.
"""

from __future__ import annotations

from typing import Final

import numpy as np

LONGEST: Final = 8 << 20
"""Bytes. No row is a tenth as long; pyarrow cannot read a row of half of it."""

_FEED, _RETURN = 0x0A, 0x0D


class Lines:
    """Reads a text chunk by chunk. `kinds` are the line ends found (CRLF, LF, CR), `count` their number.

    `after_return` says that the latest chunk ends with a CR, of which it is not known yet whether an LF follows.
    """

    def __init__(self) -> None:
        self.kinds: set[str] = set()
        self.count = 0
        self._begin = 0
        self.after_return = False

    def take(self, chunk: bytes, offset: int) -> int | None:
        """Take the next chunk; return where a line begins that is too long, or None."""
        self._ends(chunk)
        last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        first_end = self._begin
        if last >= 0:
            self._begin = offset + last + 1
            return None
        return first_end if offset + len(chunk) - first_end > LONGEST else None

    def end(self) -> None:
        """End the text."""
        if self.after_return:
            self._found(CR=1)

    def _ends(self, chunk: bytes) -> None:
        if not self.after_return and b"\r" not in chunk:
            return self._found(LF=int(np.count_nonzero(np.frombuffer(chunk, dtype=np.uint8) == _FEED)))
        codes = np.frombuffer((b"\r" if self.after_return else b"") + chunk, dtype=np.uint8)
        feeds, returns = codes == _FEED, codes == _RETURN
        both = int(np.count_nonzero(returns[:-1] & feeds[1:]))
        self.after_return = bool(returns[-1])
        return self._found(
            CRLF=both,
            LF=int(np.count_nonzero(feeds)) - both,
            CR=int(np.count_nonzero(returns)) - both - self.after_return,
        )

    def _found(self, **ends: int) -> None:
        self.count += sum(ends.values())
        self.kinds |= {kind for kind, count in ends.items() if count}
