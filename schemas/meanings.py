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
    "statuscode": CUBE["statuscode"],
    "statusperiode": Meaning(
        "Het tijdvak waarin de statusdatum valt, genoemd naar de eerste dag: kalenderjaren, met een knip twaalf "
        "maanden voor de peildatum. Onbekend als er geen statusdatum is.",
        "statusdatum",
        "datum, jjjj-mm-dd, Onbekend of voor 2007",
    ),
    "aantal": CUBE["aantal"],
}

TIDY: Final[Mapping[str, Meaning]] = {
    "tabel": Meaning("Nummer van de tabel.", "config/tables.yaml"),
    "populatie": Meaning("De groep waarover de tabel gaat.", "config/tables.yaml"),
    "rijvariabele": Meaning(
        "Het kenmerk in de rijen; totaal in de rij met het totaal.", "config/tables.yaml"
    ),
    "rij": Meaning("De categorie van de rij, zoals een lezer die ziet.", _DERIVED),
    "kolomvariabele": Meaning("Het kenmerk in de kolommen.", "config/tables.yaml"),
    "kolom": Meaning("De categorie van de kolom; totaal is iedereen.", _DERIVED),
    "aantal": Meaning("Personen in deze rij en kolom.", "kubus.parquet", "geheel getal", "personen"),
    "procent": Meaning(
        "Aandeel van aantal in noemer, niet afgerond; leeg als de noemer 0 is.",
        _DERIVED,
        "getal met punt",
        "procent",
    ),
    "noemer": Meaning("Het aantal waarvan procent een deel is.", "kubus.parquet", "geheel getal", "personen"),
}

CBS: Final[Mapping[str, Meaning]] = {
    "kenmerk": Meaning(
        "Het kenmerk, zoals inkomen of doelgroep; totaal bij iedereen samen.", "config/cbs.yaml"
    ),
    "categorie": Meaning(
        "De categorie van het kenmerk, zoals bijstand; totaal bij iedereen samen.", "config/cbs.yaml"
    ),
    "nationaliteit": Meaning(
        "De nationaliteit; totaal bij alle nationaliteiten samen.", "werkboek van het CBS"
    ),
    "eenheid": Meaning("Wat aantal is: aantal (personen) of procent.", "werkboek van het CBS"),
    "noemer": Meaning(
        "Waarvan een percentage een deel is: alle personen in de categorie, of alle personen van de nationaliteit. "
        "Leeg bij een aantal.",
        "config/cbs.yaml",
    ),
    "aantal": Meaning(
        "Het cijfer, zoals het CBS het geeft; leeg als er geen cijfer is.",
        "werkboek van het CBS",
        "getal met punt",
    ),
    "teken": Meaning(
        "Het teken dat het CBS in plaats van een cijfer geeft, of bij een nul. Leeg zonder cijfer: een cijfer kan "
        "hier niet voorkomen.",
        "werkboek van het CBS",
        "teken",
    ),
    "voorlopig": Meaning(
        "Een of twee sterretjes bij een voorlopig of nader voorlopig cijfer.", "werkboek van het CBS", "teken"
    ),
    "meetmoment": Meaning(
        "De dag waarover het cijfer gaat.", "titel van het blad, of config/cbs.yaml", "datum"
    ),
    "blad": Meaning("Het blad van het werkboek waar het cijfer staat.", "werkboek van het CBS"),
    "cel": Meaning("De cel van dat blad.", "werkboek van het CBS"),
}

_TEMPO_GROUP: Final = "config/tempo.yaml, reference/leeftijdsklassen.csv"
_TEMPO_FROM: Final = "uitstroom.parquet"

TEMPO: Final[Mapping[str, Meaning]] = {
    "periode": Meaning(
        "Het tijdvak: de laatste 12 maanden voor de peildatum, of een kalenderjaar. Onbekend is zonder statusdatum.",
        "statusdatum",
    ),
    "begin": Meaning("De eerste dag van het tijdvak.", _DERIVED, "datum, jjjj-mm-dd"),
    "einde": Meaning("De laatste dag van het tijdvak.", _DERIVED, "datum, jjjj-mm-dd"),
    "kenmerk": Meaning("Waarnaar is ingedeeld: totaal, leeftijdsklasse of land_van_herkomst.", _TEMPO_GROUP),
    "categorie": Meaning("De categorie; de leeftijdsklasse is die op de peildatum.", _TEMPO_GROUP),
    "route": Meaning("De uitstroomroute, of totaal.", "reference/uitstroomroutes.csv"),
    "uitgestroomd": Meaning("Wie in het tijdvak langs deze route is uitgestroomd.", _TEMPO_FROM, "personen"),
    "plichtig_begin": Meaning(
        "Wie aan het begin van het tijdvak nog inburgeringsplichtig was: wie dat op de peildatum nog is, met wie "
        "sindsdien is uitgestroomd.",
        _TEMPO_FROM,
        "personen",
    ),
    "plichtig_peildatum": Meaning(
        "Wie op de peildatum nog inburgeringsplichtig is.", _TEMPO_FROM, "personen"
    ),
    "per_100": Meaning(
        "Hoeveel van elke 100 aan het begin er zijn uitgestroomd; leeg bij te weinig personen.",
        _DERIVED,
        "getal met punt",
    ),
}

