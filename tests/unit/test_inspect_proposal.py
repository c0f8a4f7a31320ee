"""The proposal of `wi2007 inspect`: which field is which, and how sure that is."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import pytest
from engine_deliveries import PEILDATUM, Row, random_people, text_of
from inspect_files import OTHER_NAMES, look, raw, text_with

from schemas.columns import COLUMNS, EXAM_DAY, EXAMS, HOURS, INCOME, NATIONALITIES, OPTIONAL, REFUSED
from wi2007.inspection.settings import read_settings
from wi2007.mapping.levering import read_layout

ROWS = random_people(400)
GROUNDS = {"ONTHEFFING_MEDISCH": "MED", "ONTHEFFING_AGI": "AGI", "ONTHEFFING_AVI": "AVI"}


def test_a_delivery_in_our_own_layout_needs_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    looked = look(capsys, raw(tmp_path, text_of(ROWS)))
    assert (looked.status, looked.text) == (0, "")
    assert "niet nodig" in looked.out
    assert {looked.verdict(column) for column in COLUMNS} == {"zeker"}


def test_our_own_layout_is_written_where_a_place_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    looked = look(capsys, raw(tmp_path, text_of(ROWS)), target=tmp_path / "data" / "voorstel.yaml")
    assert (looked.status, looked.columns) == (0, {column: column for column in COLUMNS})


def test_known_names_in_another_order_are_sure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shuffled = list(OTHER_NAMES.items())
    random.Random(7).shuffle(shuffled)
    looked = look(capsys, raw(tmp_path, text_with(ROWS, dict(shuffled))))
    assert (looked.status, looked.columns) == (0, OTHER_NAMES)
    assert {looked.verdict(column) for column in COLUMNS} == {"zeker"}
    assert looked.mapping["peildatum"] == PEILDATUM
    assert read_layout(looked.target, PEILDATUM).levering.kolommen["geslacht"].kolom == "Sekse"


def test_the_same_file_gives_the_same_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = raw(tmp_path, text_with(ROWS))
    first, second = (look(capsys, path, target=tmp_path / f"{number}.yaml") for number in (1, 2))
    assert first.text == second.text != ""


def test_names_that_say_nothing_leave_the_contents(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    columns = [column for column in COLUMNS if column != EXAM_DAY]
    names = {column: f"veld_{chr(97 + at)}" for at, column in enumerate(reversed(columns))}
    looked = look(capsys, raw(tmp_path, text_with(ROWS, names)))
    # Of small numbers, yes and no, and one more date the contents say nothing.
    named = {column for column, one in read_settings().namen.items() if one.must_be_named}
    assert named == {EXAMS, EXAM_DAY, HOURS, INCOME, REFUSED}
    expected = set(COLUMNS) - named - set(NATIONALITIES)
    assert {column: looked.columns.get(column) for column in expected} == {
        column: names[column] for column in expected
    }
    # The nationalities are equals. Of a field with one value, or none, it is not sure that it is one of them.
    assert names["nationaliteit_1"] in looked.columns.values()
    assert (looked.status, "nationaliteit_3" in looked.columns) == (2, False)
    assert "nationaliteit_3: leeg" in looked.text


def test_other_ways_of_writing_are_read_as_a_run_reads_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def otherwise(row: Row) -> Mapping[str, str]:
        born = row["geboortedatum"]
        return {
            "gemeentecode": row["gemeentecode"].lstrip("0") or "0",
            "geslacht": {"M": "1", "V": "2", "O": "9"}[row["geslacht"]],
            "geboortedatum": f"{born[6:]}-{born[4:6]}-{born[:4]}",
            "land_van_herkomst": {"5022": "MAROKKO", "6043": "Turkije"}.get(
                row["land_van_herkomst"], "China"
            ),
        }

    looked = look(capsys, raw(tmp_path, text_with(ROWS, change=otherwise)))
    assert (looked.status, looked.columns) == (0, OTHER_NAMES)
    for words in ("zonder voorloopnullen", "in cijfers", "dd-mm-jjjj", "landcodes (RvIG 34), als naam"):
        assert words in looked.out


def test_two_fields_that_fit_alike_are_a_question(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = {**OTHER_NAMES, "land_van_herkomst": "Herkomstland"}
    looked = look(
        capsys, raw(tmp_path, text_with(ROWS, names, lambda row: {"geboorteland": row["land_van_herkomst"]}))
    )
    assert looked.status == 2
    assert "land_van_herkomst" not in looked.columns
    assert "VRAAG: twee mogelijkheden: Herkomstland, geboorteland" in looked.text
    assert "  # land_van_herkomst: geboorteland\n" in looked.text
    assert "Niet zeker of niet gevonden: land_van_herkomst." in looked.err


def test_dates_without_names_go_by_their_order_in_the_rows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = {**OTHER_NAMES, "statusdatum": "dag een", "startdatum_plicht": "dag twee"}
    looked = look(capsys, raw(tmp_path, text_with(ROWS, names)))
    assert (looked.columns["statusdatum"], looked.columns["startdatum_plicht"]) == ("dag een", "dag twee")
    assert looked.verdict("statusdatum") == "waarschijnlijk"


def test_one_date_without_a_name_may_be_either(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = {name: field for name, field in OTHER_NAMES.items() if name != "startdatum_plicht"}
    looked = look(capsys, raw(tmp_path, text_with(ROWS, {**names, "statusdatum": "dag"})))
    assert "statusdatum" not in looked.columns
    assert "het veld kan ook startdatum_plicht zijn" in looked.text
    assert looked.status == 2


def test_a_name_whose_contents_are_another_column_is_not_sure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = {**OTHER_NAMES, "gemeentecode": "landcode", "land_van_herkomst": "gemeente"}
    looked = look(capsys, raw(tmp_path, text_with(ROWS, names)))
    assert looked.columns.get("gemeentecode") != "gemeente"
    assert looked.columns.get("land_van_herkomst") != "landcode"


def test_a_field_with_the_peildatum_is_proposed_as_a_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = look(capsys, raw(tmp_path, text_with(ROWS, change=lambda row: {"Peil_datum": "01-07-2022"})))
    assert right.mapping["peildatum_kolom"] == "Peil_datum"
    other = look(
        capsys, raw(tmp_path / "b", text_with(ROWS, change=lambda row: {"Peil_datum": "01-07-2023"}))
    )
    assert "peildatum_kolom" not in other.mapping
    assert "# peildatum_kolom: Peil_datum" in other.text


def own_status(row: Row) -> Mapping[str, str]:
    ground = GROUNDS.get(row["statuscode"], "")
    code = {"VOLDAAN": "Geslaagd"}.get(row["statuscode"], row["statuscode"])
    return {"statuscode": "ONTHEFFING" if ground else code, "grond": ground}


def test_the_ground_of_an_exemption_in_a_field_of_its_own_is_combined(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    looked = look(capsys, raw(tmp_path, text_with(ROWS, change=own_status)))
    combined = looked.columns["statuscode"]
    assert combined["kolommen"] == ["inburgeringsstatus", "grond"]
    assert {"inburgeringsstatus": "ONTHEFFING", "grond": "AGI", "wordt": "ONTHEFFING_AGI"} in combined[
        "waarden"
    ]
    assert {"inburgeringsstatus": "Geslaagd", "wordt": "VOLDAAN"} in combined["waarden"]
    assert looked.status == 0


def test_a_ground_that_nobody_knows_is_to_be_filled_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def change(row: Row) -> Mapping[str, str]:
        own = own_status(row)
        return {**own, "grond": own["grond"].replace("AGI", "Q7")}

    looked = look(capsys, raw(tmp_path, text_with(ROWS, change=change)))
    assert "statuscode" not in looked.columns
    assert "grond: Q7, wordt: VUL_IN" in looked.text
    assert (looked.status, looked.verdict("statuscode")) == (2, "onzeker")


def test_codes_with_a_clear_meaning_are_translated_to_be_read_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = {"M": "MNL", "V": "VRL", "O": "neutraal"}
    looked = look(
        capsys, raw(tmp_path, text_with(ROWS, change=lambda row: {"geslacht": words[row["geslacht"]]}))
    )
    assert looked.columns["geslacht"] == {
        "kolom": "Sekse",
        "waarden": {"MNL": "M", "VRL": "V", "neutraal": "O"},
    }
    assert (looked.status, looked.verdict("geslacht")) == (0, "waarschijnlijk")


def test_codes_without_a_meaning_are_to_be_filled_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = {status: f"S{at:02d}" for at, status in enumerate(sorted({row["statuscode"] for row in ROWS}))}
    text = text_with(ROWS, change=lambda row: {"statuscode": codes[row["statuscode"]]})
    looked = look(capsys, raw(tmp_path, text))
    assert (looked.status, "statuscode" in looked.columns) == (2, False)
    assert looked.text.count("VUL_IN") == len(codes)
    assert "#     S00: VUL_IN   # " in looked.text


REFUSALS = {
    "letters": ({"ja": "J", "nee": "N"}, True),
    "the two digits": ({"ja": "1", "nee": "0"}, True),
    "the two digits the other way round": (
        {"ja": "0", "nee": "1"},
        True,
    ),  # to be read after: that is what it says
    "other digits": ({"ja": "1", "nee": "2"}, False),
    "a digit more": ({"ja": "1", "nee": "0", "": "9"}, False),
}


@pytest.mark.parametrize("codes", REFUSALS)
def test_codes_for_yes_and_no_are_proposed_only_where_they_are_clear(
    codes: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written, is_clear = REFUSALS[codes]
    text = text_with(
        ROWS,
        change=lambda row: {
            "ontheffing_geweigerd": written.get(row["ontheffing_geweigerd"], row["ontheffing_geweigerd"])
        },
    )
    looked = look(capsys, raw(tmp_path, text))
    assert ("ontheffing_geweigerd" in looked.columns) == is_clear
    if is_clear:
        meaning = {"1": "ja", "0": "nee", "J": "ja", "N": "nee"}
        assert looked.columns["ontheffing_geweigerd"] == {
            "kolom": "ontheffing afgewezen",
            "waarden": {code: meaning[code] for code in sorted(written.values())},
        }
    else:
        assert '"1": VUL_IN' in looked.text


def test_own_words_for_an_income_are_proposed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = {
        "loon": "Loondienst",
        "zelfstandig": "ZZP",
        "bijstand": "PW",
        "overig": "anders",
        "geen": "Geen",
        "": "",
    }
    text = text_with(ROWS, change=lambda row: {"inkomensbron": words[row["inkomensbron"]]})
    looked = look(capsys, raw(tmp_path, text))
    assert looked.columns["inkomensbron"]["waarden"] == {
        "Loondienst": "loon", "ZZP": "zelfstandig", "PW": "bijstand", "anders": "overig",
    }  # fmt: skip


def test_a_field_with_numbers_is_not_taken_for_a_number_of_ours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Years, small numbers, yes and no, and one more day say nothing of what they are."""
    rows = [
        {**row, "jaar": str(2000 + at % 20), "kinderen": str(at % 4), "gehuwd": ("ja", "nee")[at % 2]}
        for at, row in enumerate(ROWS)
    ]
    names = {name: field for name, field in OTHER_NAMES.items() if name not in OPTIONAL[2:]}
    looked = look(capsys, raw(tmp_path, text_with(rows, names)))
    assert set(OPTIONAL[2:]).isdisjoint(looked.columns)
    assert {looked.verdict(column) for column in OPTIONAL[2:]} == {"niet gevonden"}


