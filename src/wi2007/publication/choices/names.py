"""The other names of municipalities: those of the register, and those of municipalities that went into them.

From the lists of `reference/`, so back to the first reorganisation that stands there. What does not belong here: how a
reader looks for a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.report import ChooserText
from wi2007 import reference
from wi2007.publication.content.writer import Writer
from wi2007.publication.document import OtherName


def other_names(peildatum: date, writer: Writer, text: ChooserText) -> dict[str, tuple[OtherName, ...]]:
    """Give the other names of each municipality at `peildatum`, by its code."""
    former = reference.former(peildatum)
    place = f"rapport.yaml, kiezer {text.id} > vroeger"

    def names(code: str, entry: reference.Code) -> Iterator[OtherName]:
        if entry.name != entry.label:
            yield OtherName(entry.name)
        for one in former.get(code, ()):
            known = reference.municipalities()[one.code]
            words = text.vroeger.deels if one.split else text.vroeger.nu
            same = known.label == entry.label
            told = "" if same else writer.words(words, place, naam=known.label, gemeente=entry.label)
            yield OtherName(known.label, one.code, told)
            if known.name not in (known.label, entry.name):
                yield OtherName(known.name, one.code, told)

    return {
        code: tuple(names(code, entry))
        for code, entry in reference.municipalities().items()
        if entry.valid_on(peildatum) and code not in reference.NO_MUNICIPALITY
    }