OUTLOOK: Final[Mapping[str, Meaning]] = {
    "manier": Meaning(
        "Hoe vooruit is gekeken: rechte_lijn, vast_percentage, per_leeftijdsklasse; gemeten is een geteld aantal.",
        "docs/tempo.md",
    ),
    "dag": Meaning("De dag.", _DERIVED, "datum, jjjj-mm-dd"),
    "verwacht": Meaning(
        "Hoeveel er dan naar verwachting nog inburgeringsplichtig zijn.", _DERIVED, "personen"
    ),
    "minst": Meaning("De onderkant van de bandbreedte.", _DERIVED, "personen"),
    "meest": Meaning("De bovenkant van de bandbreedte.", _DERIVED, "personen"),
}

STATEMENTS: Final[Mapping[str, Meaning]] = {
    "id": Meaning("Nummer van de uitspraak.", "reference/uitspraken_2022.csv", "code"),
    "plaats": Meaning("Waar de uitspraak in de studie staat.", "reference/uitspraken_2022.csv"),
    "studie": Meaning(
        "De uitspraak van de studie, in eigen woorden; leeg als de studie over een andere dag gaat.",
        "reference/uitspraken_2022.csv",
    ),
    "uitspraak": Meaning(
        "De uitspraak zoals zij op de peildatum luidt; leeg als zij niet te berekenen is.", _DERIVED
    ),
    "waarde": Meaning(
        "Het berekende cijfer, niet afgerond; heeft de uitspraak er meer, dan met ; ertussen.",
        "tabellen.csv, config/uitspraken.yaml",
        "getal met punt",
    ),
    "eenheid": Meaning("Waarin het cijfer is: personen, procent, jaar of tekst.", _DERIVED),
    "gepubliceerd": Meaning(
        "Het cijfer in de studie, of twee met een streepje. Leeg als de studie over een andere dag gaat.",
        "reference/uitspraken_2022.csv",
        "getal met punt",
    ),
    "tolerantie": Meaning(
        "Zoveel mag het cijfer schelen om bevestigd te zijn, naast wat het afronden laat schelen.",
        "reference/uitspraken_2022.csv",
        "getal met punt, of -lager/+hoger",
    ),
    "oordeel": Meaning(
        "Bevestigd, bevestigd met kanttekening, niet bevestigd, niet te berekenen of niet van toepassing.",
        _DERIVED,
    ),
    "kanttekening": Meaning(
        "Wat een lezer moet weten, of waarom er geen cijfer is.", "config/uitspraken.yaml"
    ),
    "bron": Meaning(
        "De tabellen waar het cijfer uit komt, met ; ertussen; CBS is de tabel van CBS.", _DERIVED
    ),
}

CHANGE: Final[Mapping[str, Meaning]] = {
    **{name: TIDY[name] for name in ("tabel", "populatie", "rijvariabele", "rij", "kolomvariabele", "kolom")},
    "deel": Meaning(
        "begin of eind (het cijfer op de vorige peildatum en op deze), het deel van de verandering, netto als alleen "
        "het saldo bekend is, of afronding. Begin en alle delen tellen op tot eind.",
        "config/vergelijking.yaml",
    ),
    "route": Meaning(
        "De uitstroomroute, bij een deel dat daarnaar is gesplitst; anders leeg.", "uitstroomroutes.csv"
    ),
    "aantal": Meaning(
        "Aantal personen bij begin en eind; bij een deel hoeveel er per saldo bij kwamen, of onder nul: af gingen.",
        _DERIVED,
        "geheel getal",
        "personen",
    ),
}

SENSITIVITY: Final[Mapping[str, Meaning]] = {
    "uitspraak": Meaning("Nummer van de uitspraak.", "reference/uitspraken_2022.csv", "code"),
    "lezing": Meaning(
        "De lezing waaronder de uitspraak is berekend; rapport is die van het rapport zelf.",
        "config/gevoeligheid.yaml",
        "code",
    ),
    "waarde": Meaning(
        "Het cijfer zoals de uitspraak het toont, afgerond; heeft de uitspraak er meer, dan met ; ertussen. Leeg als "
        "het niet te berekenen is.",
        _DERIVED,
        "getal met punt",
    ),
    "oordeel": Meaning("Het oordeel over de uitspraak onder deze lezing, als in uitspraken.csv.", _DERIVED),
    "verandert": Meaning("Of het cijfer of het oordeel anders is dan in het rapport: ja of nee.", _DERIVED),
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
