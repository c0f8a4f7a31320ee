"""A delivery with other names and values, mapped by levering.yaml, is the same population as one in our own layout."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from engine_deliveries import PEILDATUM, Row, Run, person, random_people, run, run_rows, text_of

from schemas.columns import COLUMNS, OPTIONAL
from wi2007.delivery.problems import UnreadableError
from wi2007.delivery.source import Block, Coded
from wi2007.errors import UserError
from wi2007.mapping.levering import NOTHING, Layout, configured_layout, find_layout, read_layout
from wi2007.mapping.normalise.column import Column
from wi2007.mapping.normalise.field import Field, Whole
from wi2007.mapping.normalise.rules import listed
from wi2007.mapping.plan import make_plan
from wi2007.mapping.values import Combined, Recode, Single
from wi2007.project import CONFIG


def written(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / PEILDATUM
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "levering.yaml").write_text(text, encoding="utf-8")
    return folder / "levering.yaml"


def mapped(tmp_path: Path, rows: list[Row], setting: str) -> Run:
    """The step on rows with names of their own, by this levering.yaml."""
    return run(tmp_path / "stap", text_of(rows, tuple(rows[0])), levering=written(tmp_path, setting))


def renamed(row: Row, names: Mapping[str, str], **more: str) -> Row:
    return {names.get(name, name): value for name, value in row.items()} | more


def warnings(result: Run) -> set[tuple[str, str]]:
    return {(f["regel"], f["kolom"]) for f in result.failures}


@dataclass(frozen=True)
class Fake:
    """The header of a file."""

    names: tuple[str, ...]
    header_row: int | None = 1
    names_are_names: bool = True
    labels: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    titles: Mapping[int, str] = field(default_factory=dict)

    def blocks(self, fields: Sequence[int], plain: Collection[int] = ()) -> Iterator[Block]:
        return iter(())


def plan_of(*names: str, layout: Layout = NOTHING) -> Any:
    return make_plan(Fake(names), layout)  # type: ignore[arg-type]


STATUS = """
kolommen:
  persoonsnummer: PSEUDO_ID
  geslacht: {kolom: Sekse, waarden: {1: V, 2: M, 9: O}}
  statuscode:
    kolommen: [status, grond]
    waarden:
      - {status: ONTH, grond: MED, wordt: ONTHEFFING_MEDISCH}
      - {status: ONTH, grond: "", wordt: ONTHEFFING_AGI}
      - {status: KLAAR, wordt: VOLDAAN}
  nationaliteit_4: leeg
