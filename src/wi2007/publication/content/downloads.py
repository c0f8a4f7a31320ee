"""Make the downloads: one tidy CSV for each table, and a text that says what they are.

What does not belong here: files, those of one chapter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schemas.tidy import TIDY
from schemas.workbook import ReadMeText
from wi2007.project import marked
from wi2007.publication.content.blocks import Tidy
from wi2007.publication.document import Document

READ_ME = "LEESMIJ.txt"


def download_name(number: str, mark: str) -> str:
    """Give the file of a table under `tabellen/`; a table's number holds letters, digits, points and hyphens only."""
    return marked(f"tabel_{number}.csv", mark)


def downloads(tables: Mapping[str, Tidy], mark: str) -> dict[str, str]:
    """Give file name and content; what is not for publication carries a last column that says so."""
    return {download_name(number, mark): TIDY.to_csv(table.records, mark) for number, table in tables.items()}


def read_me(document: Document, words: ReadMeText) -> str:
    """What stands beside the files, in which a CSV has no room for it: the notice, then what they belong to.

    Also how to cite it, which files there are, how counts are protected, and what signs mean.
    """
    signs = [f"{sign.sign} = {sign.meaning}" for sign in document.legend]
    parts = (
        document.notice,
        f"{document.title}\n{document.subtitle}",
        document.source,
        f"{words.citeren}: {document.imprint.citation}" if document.imprint.citation else "",
        _list(words.bestanden, words.bestanden_tekst),
        _list(words.bescherming, document.protection),
        _list(words.tekens, signs),
    )
    return "\n\n".join(filter(None, parts)) + "\n"


def _list(head: str, lines: Sequence[str]) -> str:
    """A head with lines under it, or nothing where there are none."""
    return "\n".join((f"{head}:", *(f"- {line}" for line in lines))) if lines else ""
