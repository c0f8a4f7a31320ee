"""Settings that do not fit together are told at once, all of them, in Dutch with file and line."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from settings_folders import Copy, copied

from wi2007.project import CONFIG, REFERENCE, ROOT
from wi2007.publication.content.findings import NAMES

BROKEN = {
    "config/beleidsgroepen.yaml": ("taaluren, minstens", "taaluren, minder_dan", "bij taaluren hoort"),
    "config/cbs.yaml": ("categorie: zelfstandige\n", "categorie: zelfstandig\n", "categorie 'zelfstandige'"),
    "config/deliveries/standaard.yaml": ("kolommen:", "kolomen:", "'kolomen' bestaat niet als instelling"),
    "config/config.yaml": ("peildata: alle", "peildata: alle\nindeling: bestaat_niet", "Kies uit: standaard"),
    "config/demo.yaml": ("VOLDAAN: 300", "VOLDANE: 300", "'VOLDANE' bestaat niet"),
    "config/demo_cbs.yaml": ("dag: 2022-07-01", "dag: ooit", "regel"),
    "config/disclosure.yaml": ("  uitgezonderd:", "  uitgezonder:", "deze sleutel bestaat niet"),
    "config/exclusions.yaml": ("[Turks]", "[Turkse]", "'Turkse' is geen waarde van gevraagde_nationaliteit"),
    "config/gevoeligheid.yaml": ('["0339"]', '["9339"]', "'9339' is geen waarde van nationaliteit_1"),
    "config/inspectie.yaml": ("  datum_excel: 0.7", "  datum_exel: 0.7", "de regel 'datum_exel' staat niet in"),
    "config/normalisation.yaml": ("vraag: na_onduidelijk", "vraag: na_onduidelik", "'na_onduidelik' staat niet in"),
    "config/tables.yaml": ('never_ranked: ["0000"]', 'never_ranked: ["000"]', "'000' is geen code van land"),
    "config/tempo.yaml": ('apart: ["5022"', 'apart: ["5999"', "de landcode '5999' bestaat niet"),
    "config/uitspraken.yaml": ("rij: 65 en ouder", "rij: 66 en ouder", "'66 en ouder' is geen naam van"),
    "config/validation.yaml": ('waarden: ["0000"]', 'waarden: ["000"]', "'000' is geen waarde van land"),
    "config/vergelijking.yaml": ("Nog steeds inburgeringsplichtig", "Nog plichtig", "is geen uitstroomroute"),
    "config/report/bijschriften_en.yaml": ("titel: Tables", "title: Tables", "'title': deze sleutel bestaat niet"),
    "config/report/bevindingen.yaml": ("  man_vrouw:", "  vrouw_man:", "de zin 'man_vrouw' met 'standaard' ontbreekt"),
    "config/report/bronnen.yaml": ('jaar: "2023"', "jaar: 2023", "hier hoort tekst te staan"),
    "config/report/feiten.yaml": ("\nuitspraak_datum:", "\nuitspraakdatum:", "het feit 'uitspraak_datum'"),
    "config/report/rapport.yaml": ('- tabel: "2.3"', '- tabel: "2.9"', "tabel '2.9' staat niet in config/tables.yaml"),
    "config/report/tekens.yaml": ("lezen: ", "leest: ", "regel"),
    "config/report/uitgave.yaml": ('hoofdkleur: "#154273"', 'hoofdkleur: "#ffff00"', "een contrast van 1,0 op 1"),
    "config/report/werkboek.yaml": ("methode: [methode", "methode: [methoden", "geen hoofdstuk in rapport.yaml"),
    "config/report/woorden.yaml": ("    - Sovjet-Unie", "    - Sovjetunie", "'Sovjetunie' is geen naam van land"),
    "reference/aow_leeftijd.csv": ("2014,65,2", "2014,65,12", "hier hoort minder dan 12"),
    "reference/begrippen.yaml": ("id: populatie\n", "id: populaties\n", "het begrip 'populatie' staat niet in"),
    "reference/gemeenten.csv": ("0003,", "3,", "een code heeft vier cijfers"),
    "reference/gemeentegroepen.csv": ("0344,Vier", "0344,Vijf", "kolom 'groep'"),
    "reference/herindelingen.csv": (",0429,1598,", ",0429,9598,", "staat niet in reference/gemeenten.csv"),
    "reference/jarenklassen.csv": ("tot 12 jaar,10,12", "tot 12 jaar,11,12", "deze klasse sluit niet aan"),
    "reference/landen.csv": ("0000,", "000,", "een code heeft vier cijfers"),
    "reference/leeftijdsklassen.csv": ("65 en ouder", "65 of ouder", "'65 en ouder' is geen naam van leeftijd"),
    "reference/nationaliteiten.csv": ("0001,", "001,", "een code heeft vier cijfers"),
    "reference/nog_plichtig_eerder.csv": (",studie,", ",onderzoek,", "reeks"),
    "reference/provincies.csv": ("0003,Groningen", "0003,Gronigen", "provincie"),
    "reference/studie_2022.csv": ("land_van_herkomst,Marokko", "land_van_herkomst,Maroko", "'Maroko' is geen naam"),
    "reference/studie_2022_errata.csv": (",146116,", ",146117,", "dit staat niet zo in studie_2022.csv"),
    "reference/uitspraken_2022.csv": ("\nc02,", "\nc99,", "'c02': deze uitspraak staat niet in reference/"),
    "reference/uitstroomroutes.csv": ("IBP,Nog steeds", "IBP,Nog altijd", "is geen uitstroomroute"),
}  # fmt: skip
ELSEWHERE = {
    "config/demo_vervolg.yaml": "read with the demonstration",
    "config/demo_landen.csv": "read with the demonstration",
}


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Copy]:
    with copied(tmp_path) as found:
        yield found


def test_every_file_of_settings_has_its_mutation() -> None:
    files = {
        path.relative_to(ROOT).as_posix()
        for folder in (CONFIG, REFERENCE)
        for path in folder.rglob("*")
        if path.suffix in (".yaml", ".csv")
    }
    assert files == BROKEN.keys() | ELSEWHERE.keys()


def test_the_settings_as_they_are_fit_together(copy: Copy) -> None:
    assert copy.told() == []


@pytest.mark.parametrize("file", list(BROKEN))
def test_what_does_not_fit_is_told(file: str, copy: Copy) -> None:
    old, new, words = BROKEN[file]
    copy.replace(file, old, new)
    told = "\n".join(copy.told())
    assert words in told
    assert not {"Traceback", "pydantic", "Error"} & set(told.replace(":", " ").split())


LISTS = [name for name in BROKEN if name.endswith(".csv")]
UPSTREAM = ("config/tables.yaml", "config/deliveries/standaard.yaml", "config/demo_landen.csv")
"""What rests on these is not told when they are gone, or they on another."""
TOGETHER = [
    [name for name in [*BROKEN, *ELSEWHERE] if name not in (*LISTS, *UPSTREAM)],
    ["config/tables.yaml", "config/cbs.yaml", "config/demo_landen.csv"],
    [name for name in LISTS if name != "reference/studie_2022_errata.csv"],
    ["reference/studie_2022_errata.csv"],
]


@pytest.mark.parametrize("files", TOGETHER)
def test_files_that_are_gone_are_told_by_their_names(files: list[str], copy: Copy) -> None:
    for file in files:
        (copy.folder / file).unlink()
    told = "\n".join(copy.told())
    assert [file for file in files if Path(file).name not in told] == []


def test_a_layout_that_is_gone_is_told_where_it_is_named(copy: Copy) -> None:
    (copy.folder / "config/deliveries/standaard.yaml").unlink()
    copy.replace("config/config.yaml", "peildata: alle", "peildata: alle\nindeling: standaard")
    (told,) = copy.told()
    assert "noemt 'indeling' een bestand dat niet in config/deliveries/ staat" in told


def test_files_that_are_no_yaml_are_told_by_their_names(copy: Copy) -> None:
    files = [
        name for name in [*BROKEN, *ELSEWHERE] if name.endswith(".yaml") and name != "config/tables.yaml"
    ]
    for file in files:
        path = copy.folder / file
        path.write_text(path.read_text(encoding="utf-8") + "\nwat: [is dit\n", encoding="utf-8")
    told = "\n".join(copy.told())
    assert [file for file in files if Path(file).name not in told] == []


NAMED = [
    ("config/uitspraken.yaml", "{verandering: examen}", "{verandering: toets}", "'toets' staat niet onder vergel"),
    ("config/uitspraken.yaml", "deel: ouder}", "deel: oudst}", "het deel 'oudst' staat niet in"),
    ("config/uitspraken.yaml", "route: Ontheffing}", "route: Ontheven}", "'Ontheven' is geen uitstroomroute"),
    ("config/uitspraken.yaml", "rijvariabele: statuscode", "rijvariabele: status", "'status' is geen variabele"),
    ("config/uitspraken.yaml", "nationaliteit: Chinees", "nationaliteit: Sinees", "de nationaliteit 'Sinees'"),
    ("config/report/rapport.yaml", "rij: Inburgering voldaan", "rij: Voldaan", "'Voldaan' is geen naam van uit"),
    ("config/report/rapport.yaml", "maat: procent\n", "maat: procent\n    lijn: true\n", "een lijn is er alleen van"),
    ("config/report/rapport.yaml", "populatie: nog_inb", "populatie: nog_inbu", "de populatie 'nog_inbu"),
    ("config/report/rapport.yaml", "{{ peildatum }}", "{{ peildatm }}", "'peildatm' bestaat niet"),
    ("config/report/rapport.yaml", "{{ peildatum }}", "{{ peildatum }", "deze tekst is niet goed"),
    ("config/report/rapport.yaml", "(begrip:populatie)", "(begrip:populaties)", "het begrip 'populaties'"),
    ("config/report/rapport.yaml", "als: iemand", "als: iemnd", "'iemnd' bestaat niet"),
    ("config/report/rapport.yaml", "|aantal }}", "|aantallen }}", "het filter 'aantallen' bestaat niet"),
    ("config/report/bevindingen.yaml", "stuk('daarna')", "stuk('daarin')", "het stuk 'daarin' staat niet"),
    ("config/report/woorden.yaml", "\n  statuscode:", "\n  status:", "'status' is geen variabele"),
    ("config/report/woorden.yaml", "\n  wi2007:", "\n  wi2008:", "de populatie 'wi2008' bestaat niet"),
    ("config/normalisation.yaml", "wijze: tijd_weg", "wijze: tijd_wg", "de wijze 'tijd_wg' bestaat niet"),
    ("config/inspectie.yaml", "    OVERLEDEN: [overl", "    DOOD: [overl", "'DOOD' is geen waarde van statuscode"),
    ("config/inspectie.yaml", '{"1": ja, "0": nee}', '{"1": jawel, "0": nee}', "'jawel' is geen waarde van"),
    (
        "config/validation.yaml", "taaluren: {waarden: [leeg], onder: [IBP]",
        "taaluren: {waarden: [leeg], onder: [PLICHT]", "'PLICHT' is geen statuscode",
    ),
    ("config/validation.yaml", "taaluren: {waarden: [leeg],", 'taaluren: {waarden: ["-1"],',
     "Schrijf een geheel getal van 0 tot en met 9999"),
    ("config/inspectie.yaml", "    ONTHEFFING_AGI: [agi,", "    AGI: [agi,", "'AGI' is geen statuscode"),
    ("config/report/rapport.yaml", "  - id: cbs\n", "  - id: cbs\n    tabellen: ['9.9']\n", "tabel '9.9' staat niet"),
    ("config/tables.yaml", "De {{ grootste.land_van_herkomst|telwoord }}", "De tien", "'tien landen' volgt uit"),
    ("config/tables.yaml", "De {{ grootste.gemeente", "De {{ grotste.gemeente", "'grotste' bestaat niet"),
]  # fmt: skip


def test_every_kind_of_name_is_looked_up_and_all_are_told_at_once(copy: Copy) -> None:
    for file, old, new, _ in NAMED:
        copy.replace(file, old, new)
    told = "\n".join(copy.told())
    assert [words for _, _, _, words in NAMED if words not in told] == []
    assert told.count("- regel ") == len(NAMED)


def test_all_that_names_a_class_that_is_gone_is_told_at_once(copy: Copy) -> None:
    copy.replace("reference/leeftijdsklassen.csv", "65 en ouder", "65 of ouder")
    told = copy.told()
    places = (
        "studie_2022.csv: tabel 2.2, rij '65 en ouder'",
        "'c03' > 'waarden'",
        "'vergelijking' > 'ouder' > 'rij'",
    )
    assert [[place in message for message in told] for place in places] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]


def test_each_thing_is_told_once(copy: Copy) -> None:
    for file in ("config/tempo.yaml", "config/exclusions.yaml", "config/report/woorden.yaml"):
        copy.replace(file, *BROKEN[file][:2])
    copy.replace("config/uitspraken.yaml", "rij: 65 en ouder", "rij: 66 en ouder")
    told = copy.told()
    assert len(told) == 4
    assert sum(message.count("66 en ouder") for message in told) == 1


def test_the_findings_that_are_asked_for_are_those_of_the_code() -> None:
    path = ROOT / "src" / "wi2007" / "publication" / "content" / "findings.py"
    made = {
        call.args[0].value
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "Finding"
        and isinstance(call.args[0], ast.Constant)
    }
    assert made == set(NAMES)
