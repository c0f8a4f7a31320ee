"""The publication itself: `config/report/uitgave.yaml`, checked, with its logo.

What does not belong here: words, layout, what other files of `config/report/` say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from schemas.imprint import EditionText, ImprintText
from wi2007 import dutch
from wi2007.decisions import Place, name, read
from wi2007.publication.imprint import colours, logo

FILE = "uitgave.yaml"


@dataclass(frozen=True)
class Imprint:
    """What the file says; `logo` is the text of the SVG, empty without one."""

    text: ImprintText
    logo: str = ""

    def edition(self, peildatum: date, release: int | None) -> EditionText | None:
        """Give what is set for a release of a peildatum; None where nothing is, and for exact counts (no release)."""
        for one in self.text.uitgaven:
            if (one.peildatum, one.uitgave) == (peildatum, release):
                return one
        return None

    def passed_over(self, peildatum: date, release: int | None) -> str:
        """Tell in Dutch that only other releases of a peildatum are set; empty where that is not so."""
        others = [str(one.uitgave) for one in self.text.uitgaven if one.peildatum == peildatum]
        if release is None or not others or self.edition(peildatum, release):
            return ""
        return (
            f"config/report/{FILE} noemt bij {dutch.day(peildatum)} alleen uitgave {', '.join(others)}, maar dit is "
            f"uitgave {release}. Daarom noemt het rapport geen publicatiedatum en geen revisies. Zet deze uitgave erin."
        )


def load(path: Path) -> Imprint:
    """Read the file and its logo. Raises `UserError` naming the file and the line of every mistake."""
    decisions = read(path)
    text: ImprintText = decisions.held(ImprintText)
    institution = text.instelling
    wrong: list[tuple[Place, str]] = [
        (("instelling", "kleuren", key), what)
        for key, what in colours.faults(institution.kleuren.hoofdkleur, institution.kleuren.accent)
    ]
    drawn = ""
    if institution.logo is not None:
        drawn, told = logo.read(path.with_name(institution.logo))
        wrong += [
            (("instelling", "logo"), f"{name(path.with_name(institution.logo))}: {what}") for what in told
        ]
    decisions.check(wrong)
    return Imprint(text, drawn)
