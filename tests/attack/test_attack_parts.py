"""The parts of the attacker: what it takes numbers for, what it knows to add up, and what follows."""

from __future__ import annotations

import ast
import csv
import io
from pathlib import Path

import pytest

from attack import attack, imprint, order, tempo
from attack.channels import read
from attack.numbers import tokens, values
from attack.percentages import explains
from attack.pieces import TEXT, Piece, Reading
from attack.programs import ContradictionError, Problem, narrower
from attack.relations import Relation, relations
from attack.world import EVERYBODY, Cell, world

FORBIDDEN = ("wi2007.protection", "wi2007.tables", "wi2007.publication")
DAY = "2022-07-01"


def test_the_attacker_does_not_know_the_gate() -> None:
    for path in Path(__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            assert not [name for name in names if name.startswith(FORBIDDEN)], path.name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("7.919", (7919.0, 7.919)),
        ("54,6%", (54.6,)),
        ("26.758429", (26.758429,)),
        ("0363", (363.0,)),
        ("h6", ()),
    ],
)
def test_a_number_is_read_in_every_way_it_can_be(text: str, found: tuple[float, ...]) -> None:
    assert values(text) == found


def test_a_number_has_the_words_around_it() -> None:
    (token,) = tokens("Van deze 14 personen is niets bekend.")
    assert (token.text, token.before, token.after) == ("14", ("Van", "deze"), ("personen", "is", "niets"))


def test_a_percentage_follows_from_shown_counts_or_not() -> None:
    assert explains(2120, 7920, 27, 0)
    assert explains(2120, 7920, 100 * 2120 / 7920, None)
    assert not explains(2120, 7920, 100 * 2119 / 7919, None)


def counted_by(*titles: str) -> order.Order:
    places = ["tekst", *(f"#deel-{at} tekst" for at in range(len(titles)))]
    texts = ["2 Waar wonen zij?", "1 Wie zijn het?", *titles]
    return order.read(
        Reading(
            [
                Piece(f"rapport.html {place}", text, TEXT)
                for place, text in zip(["tekst", *places], texts, strict=True)
            ]
        )
    )


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("Zie tabel 2.", True),
        ("Zie tabel 3.", False),
        ("Zoek in de tabellen 1 en 2.", True),
        ("Zoek in de tabellen 1 en 7.", False),
        ("2 Waar wonen zij? 8", True),
        ("2 personen", False),
        ("Zie figuur 1.", False),
    ],
)
def test_a_number_that_the_report_counts_by_is_explained_and_no_other(text: str, explained: bool) -> None:
    known = counted_by("Tabel 1. Iets", "Tabel 2. Anders")
    piece = Piece("rapport.pdf", text, TEXT)
    assert all(known.explains(piece, token) for token in tokens(text) if token.text != "8") is explained
    gap = counted_by("Tabel 1. Iets", "Tabel 3. Anders")
    assert not any(gap.explains(piece, token) for token in tokens(text) if token.before)


def cell(**codes: str) -> Cell:
    return frozenset((variable, frozenset(text.split())) for variable, text in codes.items())


def test_sets_of_codes_are_cut_into_pieces_that_add_up() -> None:
    here = world(DAY)
    morocco, others = cell(land_van_herkomst="5022"), here.universe["land_van_herkomst"] - {"5022"}
    rest: Cell = frozenset({("land_van_herkomst", others)})
    china = cell(land_van_herkomst="6022")
    found = relations(here, [EVERYBODY, morocco, rest, china])
    left: Cell = frozenset({("land_van_herkomst", others - {"6022"})})
    assert {(one.whole, frozenset(one.parts)) for one in found} == {
        (EVERYBODY, frozenset({morocco, china, left})),
        (rest, frozenset({china, left})),
    }


def problem(shown: dict[Cell, int], whole: Cell, base: int = 5, **told: tuple[int, int]) -> Problem:
    lower = {at: max(0.0, count - base + 1) for at, count in shown.items()}
    upper = {at: float(count + base - 1) for at, count in shown.items()}
    for code, ends in told.items():
        lower[cell(geslacht=code)], upper[cell(geslacht=code)] = ends
    parts = tuple(at for at in shown if at != whole)
    return Problem(lower, upper, [Relation(whole, parts)])


SEXES = {EVERYBODY: 10, cell(geslacht="M"): 5, cell(geslacht="V"): 5}
ALLOWED = {at: (max(0, count - 4), count + 4) for at, count in SEXES.items()}


def test_rounded_counts_that_add_up_tell_nothing_more() -> None:
    assert narrower(problem(SEXES, EVERYBODY), SEXES, ALLOWED, {}) == []


def test_counts_that_do_not_add_up_tell_more() -> None:
    shown = {**SEXES, EVERYBODY: 20}
    allowed = {at: (max(0, count - 4), count + 4) for at, count in shown.items()}
    found = narrower(problem(shown, EVERYBODY), shown, allowed, {at: str(len(at)) for at in shown})
    assert {(one.shown, one.least, one.most) for one in found} == {(20, 16, 18), (5, 7, 9)}


def test_what_is_known_of_one_cell_tells_of_another() -> None:
    (found,) = narrower(
        problem(SEXES, EVERYBODY, M=(9, 9)), SEXES, {EVERYBODY: ALLOWED[EVERYBODY]}, {EVERYBODY: "all"}
    )
    assert (found.least, found.most) == (10, 14)


