"""The register of releases: what another rounding replaces, and when it needs a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from wi2007.decisions import plain
from wi2007.errors import UserError
from wi2007.project import CONFIG
from wi2007.protection.register import (
    NEVER,
    Register,
    Release,
    counted,
    differing,
    entered,
    from_json,
    to_json,
)

ONE = Release(0, 5, "personen", "sleutel", "loting", "", "2024-08-01", NEVER, "levering")
OTHER = replace(ONE, gegevens="andere", trekking="andere loting", reden="verbeterde levering")


def first() -> Register:
    return entered(Register(), ONE)[0]


def test_the_first_release_has_number_one_and_no_reason() -> None:
    register, release = entered(Register(), replace(ONE, reden="staat er nog"))
    assert (release.nummer, release.reden) == (1, "")
    assert register.releases == (release,)
    assert register.in_house == [release]


def test_the_same_counts_keep_their_number_and_day_and_take_the_new_delivery() -> None:
    register = first().with_left(1, "2024-09-01")
    again, release = entered(
        register, replace(ONE, op="2025-01-01", invoer="anders opgeslagen", naast=("2023-07-01", "x"))
    )
    assert (release.nummer, release.op, release.naar_buiten) == (1, "2024-08-01", "2024-09-01")
    assert (release.invoer, release.naast) == ("anders opgeslagen", ("2023-07-01", "x"))
    assert again.releases == (release,)


def test_one_that_never_left_is_replaced_without_a_reason_and_remembered() -> None:
    register, release = entered(first(), replace(OTHER, reden=""))
    assert (release.nummer, release.reden, release.left) == (1, "", False)
    assert register.releases == (release,)
    assert [one.trekking for one in register.replaced] == ["loting"]


def test_one_that_left_is_not_replaced_without_a_new_reason() -> None:
    register = first().with_left(1, "2024-09-01")
    with pytest.raises(
        UserError, match=r"uitgave 1 naar buiten gegaan \(vastgelegd op 2024-09-01\).*andere gegevens"
    ):
        entered(register, replace(OTHER, reden=""))
    after, release = entered(register, OTHER)
    assert (release.nummer, release.reden) == (2, "verbeterde levering")
    assert [one.nummer for one in after.releases] == [1, 2]
    both = after.with_left(2, "2024-10-01")
    with pytest.raises(UserError, match="uitgave 2 naar buiten gegaan"):
        entered(both, replace(OTHER, trekking="derde"))


def test_the_reason_of_one_that_never_left_may_be_used_again() -> None:
    register = entered(first().with_left(1, "2024-09-01"), OTHER)[0]
    after, release = entered(register, replace(OTHER, trekking="derde"))
    assert release.nummer == 2
    assert [one.trekking for one in after.releases] == ["loting", "derde"]
    assert [one.trekking for one in after.replaced] == ["andere loting"]


def test_of_a_register_from_before_nobody_knows_what_left_so_all_of_it_may_have() -> None:
    kept = {name: getattr(ONE, name) for name in ("basis", "gegevens", "sleutel", "trekking", "reden", "op")}
    register = from_json({"peildatum": "2024-07-01", "uitgaven": [{**kept, "nummer": 1}]})
    assert register.left == list(register.releases)
    with pytest.raises(UserError, match="niet vastgelegd of die naar buiten is gegaan"):
        entered(register, replace(OTHER, reden=""))
    assert register.with_left(1, "2024-09-01").releases[0].naar_buiten == "2024-09-01"


def test_a_day_that_was_kept_stays() -> None:
    register = first().with_left(1, "2024-09-01")
    assert register.with_left(1, "2025-09-01") == register


def test_a_register_reads_back_what_was_written() -> None:
    register = entered(first(), replace(OTHER, naast=("2023-07-01", "x")))[0]
    assert from_json(to_json("2024-07-01", register)) == register
    assert "vervangen" not in to_json("2024-07-01", first())


TABLES: dict[str, Any] = {
    "populations": {"allen": {"filter": {}}, "nog": {"filter": {"uitstroomroute": ["Nog"]}}},
    "tables": [
        {
            "population": "allen",
            "columns": {"variable": "geslacht"},
            "rows": [{"variable": "gemeente", "largest": 10}],
        },
        {"population": "nog", "columns": {"variable": "geslacht"}, "rows": [{"variable": "doelgroep"}]},
    ],
}


def other(at: int, **values: object) -> dict[str, Any]:
    tables = [{**one, **values} if at == number else one for number, one in enumerate(TABLES["tables"])]
    return {**TABLES, "tables": tables}


@pytest.mark.parametrize(
    ("changed", "differs"),
    [
        (other(0, title="Anders"), False),
        (other(0, rows=[{"variable": "gemeente", "largest": 12}]), False),
        ({**TABLES, "tables": TABLES["tables"][::-1]}, False),
        (other(0, rows=[{"variable": "provincie"}]), True),
        (other(1, population="allen"), True),
        ({**TABLES, "tables": TABLES["tables"][:1]}, True),
        (
            {
                **TABLES,
                "populations": {**TABLES["populations"], "nog": {"filter": {"doelgroep": ["OUDKOMER"]}}},
            },
            True,
        ),
    ],
)
def test_other_kinds_of_cells_are_other_tables_and_titles_are_not(
    changed: dict[str, Any], differs: bool
) -> None:
    assert (counted(changed) != counted(TABLES)) == differs


def test_every_table_of_the_configuration_is_counted() -> None:
    specification = plain(CONFIG / "tables.yaml")
    assert 5 < len(counted(specification)) <= 1 + sum(len(one["rows"]) for one in specification["tables"])


def test_other_tables_are_named_where_both_are_known() -> None:
    known, new = replace(ONE, tabellen="een"), replace(ONE, tabellen="twee")
    assert (differing(known, new), differing(ONE, new)) == (["andere tabellen"], [])
