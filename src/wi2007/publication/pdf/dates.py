"""Take out of a PDF every day that is not known to be that of its publication.

PDF/A asks that a day in the properties and in the metadata (XMP) be the same, not that there is one. The typesetter
wants one all the same, so it gets one that is then taken out.
What does not belong here: which day a report appeared.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

import pikepdf

ANY: Final = date(2000, 1, 1)
"""What the typesetter is given where no day is known."""
_IN_METADATA: Final = re.compile(
    rb"<(xmp:CreateDate|xmp:ModifyDate|xmp:MetadataDate|stEvt:when)>[^<]*</\1>",
)


def take_out(file: pikepdf.Pdf) -> None:
    """Take every day out of a PDF: of its properties, its metadata and the files in it."""
    for key in ("/CreationDate", "/ModDate"):
        if key in file.docinfo:
            del file.docinfo[key]
    metadata = file.Root.Metadata
    metadata.write(_IN_METADATA.sub(b"", metadata.read_bytes()))
    for name in file.attachments:
        parameters = file.attachments[name].obj.EF.F.get("/Params", pikepdf.Dictionary())
        for key in ("/CreationDate", "/ModDate"):
            if key in parameters:
                del parameters[key]
