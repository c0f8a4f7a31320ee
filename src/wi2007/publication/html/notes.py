"""Number the footnotes of the HTML report as the template meets them, and show them together at the end."""

from __future__ import annotations


class Notes:
    """The notes met so far. A template calls `add` at the place of a mark and lists `texts` at the end."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def add(self, text: str) -> int:
        """Keep a note and return its number."""
        self.texts.append(text)
        return len(self.texts)