def test_a_refused_exemption_is_no_ground_of_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    looked = look(capsys, raw(tmp_path, text_with(ROWS, change=own_status)))
    assert looked.columns["ontheffing_geweigerd"] == "ontheffing afgewezen"


def test_codes_of_few_rows_are_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = {"M": "MALE", "V": "FEMALE", "O": "unknown"}
    rows = [{**row, "geslacht": words[row["geslacht"]]} for row in ROWS]
    for row in rows[:9]:
        row["geslacht"] = "ZELDZAAM"
    looked = look(capsys, raw(tmp_path, text_with(rows)))
    assert "ZELDZAAM" not in looked.text + looked.told
    assert "minder dan 10 rijen staan er niet bij (1)" in looked.text.replace("\n  # ", " ")


def test_outside_data_no_code_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "export.csv"
    path.write_text(text_with(ROWS, change=own_status))
    looked = look(capsys, path, "--peildatum", PEILDATUM)
    assert "Geslaagd" not in looked.text + looked.told
    assert "MED" not in looked.text.replace("MEDISCH", "")
    assert (looked.status, "statuscode" in looked.columns) == (2, False)
    assert looked.columns["geslacht"] == "Sekse"


def test_a_missing_required_column_is_a_question(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = {name: field for name, field in OTHER_NAMES.items() if name not in ("gemeentecode", "doelgroep")}
    looked = look(capsys, raw(tmp_path, text_with(ROWS, names)))
    assert looked.status == 2
    assert looked.verdict("gemeentecode") == "niet gevonden"
    assert "Niet zeker of niet gevonden: gemeentecode." in looked.err
    assert "# gemeentecode: VUL_IN   # de naam van het veld\n" in looked.text


def test_several_files_in_the_folder_make_the_name_a_setting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw(tmp_path, "ander", "oud.csv")
    assert look(capsys, raw(tmp_path, text_with(ROWS))).mapping["bestand"] == "export.csv"


@pytest.mark.parametrize(
    "name", ["Naam: met teken", "#hekje", "'s avonds", 'een "twee"', "null", "1e", " spatie ", "é\tè"]
)
def test_every_name_comes_back_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    text = text_with(ROWS, {**OTHER_NAMES, "geslacht": quoted})
    looked = look(capsys, raw(tmp_path, text))
    assert looked.columns["geslacht"] == name
    assert read_layout(looked.target, PEILDATUM).levering.kolommen["geslacht"].kolom == name


def test_a_levering_that_is_there_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = raw(tmp_path, text_with(ROWS))
    path.with_name("levering.yaml").write_text("normaliseren: geen\n")
    looked = look(capsys, path)
    assert (looked.status, looked.text) == (2, "normaliseren: geen\n")
    assert "is niet veranderd" in looked.err
    assert "--output" in looked.err
    assert not list(path.parent.glob(".*"))


def test_settings_of_reading_in_an_earlier_file_are_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = raw(tmp_path, "Uitdraai;2022\n" + text_with(ROWS))
    path.with_name("levering.yaml").write_text("lezen:\n  koprij: 2\n")
    looked = look(capsys, path, target=path.with_name("nieuw.yaml"))
    assert (looked.status, looked.mapping["lezen"]) == (0, {"koprij": "2"})
    assert looked.columns == OTHER_NAMES