@pytest.mark.parametrize(
    ("at_start", "now", "tells"),
    [((20, 10), (15, 15), False), ((20, 10), (25, 5), True)],
    ids=["some grew older", "more are in the younger class now"],
)
def test_nobody_grows_younger(at_start: tuple[int, int], now: tuple[int, int], tells: bool) -> None:
    """Of two classes that add up to 30 each time: 25 in the younger one were 20 a year ago."""
    here = tempo.with_periods(world("2022-07-01"))
    obliged = ("statuscode", frozenset({"IBP"}))
    shown: dict[Cell, int] = {frozenset({obliged}): 30}
    for variable, counts in ((tempo.AGE_AT_START, at_start), (tempo.AGE, now)):
        for label, count in zip(("55 tot 65", "65 en ouder"), counts, strict=True):
            shown[frozenset({obliged, (variable, frozenset({label}))})] = count
    rows = list(tempo.older(here, shown))
    assert {len(one.parts) for one in rows} == {1, 2}
    cells = {cell for one in rows for cell in (one.whole, *one.parts)} | shown.keys()
    allowed = {cell: (max(0, count - 4), count + 4) for cell, count in shown.items()}
    lower = {cell: float(allowed.get(cell, (0, 0))[0]) for cell in cells}
    upper = {cell: float(allowed[cell][1]) if cell in allowed else float("inf") for cell in cells}
    assert bool(narrower(Problem(lower, upper, rows), shown, allowed, {})) == tells


def test_nothing_agrees_with_a_contradiction() -> None:
    with pytest.raises(ContradictionError):
        narrower(problem({**SEXES, EVERYBODY: 30}, EVERYBODY), SEXES, ALLOWED, {})


def test_every_part_of_a_file_is_read() -> None:
    page = (
        b"<!-- 11 --><!doctype html><html><body><p title='12'>13 <b>14</b></p><script>const a = 15</script>"
        b"<script type='application/json'>{\"a\": [16]}</script><img src='data:text/plain;base64,MTc='>"
        b"<table><tr><th>x</th><td data-v='18'>19</td></tr></table>"
        b"<svg viewBox='0 0 1 1'><desc>20</desc></svg></body></html>"
    )
    reading = read("x.html", "x.html", page)
    pieces = " ".join(piece.text for piece in reading.pieces)
    cells = [cell for grid in reading.grids for row in grid.rows for cell in row.cells]
    pieces += " ".join(
        [*(cell.text for cell in cells), *(piece.text for cell in cells for piece in cell.extra)]
    )
    assert not [number for number in range(11, 21) if str(number) not in pieces]


def groups(folder: Path) -> Path:
    """A table of countries and routes, in which Ghana has few persons, as the only published file."""
    routes = list(world(DAY).labels["uitstroomroute"])
    counts = {
        "Marokko": [100, 50, 50, 50, 50, 50, 50],
        "Ghana": [5, 0, 0, 0, 0, 0, 0],
        "Samengevoegd": [50, 50] + [0] * 5,
    }
    counts["totaal"] = [sum(column) for column in zip(*counts.values(), strict=True)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        [
            "tabel",
            "populatie",
            "rijvariabele",
            "rij",
            "kolomvariabele",
            "kolom",
            "aantal",
            "procent",
            "noemer",
        ]
    )
    for land, row in counts.items():
        variable = "totaal" if land == "totaal" else "land_van_herkomst"
        for route, count in zip(["totaal", *routes], [sum(row), *row], strict=True):
            writer.writerow(["B.5", "wi2007", variable, land, "uitstroomroute", route, count, "", ""])
    target = folder / DAY / "tabellen" / "tabel_B.5.csv"
    target.parent.mkdir(parents=True)
    target.write_text(text.getvalue(), encoding="utf-8")
    return target.parents[1]


def test_a_rule_on_groups_that_looks_at_true_counts_tells_that_nobody_is_alone(tmp_path: Path) -> None:
    folder = groups(tmp_path)
    assert attack(folder, 5).clean, str(attack(folder, 5))
    found = {one.name: (one.least, one.most) for one in attack(folder, 5, true_groups=True).narrower}
    assert found["land_van_herkomst Ghana"] == (2, 9)


PUBLISHED = """
instelling: {naam: Het Instituut, kleuren: {hoofdkleur: "#154273", accent: "#A90061"}}
uitgaven:
  - peildatum: 2022-07-01
    publicatiedatum: 2022-10-03
    versie: "1.1"
    revisies: [{datum: 2022-11-04, wat: a, reden: b}]
"""
SOURCES = 'studie: {titel: Een studie, makers: De Makers, jaar: "2023"}\n'


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("Gepubliceerd 3 oktober 2022, gewijzigd op 4 november 2022", True),
        ("Het Instituut (2022), versie 1.1", True),
        ("1.1 (uitgave 1)", True),
        ("De Makers (2023), Een studie", True),
        ("D:20221104000000Z", True),
        (":root { --accent: #154273; --mark: #a90061; }", True),
        ("Er wonen 2023 personen", False),
        ("3 personen in oktober 2022", False),
        ("Een studie telt 2023 personen", False),
        ("versie 7", False),
    ],
)
def test_the_publication_explains_its_own_numbers_where_they_stand(
    tmp_path: Path, text: str, explained: bool
) -> None:
    folder = tmp_path / "config" / "report"
    folder.mkdir(parents=True)
    (folder / "uitgave.yaml").write_text(PUBLISHED, encoding="utf-8")
    (folder / "bronnen.yaml").write_text(SOURCES, encoding="utf-8")
    found = [imprint.explains(tmp_path, token) for token in tokens(text)]
    assert found
    assert all(found) == explained
