"""Under which licence the downloads are given, or that there is none.

What does not belong here: which licence (`config/report/werkboek.yaml`).
"""

from __future__ import annotations

from schemas.workbook import Licence
from wi2007.publication.document import Document


def licence(document: Document, configured: Licence) -> Licence | None:
    """The licence; none when the first lines of the document say that it is not to be published."""
    return None if configured.niet_bij.casefold() in document.notice.casefold() else configured
