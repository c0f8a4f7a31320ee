"""What the columns of a delivery mean, in Dutch; what is kept of them between the steps means the same.

`docs/datawoordenboek.md` is made from them. What does not belong here: what a delivery may hold (`schemas.delivery`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from schemas.dataset import Column, text, whole

if TYPE_CHECKING:
    import pandera.pandas as pandera

_DUO: Final = "DUO"
CODE: Final = "code van 4 cijfers"
_DAY: Final = "datum, jjjjmmdd"
_NATIONALITY: Final = "Code van een nationaliteit die iemand heeft; de volgorde heeft geen betekenis."

DELIVERY: Final[Mapping[str, Column]] = {
    "persoonsnummer": text(
        "Pseudoniem van de persoon: geen burgerservicenummer. Uniek in de levering.", _DUO
    ),
    "geslacht": text("Geslacht: man, vrouw, of onbekend (O).", "DUO; eigen codes van DUO", written="code"),
    "geboortedatum": text(
        "Geboortedatum. Delen die niet bekend zijn, zijn nullen: 19680000, 19950200, 00000000.",
        "DUO, uit de BRP",
        written=_DAY,
    ),
    "land_van_herkomst": text(
        "Land waar iemand vandaan komt; kan een land zijn dat niet meer bestaat.",
        "DUO; BRP-tabel 34",
        written=CODE,
    ),
    "gevraagde_nationaliteit": text(
        "De nationaliteit waarnaar is gevraagd bij de inburgering.", _DUO, written="code"
    ),
    **{
        f"nationaliteit_{number}": text(_NATIONALITY, "DUO; BRP-tabel 32", written=CODE)
        for number in range(1, 5)
    },
    "gemeentecode": text(
        "Gemeente waar iemand woont: 1999 is het Register niet-ingezetenen, 0000 onbekend. Een opgeheven code mag.",
        "DUO; BRP-tabel 33",
        written=CODE,
    ),
    "statuscode": text(
        "Hoe het staat met iemands inburgeringsplicht op de peildatum; hoort bij één uitstroomroute.",
        _DUO,
        written="code",
    ),
    "statusdatum": text("De dag waarop de status is bereikt.", _DUO, written=_DAY),
    "startdatum_plicht": text("De dag waarop de inburgeringsplicht begon.", _DUO, written=_DAY),
    "doelgroep": text("Of iemand nieuwkomer of oudkomer is.", _DUO, written="code"),
    "examenonderdelen_behaald": whole(
        "Hoeveel onderdelen van het inburgeringsexamen iemand heeft gehaald.", _DUO, "onderdelen"
    ),
    "laatste_examendatum": text(
        "De dag van de laatste examenpoging; leeg als er geen poging was of de dag niet bekend is.",
        _DUO,
        written=_DAY,
    ),
    "taaluren": whole("Hoeveel uren taalles iemand heeft gevolgd.", _DUO, "uren"),
    "inkomensbron": text(
        "Waar iemand van leeft: loon, een eigen bedrijf (zelfstandig), bijstand, iets anders (overig) of niets (geen).",
        _DUO,
        written="code",
    ),
    "ontheffing_geweigerd": text(
        "Of een aanvraag voor ontheffing van de inburgeringsplicht is geweigerd.", _DUO, written="code"
    ),
}


def described(columns: Mapping[str, Any], meanings: Mapping[str, Column]) -> dict[str, pandera.Column]:
    """Give each column of a schema its description; a column without a meaning stays as it is."""
    for name, column in columns.items():
        if name in meanings:
            column.description, column.metadata = meanings[name].meaning, meanings[name].told
    return dict(columns)
