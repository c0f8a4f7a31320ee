"""The names of rules that checks are known by: a file of rules without one of them is refused before anything is read.

Of the rules on how a file is read and mapped only the oldest are here. A test compares all names with the code.
"""

from __future__ import annotations

from typing import Final

STRUCTURE: Final = (
    "bestand_leeg",
    "bestand_codering",
    "bestand_onleesbaar",
    "kop_onherkenbaar",
    "kolom_ontbreekt",
    "kolom_dubbel",
    "kolom_onbekend",
    "geen_rijen",
    "rij_aantal_velden",
    "lege_regel",
    "kop_herhaald",
    "totaalrij",
)
VALUES: Final = (
    "veld_leeg",
    "persoonsnummer_geen",
    "persoonsnummer_te_lang",
    "spaties",
    "persoonsnummer_tekens",
    "formule",
    "wetenschappelijke_notatie",
    "persoonsnummer_datum",
    "codelijst",
    "gemeente_nog_niet_geldig",
    "gemeente_zonder_opvolger",
    "geboortedatum_ongeldig",
    "datum_ongeldig",
    "datum_na_peildatum",
    "datum_te_vroeg",
    "datum_voor_wi2007",
    "leeftijd_onmogelijk",
)
ROWS: Final = (
    "datums_volgorde",
    "status_zonder_datum",
    "vertrokken_in_gemeente",
    "te_jong",
    "turks_zonder_nationaliteit",
    "turks_niet_uitgesloten",
    "nationaliteit_dubbel",
    "nationaliteit_gat",
)
WHOLE: Final = (
    "persoonsnummer_dubbel",
    "demonstratie_vermengd",
    "aandeel_onbekend",
    "datum_te_vaak",
    "een_waarde",
    "een_waarde_geworden",
    "rij_aantal_verschil",
    "verdeling_verschoven",
)
NEEDED: Final = STRUCTURE + VALUES + ROWS + WHOLE