"""


def other_layout(rows: list[Row]) -> list[Row]:
    """The rows as STATUS describes them."""
    gender = {"V": "1", "M": "2", "O": "9"}
    status = {
        "VOLDAAN": ("KLAAR", "x"),
        "ONTHEFFING_MEDISCH": ("ONTH", "MED"),
        "ONTHEFFING_AGI": ("ONTH", ""),
    }
    made = []
    for row in rows:
        kind, ground = status[row["statuscode"]]
        other = renamed(row, {"persoonsnummer": "Pseudo-id", "geslacht": "sekse"}, status=kind, grond=ground)
        other["sekse"] = gender[row["geslacht"]]
        del other["statuscode"], other["nationaliteit_4"]
        made.append(other)
    return made


def test_names_values_and_combined_fields_are_mapped(tmp_path: Path) -> None:
    codes = ("VOLDAAN", "ONTHEFFING_MEDISCH", "ONTHEFFING_AGI")
    rows = [
        row | {"statuscode": codes[at % 3], "nationaliteit_4": ""}
        for at, row in enumerate(random_people(500))
    ]
    plain = run_rows(tmp_path / "plain", rows)
    other = mapped(tmp_path, other_layout(rows), STATUS)
    assert other.message is None
    assert other.persons == plain.persons
    made, straight = ((result.folder / "personen.parquet").read_bytes() for result in (other, plain))
    assert made == straight
    fields = other.processing["levering"]["velden"]
    assert fields["persoonsnummer"] == ["Pseudo-id"]
    assert fields["statuscode"] == ["status", "grond"]
    assert fields["nationaliteit_4"] == []
    assert {
        (one["regel"], one["kolom"], one["aantal"]) for one in other.processing["levering"]["normalisaties"]
    } == {
        ("levering", "geslacht", 500),
        ("levering", "statuscode", 500),
    }
    assert plain.processing["levering"]["normalisaties"] == []
    outcome = json.loads((other.folder / "validatie.json").read_text(encoding="utf-8"))
    assert [one["count"] for one in outcome["normalisaties"]] == [500, 500]


def test_a_combination_that_no_line_covers_is_refused_with_its_rows(tmp_path: Path) -> None:
    rows = other_layout([person(1), person(2), person(3)])
    rows[1]["grond"], rows[1]["status"] = "IETS", "ONTH"
    rows[2]["grond"] = rows[2]["status"] = ""
    result = mapped(tmp_path, rows, STATUS)
    assert result.rows("combinatie_onbekend", "statuscode") == [3]
    assert result.rows("veld_leeg", "statuscode") == [4]


def test_values_that_are_not_recoded_stay_and_are_judged(tmp_path: Path) -> None:
    rows = [
        person(1, geslacht="a"),
        person(2, geslacht="V"),
        person(3, geslacht="?"),
        person(4, geslacht=" a "),
    ]
    result = mapped(tmp_path, rows, "kolommen: {geslacht: {kolom: geslacht, waarden: {a: M}}}")
    assert result.rows("codelijst", "geslacht") == [4]


def test_recoding_goes_before_every_rule(tmp_path: Path) -> None:
    rows = [person(1, geslacht="1"), person(2, geslacht="2"), person(3, land_van_herkomst="NA")]
    setting = (
        "kolommen:\n  geslacht: {kolom: geslacht, waarden: {1: V, 2: M}}\n"
        "  land_van_herkomst: {kolom: land_van_herkomst, waarden: {NA: 9023}}\n"
    )
    result = mapped(tmp_path, rows, setting)
    assert result.message is None
    assert [(p["geslacht"], p["land_van_herkomst"]) for p in result.persons] == [
        ("V", "5022"), ("M", "5022"), ("V", "9023"),
    ]  # fmt: skip


def test_na_as_a_country_is_refused_until_it_is_said(tmp_path: Path) -> None:
    result = run_rows(tmp_path, [person(1), person(2, land_van_herkomst="NA")])
    assert result.rows("na_onduidelijk", "land_van_herkomst") == [3]
    assert result.rows("codelijst", "land_van_herkomst") == []
    assert result.message is not None


def test_questions_are_told_beside_rows_that_are_no_persons(tmp_path: Path) -> None:
    """A header that stands there again and a total are set apart; what the rows between them ask is not lost."""
    people = [person(1), person(2, land_van_herkomst="NA"), person(3), person(4, land_van_herkomst="NA")]
    header = dict.fromkeys(people[0], "")
    header.update({name: name for name in header})
    total = dict.fromkeys(header, "") | {"persoonsnummer": "Totaal"}
    result = run_rows(tmp_path, [people[0], header, *people[1:3], total, people[3]])
    assert result.rows("kop_herhaald", "") == [3]
    assert result.rows("totaalrij", "") == [6]
    assert result.rows("na_onduidelijk", "land_van_herkomst") == [4, 7]


def test_normalised_rows_are_counted_once_each_and_told(tmp_path: Path) -> None:
    rows = [person(at, gemeentecode="363" if at % 2 else "0363") for at in range(1, 11)]
    rows += [
        person(11, gemeentecode="den haag"),
        person(12, geboortedatum="15-06-1970"),
        person(13, geslacht="vrouw "),
    ]
    rows += [person(5)]
    refused = run_rows(tmp_path / "double", rows)
    assert refused.rows("persoonsnummer_dubbel", "persoonsnummer") == [6, 15]
    result = run_rows(tmp_path / "once", rows[:-1])
    assert result.message is None
    found = result.processing["levering"]["normalisaties"]
    assert [(one["regel"], one["kolom"], one["aantal"]) for one in found] == [
        ("spaties", "geslacht", 1),
        ("voorloopnullen", "gemeentecode", 5),
        ("datum_dag_maand_jaar", "geboortedatum", 1),
        ("geslacht_woorden", "geslacht", 1),
        ("gemeente_naam", "gemeentecode", 1),
    ]
    assert all(one["omschrijving"] for one in found)


def test_no_rules_leaves_every_value(tmp_path: Path) -> None:
    rows = [person(1, gemeentecode="363"), person(2, geslacht="vrouw")]
    result = mapped(tmp_path, rows, "normaliseren: geen")
    assert result.rules >= {("codelijst", "gemeentecode"), ("codelijst", "geslacht")}


def test_the_peildatum_in_the_rows_must_be_that_of_the_folder(tmp_path: Path) -> None:
    days = ["2022-07-01", "20220701", "01-07-2022", "2022-07-02", ""]
    rows = [person(at) | {"PEIL_DATUM": day} for at, day in enumerate(days)]
    result = mapped(tmp_path, rows, "peildatum_kolom: peildatum")
    assert result.rows("peildatum_anders") == [5, 6]
    assert mapped(tmp_path, rows[:3], "peildatum: 2022-07-01\npeildatum_kolom: peildatum").message is None


def test_what_is_set_by_hand_goes_above_a_field_of_our_name(tmp_path: Path) -> None:
    rows = [person(1, geslacht="?") | {"sekse": "M"}]
    result = mapped(tmp_path, rows, "kolommen: {geslacht: sekse, doelgroep: leeg}")
    assert result.message is None
    assert result.persons[0]["geslacht"] == "M"
    assert result.persons[0]["doelgroep"] == "Onbekend"
    assert warnings(result) >= {("kolom_niet_gebruikt", "geslacht"), ("kolom_niet_gebruikt", "doelgroep")}


OTHER_CONTENTS = {
    "startdatum_plicht": "week 12",
    "doelgroep": "statushouder",
    "examenonderdelen_behaald": "onderdeel A1",
    "laatste_examendatum": "voorjaar",
    "taaluren": "37,5",
    "inkomensbron": "1450",
    "ontheffing_geweigerd": "zie dossier",
}


@pytest.mark.parametrize("column", OPTIONAL)
def test_a_field_that_only_happens_to_have_the_name_is_refused_and_can_be_left_out(
    column: str, tmp_path: Path
) -> None:
    other = OTHER_CONTENTS[column]
    rows = [person(1, **{column: other}), person(2, **{column: other})]
    result = mapped(tmp_path / "a", rows, "normaliseren: alle")
    assert result.message is not None
    assert {of for _, of in result.rules} == {column}
    assert "levering.yaml" in result.html or "datum" in column
    assert other not in result.html
    assert other not in result.message
    left_out = mapped(tmp_path / "b", rows, f"kolommen: {{{column}: leeg}}")
    assert left_out.message is None
    assert warnings(left_out) >= {("kolom_niet_gebruikt", column)}
    assert left_out.processing["levering"]["velden"].get(column, []) == []


@pytest.mark.parametrize("column", OPTIONAL)
def test_another_field_can_be_the_column(column: str, tmp_path: Path) -> None:
    rows = [person(at, **{column: "?"}) | {"eigen veld": person(at)[column]} for at in (1, 2)]
    result = mapped(tmp_path, rows, f"kolommen: {{{column}: eigen veld}}")
    assert result.message is None
    assert result.processing["levering"]["velden"][column] == ["eigen veld"]


@pytest.mark.parametrize(
    ("column", "value"),
    [("taaluren", "07"), ("taaluren", "veel"), ("inkomensbron", "uitkering"), ("ontheffing_geweigerd", "j")],
)
def test_what_waarden_gives_must_be_a_value_of_ours(column: str, value: str, tmp_path: Path) -> None:
    setting = f"kolommen: {{{column}: {{kolom: {column}, waarden: {{a: '{value}'}}}}}}"
    with pytest.raises(UserError, match="geen waarde van") as caught:
        read_layout(written(tmp_path, setting), PEILDATUM)
    allowed = "0 tot en met 9999" if column == "taaluren" else "Kies uit"
    assert allowed in str(caught.value)


def test_a_field_that_is_used_by_hand_is_not_taken_by_its_name_too(tmp_path: Path) -> None:
    rows = [person(1)]
    result = mapped(tmp_path, rows, "kolommen: {statusdatum: startdatum_plicht}")
    assert result.processing["levering"]["velden"]["statusdatum"] == ["startdatum_plicht"]
    assert "startdatum_plicht" not in result.processing["levering"]["velden"]


def test_two_fields_for_a_column_are_the_same_name_or_asked() -> None:
    def rules(*names: str) -> list[tuple[str, str]]:
        return [(p.rule, p.column) for p in plan_of(*COLUMNS, *names).problems]

    assert rules("geslacht") == [("kolom_dubbel", "geslacht")]
    assert rules(" GESLACHT ") == [("kolom_dubbel", "geslacht")]
    assert rules("ge-slacht") == [("kolom_onduidelijk", "geslacht")]


def test_the_exact_name_wins(tmp_path: Path) -> None:
    layout = read_layout(written(tmp_path, "kolommen: {geslacht: Sekse_}"), PEILDATUM)
    assert plan_of(*COLUMNS, "sekse", "Sekse_", layout=layout).fields["geslacht"] == (len(COLUMNS) + 1,)


def test_a_header_without_our_names_needs_a_mapping(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        plan_of("a", "b")
    layout = read_layout(written(tmp_path, "kolommen: {geslacht: b}"), PEILDATUM)
    missing = [p.column for p in plan_of("a", "b", layout=layout).problems if p.rule == "kolom_ontbreekt"]
    assert "geslacht" not in missing
    assert len(missing) == 11


def test_a_layout_is_begun_with_and_gone_above(tmp_path: Path) -> None:
    layouts = tmp_path / "deliveries"
    layouts.mkdir()
    (layouts / "duo.yaml").write_text(
        "lezen: {soort: tekst, codering: utf-8}\nkolommen:\n  geslacht: sekse\n  doelgroep: groep\n"
    )
    path = written(tmp_path, "indeling: duo\nlezen: {codering: utf-16}\nkolommen:\n  geslacht: gender\n")
    levering = read_layout(path, PEILDATUM, layouts).levering
    assert (levering.lezen.soort, levering.lezen.codering) == ("tekst", "utf-16")
    assert levering.kolommen["geslacht"].kolom == "gender"
    assert levering.kolommen["doelgroep"].kolom == "groep"
    assert configured_layout("duo", PEILDATUM, layouts).levering.kolommen["geslacht"].kolom == "sekse"


def test_levering_yaml_goes_above_the_configuration(tmp_path: Path) -> None:
    (tmp_path / PEILDATUM).mkdir()
    assert find_layout(tmp_path / PEILDATUM, PEILDATUM, None) == NOTHING
    assert find_layout(tmp_path / PEILDATUM, PEILDATUM, "standaard").levering.kolommen
    written(tmp_path, "normaliseren: geen")
    assert not find_layout(tmp_path / PEILDATUM, PEILDATUM, "standaard").levering.kolommen


def test_what_is_written_is_what_is_meant(tmp_path: Path) -> None:
    text = (
        "kolommen:\n  geslacht: {kolom: NO, waarden: {NO: V, 01: M, yes: O, 2024-07-01: M, 1.0: V, ~: O}}\n"
    )
    column = read_layout(written(tmp_path, text), PEILDATUM).levering.kolommen["geslacht"]
    assert column.kolom == "NO"
    assert list(column.waarden or ()) == ["NO", "01", "yes", "2024-07-01", "1.0", "~"]


def test_the_digest_follows_what_is_set_and_nothing_else(tmp_path: Path) -> None:
    first = read_layout(written(tmp_path, "kolommen: {geslacht: a}"), PEILDATUM).digest
    assert read_layout(written(tmp_path, "# uitleg\n\nkolommen:\n  geslacht: a\n"), PEILDATUM).digest == first
    assert read_layout(written(tmp_path, "kolommen: {geslacht: b}"), PEILDATUM).digest != first
    assert NOTHING.digest == ""


def test_our_own_layout_changes_nothing(tmp_path: Path) -> None:
    rows = random_people(200)
    plain = run_rows(tmp_path / "plain", rows)
    by_name = run_rows(tmp_path / "named", rows, indeling="standaard")
    assert (CONFIG / "deliveries" / "standaard.yaml").is_file()
    for name in ("personen.parquet", "kubus.parquet", "uitstroom.parquet", "beleid.parquet"):
        assert (plain.folder / name).read_bytes() == (by_name.folder / name).read_bytes()


def test_many_combinations_are_the_same_as_few(monkeypatch: pytest.MonkeyPatch) -> None:
    fields = [
        Coded([f"a{at}" for at in range(50)], np.arange(-1, 49, dtype=np.int32)),
        Coded([f"b{at}" for at in range(50)], np.arange(48, -2, -1, dtype=np.int32)),
    ]
    lines = [{"x": "a7", "wordt": "IBP"}, {"y": "b3", "wordt": "NI"}, {"wordt": "leeg"}]
    combined = Combined(("x", "y"), lines, trims=True)
    dense = combined.ours(fields)
    monkeypatch.setattr("wi2007.mapping.values._DENSE", 1)
    sparse = combined.ours(fields)
    assert dense[0].codes.tolist() == sparse[0].codes.tolist()
    assert dense[0].values is sparse[0].values
    assert dense[1] == sparse[1] == {"levering": 50}
    assert [dense[0].values[code] for code in dense[0].codes if code >= 0] == ["IBP", "NI"]


def test_value_labels_go_above_the_numbers_and_levering_yaml_above_both() -> None:
    labels = {"1": "Vrouw", "2": "Man", "3": "Man", "V": "Man"}
    texts = ["1", "2", "3", "V", "9"]
    column = Column("geslacht", listed(), date(2022, 7, 1), Field(labels, whole=Whole(lambda: texts)))
    field_ = Coded(texts, np.array([0, 1, 2, 3, 4, -1, 0], dtype=np.int32))
    ours, counts, questions = Single(column).ours([field_])
    read = [ours.values[code] if code >= 0 else "" for code in ours.codes]
    assert read == ["V", "M", "M", "V", "9", "", "V"]
    assert counts == {"waardelabel": 4}
    assert {rule: np.flatnonzero(marks).tolist() for rule, marks in questions.items()} == {
        "waardelabel_strijdig": [3],
        "waardelabel_deels": [4],
    }
    recode = Recode({"V": "V", "Man": "O", "": "O", "9": "O"}, labels)
    ours, _, questions = Single(column, recode).ours([field_])
    assert [ours.values[code] for code in ours.codes] == ["V", "O", "O", "V", "O", "O", "V"]
    assert not questions
