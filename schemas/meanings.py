"""What the columns of our tables mean, in Dutch: the descriptions that the Pandera schemas carry.

`docs/datawoordenboek.md` is made from them. What does not belong here: what a column may hold (the schemas themselves).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pandera.pandas as pandera

_DUO: Final = "DUO"
_DERIVED: Final = "afgeleid"


@dataclass(frozen=True)
class Meaning:
    """The description of a column, its unit, how its values are written, and where they come from."""

    description: str
    source: str
    written: str = "tekst"
    unit: str = ""


_CODE: Final = "code van 4 cijfers"
_DAY: Final = "datum, jjjjmmdd"
_NATIONALITY: Final = "Code van een nationaliteit die iemand heeft; de volgorde heeft geen betekenis."

DELIVERY: Final[Mapping[str, Meaning]] = {
    "persoonsnummer": Meaning(
        "Pseudoniem van de persoon: geen burgerservicenummer. Uniek in de levering.", _DUO
    ),
    "geslacht": Meaning("Geslacht: man, vrouw, of onbekend (O).", "DUO; eigen codes van DUO", "code"),
    "geboortedatum": Meaning(
        "Geboortedatum. Delen die niet bekend zijn, zijn nullen: 19680000, 19950200, 00000000.",
        "DUO, uit de BRP",
        _DAY,
    ),
    "land_van_herkomst": Meaning(
        "Land waar iemand vandaan komt; kan een land zijn dat niet meer bestaat.", "DUO; BRP-tabel 34", _CODE
    ),
    "gevraagde_nationaliteit": Meaning(
        "De nationaliteit waarnaar is gevraagd bij de inburgering.", _DUO, "code"
    ),
    **{
        f"nationaliteit_{number}": Meaning(_NATIONALITY, "DUO; BRP-tabel 32", _CODE) for number in range(1, 5)
    },
    "gemeentecode": Meaning(
        "Gemeente waar iemand woont: 1999 is het Register niet-ingezetenen, 0000 onbekend. Een opgeheven code mag.",
        "DUO; BRP-tabel 33",
        _CODE,
    ),
    "statuscode": Meaning(
        "Hoe het staat met iemands inburgeringsplicht op de peildatum; hoort bij één uitstroomroute.",
        _DUO,
        "code",
    ),
    "statusdatum": Meaning("De dag waarop de status is bereikt.", _DUO, _DAY),
    "startdatum_plicht": Meaning("De dag waarop de inburgeringsplicht begon.", _DUO, _DAY),
    "doelgroep": Meaning("Of iemand nieuwkomer of oudkomer is.", _DUO, "code"),
    "examenonderdelen_behaald": Meaning(
        "Hoeveel onderdelen van het inburgeringsexamen iemand heeft gehaald.",
        _DUO,
        "geheel getal",
        "onderdelen",
    ),
    "laatste_examendatum": Meaning(
        "De dag van de laatste examenpoging; leeg als er geen poging was of de dag niet bekend is.",
        _DUO,
        _DAY,
    ),
    "taaluren": Meaning("Hoeveel uren taalles iemand heeft gevolgd.", _DUO, "geheel getal", "uren"),
    "inkomensbron": Meaning(
        "Waar iemand van leeft: loon, een eigen bedrijf (zelfstandig), bijstand, iets anders (overig) of niets (geen).",
        _DUO,
        "code",
    ),
    "ontheffing_geweigerd": Meaning(
        "Of een aanvraag voor ontheffing van de inburgeringsplicht is geweigerd.", _DUO, "code"
    ),
}

_KEPT: Final = {
    name: DELIVERY[name] for name in ("persoonsnummer", "geslacht", "land_van_herkomst", "statuscode")
}
_PLACE: Final = Meaning(
    "Gemeente in de indeling op de peildatum: een opgeheven code is vervangen door de opvolger. 1999 is het Register "
    "niet-ingezetenen, 0000 onbekend.",
    "gemeentecode, reference/herindelingen.csv",
    _CODE,
)
_AGE_CLASS: Final = Meaning(
    "Leeftijdsklasse op de peildatum; Onbekend als de geboortedatum meer dan één klasse toelaat.",
    "geboortedatum, reference/leeftijdsklassen.csv",
)
_GROUP: Final = Meaning(
    "Nieuwkomer of oudkomer; Onbekend als de levering het niet zegt.", "doelgroep", "code"
)

PERSONS: Final[Mapping[str, Meaning]] = {
    **_KEPT,
    "geboortedatum": DELIVERY["geboortedatum"],
    "leeftijd": Meaning(
        "Leeftijd op de peildatum; leeg als die niet zeker is.",
        "geboortedatum",
        "geheel getal",
        "volle jaren",
    ),
    "leeftijdsklasse": _AGE_CLASS,
    "gemeente": _PLACE,
    "uitstroomroute": Meaning(
        "De route die bij de statuscode hoort.", "statuscode, reference/uitstroomroutes.csv"
    ),
    "statusdatum": Meaning("De dag waarop de status is bereikt.", "statusdatum", "datum"),
    "startdatum_plicht": Meaning("De dag waarop de inburgeringsplicht begon.", "startdatum_plicht", "datum"),
    "doelgroep": _GROUP,
}

CUBE: Final[Mapping[str, Meaning]] = {
    **_KEPT,
    "gemeente": _PLACE,
    "leeftijdsklasse": _AGE_CLASS,
    "doelgroep": _GROUP,
    "aantal": Meaning("Personen met deze combinatie van kenmerken.", "geteld", "geheel getal", "personen"),
    "wie": Meaning(
        "Merk van de groep zelf: dezelfde personen hebben hetzelfde merk. De som van een hash van 64 bits van elk "
        "persoonsnummer, modulo 2^64.",
        "persoonsnummer",
        "geheel getal zonder teken",
    ),
}

FLOWS: Final[Mapping[str, Meaning]] = {
    "deel": Meaning(
        "Waarom iemand uit de ene cel ging en in de andere kwam.", "config/vergelijking.yaml", "code"
    ),
    "richting": Meaning("Uit de cel, of in de cel.", _DERIVED, "code"),
    "route": Meaning(
        "Bij uitgestroomd de route waarheen, bij teruggekomen de route waarvandaan; anders leeg.",
        "statuscode, reference/uitstroomroutes.csv",
    ),
    **CUBE,
    "gemeente": Meaning(
        "Gemeente in de indeling op de vorige peildatum of op deze. 1999 is het Register niet-ingezetenen, 0000 "
        "onbekend.",
        _PLACE.source,
        _CODE,
    ),
    "leeftijdsklasse": Meaning("Leeftijdsklasse op de vorige peildatum of op deze.", _AGE_CLASS.source),
    "aantal": Meaning(
        "Personen die om deze reden uit de cel gingen of erin kwamen.", "geteld", "geheel getal", "personen"
    ),
}

OUTFLOW: Final[Mapping[str, Meaning]] = {
    "land_van_herkomst": CUBE["land_van_herkomst"],
    "leeftijdsklasse": _AGE_CLASS,
    "leeftijdsklasse_begin": Meaning(
        "Leeftijdsklasse op de eerste dag van de laatste twaalf maanden. Onbekend als de geboortedatum meer dan één "
        "klasse toelaat.",
        "geboortedatum, reference/leeftijdsklassen.csv",
    ),
    "statuscode": CUBE["statuscode"],
    "statusperiode": Meaning(
        "Het tijdvak waarin de statusdatum valt, genoemd naar de eerste dag: kalenderjaren, met een knip twaalf "
        "maanden voor de peildatum. Onbekend als er geen statusdatum is.",
        "statusdatum",
        "datum, jjjj-mm-dd, Onbekend of voor 2007",
    ),
    "aantal": CUBE["aantal"],
    "wie": CUBE["wie"],
}

_MEMBER: Final = (
    "Of iemand hoort bij de beleidsgroep van iedereen die {}. Mogelijk als de levering het niet zegt."
)
_POLICY: Final = "config/beleidsgroepen.yaml"

POLICY: Final[Mapping[str, Meaning]] = {
    **CUBE,
    "jaren_tot_aow": Meaning(
        "Jaren vanaf de peildatum tot de AOW-leeftijd; Onbekend als de geboortedatum meer dan één klasse toelaat.",
        "geboortedatum, reference/aow_leeftijd.csv, reference/jarenklassen.csv",
    ),
    "jaren_plichtig": Meaning(
        "Jaren vanaf het begin van de inburgeringsplicht tot de peildatum; Onbekend zonder die dag.",
        "startdatum_plicht, reference/jarenklassen.csv",
    ),
    "beleid_examen": Meaning(_MEMBER.format("het examen nog kan halen"), _POLICY, "code"),
    "beleid_werk": Meaning(_MEMBER.format("werkt en de ontheffing AVI kan krijgen"), _POLICY, "code"),
    "beleid_lessen": Meaning(
        _MEMBER.format("lessen volgde en de ontheffing AGI kan krijgen"), _POLICY, "code"
    ),
    "beleid_weinig_haast": Meaning(
        _MEMBER.format("weinig aanleiding heeft om nog in te burgeren"), _POLICY, "code"
    ),
    "beleid_samen": Meaning(
        "Bij hoeveel beleidsgroepen iemand zeker hoort; Onbekend als dat niet van elke groep zeker is.",
        _POLICY,
    ),
}


def described(columns: Mapping[str, Any], meanings: Mapping[str, Meaning]) -> dict[str, pandera.Column]:
    """The same columns of a schema, each with its description; a column without a meaning stays as it is."""
    for name, column in columns.items():
        if name in meanings:
            column.description = meanings[name].description
            column.metadata = {
                "bron": meanings[name].source,
                "schrijfwijze": meanings[name].written,
                "eenheid": meanings[name].unit,
            }
    return dict(columns)
